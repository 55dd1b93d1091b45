import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DbApi } from '../../../workers/db/api';
import { failure, importRows, startWorkbench, value } from './workbench';

let pg: PGlite;
let db: DbApi;
let ids: Int32Array;

// One for all: none of these tests can change it, which some of them prove.
beforeAll(async () => {
  ({ pg, db } = await startWorkbench());
  const people = Array.from({ length: 30 }, (_, i) => ({
    first_name: `P${i}`,
    company: `C${i}`,
    employees: i,
  }));
  ({ ids } = await importRows(db, people));
});

afterAll(() => pg.close());

const select = (query: string, input?: Int32Array, limit = 10) => db.sqlSelect(query, input, limit);

describe('a query', () => {
  test('answers numbers as numbers and all else as PostgreSQL writes it', async () => {
    const table = value(
      await select(
        `SELECT 1 AS i, 2::bigint AS b, 1.5::numeric AS n, true AS t, NULL AS nothing, 'x' AS s,
          date '2026-01-02' AS d, '{"a":1}'::jsonb AS j, '{1,2}'::int[] AS a; -- as it is`,
      ),
    );
    expect(table.rows).toEqual([[1, 2, 1.5, true, null, 'x', '2026-01-02', '{"a": 1}', '{1,2}']]);
    expect(table.columns.map(({ name, isNumber }) => [name, isNumber])).toEqual([
      ['i', true],
      ['b', true],
      ['n', true],
      ['t', false],
      ['nothing', false],
      ['s', false],
      ['d', false],
      ['j', false],
      ['a', false],
    ]);
    expect(table.prospectIds).toBeUndefined();
  });

  test('cut off at the limit still says how many rows there are, and passes on all their prospects', async () => {
    const query =
      'SELECT prospect_id, first_name FROM prospect JOIN account USING (account_id) ORDER BY employees DESC';
    const table = value(await select(query, undefined, 10));
    expect(table.rows).toHaveLength(10);
    expect(table.rows[0]).toEqual([ids[29], 'P29']);
    expect(table.rowCount).toBe(30);
    expect(Array.from(table.prospectIds ?? [])).toEqual(Array.from(ids).reverse());
    expect(value(await select('SELECT first_name FROM prospect', undefined, 10)).rowCount).toBe(30);
  });

  test('sees the input as a relation, with its own WITH beside it', async () => {
    const table = value(
      await select(
        'WITH big AS (SELECT * FROM account WHERE employees > 3) SELECT prospect_id FROM input JOIN prospect USING (prospect_id) JOIN big USING (account_id)',
        ids.slice(0, 7),
      ),
    );
    expect(table.rows).toEqual([[ids[4]], [ids[5]], [ids[6]]]);
    expect(value(await select('SELECT * FROM input')).rows).toEqual([]);
    expect(
      Array.from(value(await select('SELECT * FROM input', Int32Array.of(2, 2, 1))).prospectIds ?? []),
    ).toEqual([2, 1]);
  });

  test('may name a column twice', async () => {
    expect(value(await select('SELECT 1 AS a, 2 AS a')).rows).toEqual([[1, 2]]);
  });
});

describe('a query that would change anything is refused:', () => {
  test.each([
    ['DELETE FROM prospect', 'sql-not-select'],
    ['  -- select\n UPDATE prospect SET title = 1', 'sql-not-select'],
    ['WITH gone AS (DELETE FROM prospect RETURNING *) SELECT * FROM gone', 'sql-failed'],
    ["SELECT nextval('prospect_prospect_id_seq')", 'sql-failed'],
    [
      "SELECT set_config('transaction_read_only', 'off', true), nextval('prospect_prospect_id_seq')",
      'sql-failed',
    ],
    ['SELECT 1; DELETE FROM prospect', 'sql-several'],
    ["SELECT ';' ; DELETE FROM prospect", 'sql-several'],
    ['SELECT 1) AS r; DELETE FROM prospect; SELECT * FROM (SELECT 1', 'sql-several'],
    ['SELECT * INTO copy FROM prospect', 'sql-failed'],
    ['SELECT * FROM prospect FOR UPDATE', 'sql-failed'],
  ])('%s', async (query, code) => {
    expect(failure(await select(query)).code).toBe(code);
    expect((await pg.query('SELECT count(*)::int AS n FROM prospect')).rows).toEqual([{ n: 30 }]);
    // The connection is as it was: it writes.
    expect((await pg.query('UPDATE setting SET value = value')).affectedRows).toBe(0);
  });

  test('and what it sets for the session ends with it', async () => {
    value(await select("SELECT set_config('search_path', 'nowhere', false)"));
    expect((await pg.query('SELECT count(*)::int AS n FROM prospect')).rows).toEqual([{ n: 30 }]);
  });
});

describe('what is wrong with a query is said, with its place:', () => {
  test.each([
    ['SELECT * FORM prospect', 'The query can\'t be read at "FORM", line 1.', 9],
    ['SELECT *\nFROM prospects', 'There is no table "prospects", line 2.', 14],
    ["SELECT '😀',\n frist_name FROM prospect", 'Column "frist_name" does not exist, line 2.', 14],
    ['SELECT count(* FROM prospect', 'The query can\'t be read at "FROM", line 1.', 15],
    ['SELECT (1', 'The query stops too early', undefined],
    ["SELECT 'open", "The query can't be read", 7],
    ["SELECT 'x'::int", 'Invalid input syntax for type integer: "x", line 1.', 7],
    ['SELECT 1/0', 'Division by zero.', undefined],
    ['', 'There is no query yet.', undefined],
    ['SELECT 1 -- open /*', '', undefined],
  ])('%j', async (query, sentence, at) => {
    const result = await select(query);
    if (sentence === '') return expect(result.ok).toBe(true);
    expect(failure(result).sentence).toContain(sentence);
    expect(failure(result).at).toBe(at);
  });
});

test('the schema lists what a rep may want, input first', async () => {
  const schema = value(await db.sqlSchema());
  expect(schema.slice(0, 3).map(({ table }) => table)).toEqual(['input', 'prospect', 'account']);
  for (const { table, columns } of schema) {
    expect(columns.map(({ name }) => name)).not.toContain('text_hash');
    const query = `SELECT ${columns.map(({ name }) => name).join(', ')} FROM ${table}`;
    expect((await select(query)).ok).toBe(true);
  }
});
