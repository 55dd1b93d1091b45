import type { PGlite } from '@electric-sql/pglite';
import { fail, succeed } from '../../src/domain/result';
import type { NotebookApi, Revision } from './api';
import { refuse, write } from './write';

/** The notebook's document, in every state that undo and redo can reach. */
export function createNotebook(pg: PGlite): NotebookApi {
  return {
    async history() {
      const { rows } = await pg.query<Omit<Revision, 'at'> & { at: Date; isCurrent: boolean }>(
        `SELECT seq, step, body AS text, made_at AS at, is_current AS "isCurrent" FROM revision ORDER BY seq`,
      );
      const current = rows.find(({ isCurrent }) => isCurrent);
      if (!current) return succeed(undefined);
      const revisions = rows.map(({ seq, step, text, at }) => ({ seq, step, text, at: at.toISOString() }));
      return succeed({ revisions, cursor: current.seq });
    },

    appendRevision: ({ seq, step, text, at }) =>
      write(pg, async (tx) => {
        await tx.query('DELETE FROM revision WHERE seq >= $1', [seq]);
        await tx.query('UPDATE revision SET is_current = false WHERE is_current');
        await tx.query(
          'INSERT INTO revision (seq, step, body, made_at, is_current) VALUES ($1, $2, $3, $4, true)',
          [seq, step, text, at],
        );
        return undefined;
      }),

    moveCursor: (seq) =>
      write(pg, async (tx) => {
        await tx.query('UPDATE revision SET is_current = false WHERE is_current');
        const moved = await tx.query('UPDATE revision SET is_current = true WHERE seq = $1', [seq]);
        if (moved.affectedRows !== 1)
          refuse(fail('revision-gone', 'This step can no longer be reached. The notebook stays as it is.'));
        return undefined;
      }),

    pruneHistory: (keep) =>
      write(pg, async (tx) => {
        await tx.query(
          `DELETE FROM revision WHERE NOT is_current
            AND seq <= (SELECT seq FROM revision ORDER BY seq DESC OFFSET $1 LIMIT 1)`,
          [keep],
        );
        return undefined;
      }),
  };
}
