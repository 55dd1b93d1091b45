import type { PGlite, Results, Transaction } from '@electric-sql/pglite';
import { type Failure, fail, type Result, succeed } from '../../src/domain/result';
import type { SqlApi, SqlSchemaTable, SqlTable } from './api';
import { intArray, readColumns } from './copy';

/** The rep's own queries. They read, and can't do anything else. */
export function createSql(pg: PGlite): SqlApi {
  return {
    async sqlSelect(query, input, rowLimit) {
      const statement = readStatement(query);
      if (!statement.ok) return statement;
      return pg.transaction(async (tx) => {
        try {
          await tx.exec('SET TRANSACTION READ ONLY');
          return succeed(await select(tx, pg, statement.value, input ?? none, rowLimit));
        } catch (error) {
          if (isDatabaseError(error))
            return { ok: false, failure: explain(error, query, opening(input ?? none, '*').length) };
          throw error;
        } finally {
          // Also what a function may have set for the session ends here.
          await tx.rollback();
        }
      });
    },

    async sqlSchema() {
      const { rows } = await pg.query<SqlSchemaTable & { table: string }>(
        `SELECT relname AS table, json_agg(json_build_object(
              'name', attname, 'type', format_type(atttypid, atttypmod)) ORDER BY attnum) AS columns
          FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
          WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($1)
            AND attnum > 0 AND NOT attisdropped AND attname <> 'text_hash'
          GROUP BY relname ORDER BY array_position($1, relname::text)`,
        [tables],
      );
      const input = { table: 'input', columns: [{ name: 'prospect_id', type: 'integer' }] };
      return succeed([input, ...rows]);
    },
  };
}

const tables = [
  'prospect',
  'account',
  'signal',
  'engagement',
  'tier_assignment',
  'draft',
  'draft_score',
  'draft_review',
  'draft_vote',
  'draft_choice',
  'voice_sample',
  'list',
  'list_prospect',
];

async function select(
  tx: Transaction,
  pg: PGlite,
  query: string,
  input: Int32Array,
  rowLimit: number,
): Promise<SqlTable> {
  const result: Results<SqlTable['rows'][number]> = await tx.query(
    `${opening(input, '*')}${query}${closing} LIMIT ${rowLimit + 1}`,
    [],
    { rowMode: 'array', parsers: plainValues(pg) },
  );
  const columns = result.fields.map(({ name, dataTypeID }) => ({
    name,
    isNumber: numberTypes.has(dataTypeID),
  }));
  const rows = result.rows.slice(0, rowLimit);
  const idColumn = result.fields.findIndex(
    ({ name, dataTypeID }) => name === 'prospect_id' && integerTypes.has(dataTypeID),
  );
  if (result.rows.length <= rowLimit) {
    const ids = idColumn < 0 ? undefined : distinct(rows.map((row) => row[idColumn]));
    return { columns, rows, rowCount: rows.length, ...(ids && { prospectIds: ids }) };
  }

  // Rows that aren't shown count all the same, and their prospects go on to the next cell.
  const { ids } = await readColumns(
    tx,
    { ids: 'int4' },
    `${opening(input, `${idColumn < 0 ? '0' : 'coalesce(prospect_id, 0)'}::int AS ids`)}${query}${closing}`,
  );
  return { columns, rows, rowCount: ids.length, ...(idColumn >= 0 && { prospectIds: distinct(ids) }) };
}

/** The ids among these values, each once, in their order. */
function distinct(values: Iterable<unknown>): Int32Array {
  const ids = new Set<number>();
  for (const value of values) if (typeof value === 'number' && value > 0) ids.add(value);
  return Int32Array.from(ids);
}

const none = new Int32Array(0);

/** What stands before the query: it sees `input`, and whatever it is, it is read as one table. */
function opening(input: Int32Array, selected: string): string {
  return `WITH input (prospect_id) AS MATERIALIZED (SELECT unnest(${intArray(input)})) SELECT ${selected} FROM (\n`;
}

// On a line of its own, for the query may end in a comment.
const closing = '\n) AS result';

/** The one statement of a query, without the semicolon that ends it. */
function readStatement(query: string): Result<string> {
  const bare = withoutComments(query).trim();
  if (bare === '') return fail('sql-empty', 'There is no query yet. Try: SELECT * FROM prospect');
  const word = /^\(*\s*(\w+)/.exec(bare)?.[1]?.toLowerCase() ?? '';
  if (!['select', 'with', 'values', 'table'].includes(word))
    return fail(
      'sql-not-select',
      `A query here begins with SELECT or WITH; this one begins with "${bare.split(/\s/)[0]}". It reads the workbench and never changes it.`,
    );
  if (/;\s*\S/.test(withoutTexts(bare))) return fail('sql-several', several);
  return succeed(withoutFinalSemicolon(query));
}

/** Blanks comments, quoted texts left as they are; every character keeps its place. */
function withoutComments(query: string): string {
  return query.replace(
    /('(?:[^']|'')*'|"(?:[^"]|"")*")|--[^\n]*|\/\*[\s\S]*?\*\//g,
    (match, quotedText: string | undefined) => quotedText ?? ' '.repeat(match.length),
  );
}

function withoutTexts(query: string): string {
  return query.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "''");
}

function withoutFinalSemicolon(query: string): string {
  const at = withoutComments(query).trimEnd().length - 1;
  return query[at] === ';' ? `${query.slice(0, at)} ${query.slice(at + 1)}` : query;
}

// Object ids of PostgreSQL's own types, the same in every database.
const integerTypes = new Set([20, 21, 23]);
const numberTypes = new Set([...integerTypes, 700, 701, 1700]);
const booleanType = 16;

/** Numbers as numbers, true and false as such, everything else as PostgreSQL writes it. */
function plainValues(pg: PGlite): Record<number, (value: string) => string | number | boolean> {
  const parsers: Record<number, (value: string) => string | number | boolean> = {};
  for (const type of Object.keys(pg.parsers)) parsers[Number(type)] = (value) => value;
  for (const type of numberTypes) parsers[type] = Number;
  parsers[booleanType] = (value) => value === 't';
  return parsers;
}

interface DatabaseError extends Error {
  readonly code: string;
  readonly position?: string;
  readonly hint?: string;
}

function isDatabaseError(error: unknown): error is DatabaseError {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.length === 5
  );
}

/** The sentence for what PostgreSQL found wrong with a query, and where; `offset` characters of ours stand before it. */
function explain(error: DatabaseError, query: string, offset: number): Failure {
  const at = placeIn(query, error.position, offset);
  const where = at === undefined ? '' : `, line ${query.slice(0, at).split('\n').length}`;
  return { code: 'sql-failed', sentence: sentence(error, where), ...(at !== undefined && { at }) };
}

function sentence({ code, message, hint }: DatabaseError, where: string): string {
  const named = /"([^"]*)"/.exec(message)?.[1] ?? '';
  if (code === '42601' && message.includes('multiple commands')) return several;
  if (code === '42601' && !where)
    return 'The query stops too early: something is missing at its end, perhaps a closing bracket or quote.';
  if (code === '42601') return `The query can't be read${named ? ` at "${named}"` : ''}${where}.`;
  if (code === '42P01')
    return `There is no table "${named}"${where}. There are: input, ${tables.join(', ')}.`;
  if (code === '53400')
    return 'This query makes more rows on its way than there is room for. Narrow it down, perhaps with a WHERE or a join condition.';
  if (code === '25006' || message.includes('data-modifying'))
    return 'A query here reads the workbench and never changes it.';
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${where}.${hint ? ` ${hint}` : ''}`;
}

const several = 'There is more than one statement here. Keep one SELECT in each cell.';

/** Offset in the rep's query of a place PostgreSQL names: counted in characters from 1. Undefined past its end. */
function placeIn(query: string, position: string | undefined, offset: number): number | undefined {
  if (!position) return undefined;
  const characters = [...query];
  const before = Number(position) - 1 - offset;
  if (before < 0 || before >= characters.length) return undefined;
  return characters.slice(0, before).join('').length;
}
