import type { PGlite } from '@electric-sql/pglite';
import { fail, type Result, succeed } from '../../src/domain/result';
import type { ListApi, StoredList } from './api';
import { readColumns } from './copy';
import { storeList } from './importing';
import { write } from './write';

export function createLists(pg: PGlite): ListApi {
  return {
    async existingKeys() {
      const keys = await readColumns(
        pg,
        {
          ids: 'int4',
          emailKeys: 'text',
          profileKeys: 'text',
          nameKeys: 'text',
          names: 'text',
          companies: 'text',
        },
        `SELECT prospect_id AS ids, email_key AS "emailKeys", profile_key AS "profileKeys",
            name_key AS "nameKeys", btrim(first_name || ' ' || last_name) AS names, name AS companies
          FROM prospect JOIN account USING (account_id) ORDER BY prospect_id`,
      );
      return succeed(keys);
    },

    async importList(list, tell) {
      const stored = await write(pg, (tx) => storeList(tx, list, tell));
      return stored.ok ? readList(pg, stored.value) : stored;
    },

    list: (listId) => readList(pg, listId),

    async lists() {
      const { rows } = await pg.query<ListRow>(`${listRows} ORDER BY list_id DESC`);
      return succeed(rows.map(listOf));
    },

    async listReport(listId) {
      const { rows } = await pg.query<{ report: Uint8Array }>(
        'SELECT report FROM list_report WHERE list_id = $1',
        [listId],
      );
      return rows[0] ? succeed(rows[0].report) : gone;
    },
  };
}

const gone = fail('list-gone', 'This list is no longer in the workbench. Import it again.');

type ListRow = Omit<StoredList, 'ids' | 'importedAt'> & { readonly importedAt: Date };

const listRows = `SELECT list_id AS id, name, imported_at AS "importedAt", encoding, delimiter,
    row_count AS "rowCount", rejected_count AS "rejectedCount", merged_count AS "mergedCount",
    known_count AS "knownCount"
  FROM list`;

function listOf(row: ListRow): Omit<StoredList, 'ids'> {
  return { ...row, importedAt: row.importedAt.toISOString() };
}

async function readList(pg: PGlite, listId: number): Promise<Result<StoredList>> {
  const { rows } = await pg.query<ListRow>(`${listRows} WHERE list_id = $1`, [listId]);
  if (!rows[0]) return gone;
  const { ids } = await readColumns(
    pg,
    { ids: 'int4' },
    `SELECT prospect_id AS ids FROM list_prospect WHERE list_id = ${Number(listId)} ORDER BY line`,
  );
  return succeed({ ...listOf(rows[0]), ids });
}
