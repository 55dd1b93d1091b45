import type { PGlite } from '@electric-sql/pglite';
import { succeed } from '../../src/domain/result';
import type { Json, SettingApi } from './api';
import { write } from './write';

/** What the rep has set, by key. */
export function createSettings(pg: PGlite): SettingApi {
  return {
    async settings() {
      const { rows } = await pg.query<{ key: string; value: Json }>('SELECT key, value FROM setting');
      return succeed(Object.fromEntries(rows.map(({ key, value }) => [key, value])));
    },

    setSetting: (key, value) =>
      write(pg, async (tx) => {
        if (value === null) await tx.query('DELETE FROM setting WHERE key = $1', [key]);
        else
          await tx.query(
            `INSERT INTO setting (key, value) VALUES ($1, $2::text::jsonb)
              ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
            [key, JSON.stringify(value)],
          );
        return undefined;
      }),
  };
}
