import { PGlite } from '@electric-sql/pglite';
import { onTestFinished } from 'vitest';
import type { PreparedList } from '../../../src/domain/list';
import { preparedColumns } from '../../../src/domain/list';
import type { Result } from '../../../src/domain/result';
import type { DbApi, StoredList } from '../../../workers/db/api';
import { createDatabase } from '../../../workers/db/database';
import { migrate } from '../../../workers/db/migrate';
import { migrations } from '../../../workers/db/migrations';

let empty: Promise<Blob> | undefined;

/** One empty, migrated database, dumped once and loaded again for each test. */
async function emptyFolder(): Promise<Blob> {
  const pg = await PGlite.create();
  value(await migrate(pg, migrations));
  const folder = await pg.dumpDataDir('none');
  await pg.close();
  return folder;
}

/** A workbench that whoever asks for it closes. */
export async function startWorkbench(): Promise<{ pg: PGlite; db: DbApi }> {
  empty ??= emptyFolder();
  const pg = await PGlite.create({ loadDataDir: await empty });
  return { pg, db: createDatabase(pg) };
}

/** A workbench of the test's own, closed with it. */
export async function openWorkbench(): Promise<{ pg: PGlite; db: DbApi }> {
  const workbench = await startWorkbench();
  onTestFinished(() => workbench.pg.close());
  return workbench;
}

/** The value of a result that must be one. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.sentence}`);
  return result.value;
}

/** The failure of a result that must be one. */
export function failure(result: Result<unknown>): { code: string; sentence: string; at?: number } {
  if (result.ok) throw new Error('A failure was expected.');
  return result.failure;
}

/** A call that is never stopped. */
export const onward = async () => true;

export type Row = Partial<Record<(typeof preparedColumns)[number], string | number>>;

function cell(content: string | number | undefined): string {
  return typeof content === 'string' ? `"${content.replaceAll('"', '""')}"` : String(content ?? '');
}

/** A list as the analysis worker prepares it: each row once, with its keys. */
export function listOf(rows: readonly Row[], name = 'people.csv'): PreparedList {
  const csv = rows
    .map((row, i) => {
      const email = String(row.email ?? '').toLowerCase();
      const full: Row = { line: i + 2, email_key: email, ...row };
      return preparedColumns.map((column) => cell(full[column])).join(',');
    })
    .join('\n');
  return {
    name,
    encoding: 'UTF-8',
    delimiter: ',',
    headers: ['First Name', 'Company'],
    mapping: ['firstName', 'company'],
    rowCount: rows.length + 3,
    csv: new TextEncoder().encode(`${csv}\n`),
    prospectCount: rows.length,
    mergedCount: 1,
    rejectedCount: 2,
    knownCount: rows.filter(({ merge_into }) => merge_into !== undefined).length,
    report: new Uint8Array([1, 2, 3]),
  };
}

export async function importRows(db: DbApi, rows: readonly Row[], name?: string): Promise<StoredList> {
  return value(await db.importList(listOf(rows, name), onward));
}
