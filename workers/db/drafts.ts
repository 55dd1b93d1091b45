import type { PGlite } from '@electric-sql/pglite';
import type { Draft, DraftVersion } from '../../src/domain/draft';
import { fail, succeed } from '../../src/domain/result';
import type { DraftApi } from './api';
import { asked, intArray, readColumns } from './copy';
import { refuse, write } from './write';

/** Unsent mails, and what they were before they were changed. */
export function createDrafts(pg: PGlite): DraftApi {
  return {
    addDrafts: (drafts) =>
      write(pg, async (tx) => {
        const { rows } = await tx.query<{ id: number }>(
          `INSERT INTO draft (prospect_id, touch, variant, subject, body, origin)
            SELECT prospect_id, touch, variant, subject, body, origin
            FROM json_to_recordset($1::json) AS given ("prospectId" int, touch smallint,
                variant text, subject text, body text, origin text, place bigint)
              JOIN prospect ON prospect_id = "prospectId" ORDER BY place
            RETURNING draft_id AS id`,
          [JSON.stringify(drafts.map((draft, place) => ({ ...withoutNull(draft), place })))],
        );
        if (rows.length < drafts.length)
          refuse(
            fail(
              'prospect-gone',
              'A prospect of these drafts is no longer in the workbench. Nothing was kept.',
            ),
          );
        return Int32Array.from(rows, ({ id }) => id);
      }),

    async addAddressedDrafts(drafts) {
      const stored = await write(pg, async (tx) => {
        const { rows } = await tx.query<{ email: string }>(
          `WITH given AS (
              SELECT * FROM json_to_recordset($1::json) AS given (email text, touch smallint, variant text,
                subject text, body text, origin text)
            ), addressee AS (
              SELECT DISTINCT ON (email_key) email_key, prospect_id FROM prospect
              WHERE email_key <> '' ORDER BY email_key, prospect_id
            ), added AS (
              INSERT INTO draft (prospect_id, touch, variant, subject, body, origin)
                SELECT prospect_id, touch, variant, subject, body, origin
                FROM given JOIN addressee ON email_key = lower(btrim(email))
              RETURNING draft_id
            )
            SELECT email FROM given WHERE NOT EXISTS (
              SELECT FROM addressee WHERE email_key = lower(btrim(email)))`,
          [JSON.stringify(drafts.map(withoutNull))],
        );
        return rows.map(({ email }) => email);
      });
      if (!stored.ok) return stored;
      return succeed({ added: drafts.length - stored.value.length, unknown: [...new Set(stored.value)] });
    },

    changeDraft: (id, change) =>
      write(pg, async (tx) => {
        const { subject, body, origin } = withoutNull(change);
        await tx.query(
          `INSERT INTO draft_version (draft_id, subject, body, origin, made_at)
            SELECT draft_id, subject, body, origin, updated_at FROM draft
            WHERE draft_id = $1 AND (subject, body) IS DISTINCT FROM ($2, $3)
              AND (origin <> $4 OR updated_at < now() - interval '5 minutes')`,
          [id, subject, body, origin],
        );
        const { affectedRows } = await tx.query(
          'UPDATE draft SET subject = $2, body = $3, origin = $4, updated_at = now() WHERE draft_id = $1',
          [id, subject, body, origin],
        );
        if (affectedRows === 0) refuse(gone);
        return undefined;
      }),

    removeDrafts: (ids) =>
      write(pg, async (tx) => {
        await tx.query(`DELETE FROM draft WHERE draft_id = ANY (${intArray(ids)})`);
        return undefined;
      }),

    async draft(id) {
      const { rows } = await pg.query<Dated<Draft, 'createdAt' | 'updatedAt'>>(
        `SELECT draft_id AS id, prospect_id AS "prospectId", touch, variant, subject, body, origin,
            created_at AS "createdAt", updated_at AS "updatedAt"
          FROM draft WHERE draft_id = $1`,
        [id],
      );
      const found = rows[0];
      if (!found) return gone;
      return succeed({
        ...found,
        createdAt: found.createdAt.toISOString(),
        updatedAt: found.updatedAt.toISOString(),
      });
    },

    async draftVersions(id) {
      const { rows } = await pg.query<Dated<DraftVersion, 'madeAt'>>(
        `SELECT subject, body, origin, made_at AS "madeAt" FROM draft_version
          WHERE draft_id = $1 ORDER BY made_at DESC, draft_version_id DESC`,
        [id],
      );
      return succeed(rows.map((version) => ({ ...version, madeAt: version.madeAt.toISOString() })));
    },

    async draftsOf(prospectIds) {
      const columns = await readColumns(
        pg,
        { ids: 'int4', prospectIds: 'int4', hashes: 'int8', bodies: 'text' },
        `SELECT draft_id AS ids, prospect_id AS "prospectIds", text_hash AS hashes, body AS bodies
          FROM ${asked(prospectIds)} JOIN draft USING (prospect_id) ORDER BY draft_id`,
      );
      return succeed(columns);
    },
  };
}

const gone = fail('draft-gone', 'This draft is no longer in the workbench.');

type Dated<T, K extends keyof T> = Omit<T, K> & Readonly<Record<K, Date>>;

/** PostgreSQL's texts can't hold the character NUL. */
function withoutNull<T extends { readonly subject: string; readonly body: string }>(draft: T): T {
  return { ...draft, subject: draft.subject.replaceAll('\0', ''), body: draft.body.replaceAll('\0', '') };
}
