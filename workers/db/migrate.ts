import type { PGlite, Transaction } from '@electric-sql/pglite';
import { fail, type Result, succeed } from '../../src/domain/result';
import start from './migrations/0001_start.sql?raw';
import voiceAndDrafts from './migrations/0002_voice_and_drafts.sql?raw';
import drafting from './migrations/0003_drafting.sql?raw';
import compare from './migrations/0004_compare.sql?raw';
import { write } from './write';

/** Every change of the tables since the first version, in order. One that was released is never edited. */
const migrations: readonly Migration[] = [
  { name: '0001_start', sql: start },
  { name: '0002_voice_and_drafts', sql: voiceAndDrafts },
  { name: '0003_drafting', sql: drafting },
  { name: '0004_compare', sql: compare },
];

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** The last migration this version knows: the version of a dump. */
export const schemaVersion = migrations.length;

/**
 * Brings the tables to the version this code knows; answers how many migrations were applied, all in one
 * transaction. A database whose applied migrations are not a beginning of the known ones was made by another
 * version: it is refused with a sentence, and left as it is.
 */
export async function migrate(pg: PGlite, known: readonly Migration[] = migrations): Promise<Result<number>> {
  await pg.exec(migrationTable);
  const { rows: applied } = await pg.query<{ name: string }>(
    'SELECT name FROM schema_migration ORDER BY position',
  );
  if (applied.length > known.length)
    return fail(
      'database-newer',
      'This workbench was last opened with a newer version of Touchstone, and this version would not understand all of it. Nothing was changed. Open it with the newer version.',
    );
  const stranger = applied.find(({ name }, position) => name !== known[position]?.name);
  if (stranger)
    return fail(
      'database-foreign',
      `This workbench was made by a different version of Touchstone (its step "${stranger.name}" is unknown here). Nothing was changed. Open it with the version that made it, and save a workbench file there.`,
    );

  const done = await write(pg, (tx) => applyMigrations(tx, applied.length, known.length, known));
  return done.ok ? succeed(known.length - applied.length) : done;
}

/** Brings tables that are at version `from` to version `to`, within the transaction under way. */
export async function applyMigrations(
  tx: Transaction,
  from: number,
  to: number,
  known: readonly Migration[] = migrations,
): Promise<void> {
  await tx.exec(migrationTable);
  for (const [position, { name, sql }] of known.entries()) {
    if (position < from || position >= to) continue;
    await tx.exec(sql);
    await tx.query('INSERT INTO schema_migration (position, name) VALUES ($1, $2)', [position, name]);
  }
}

const migrationTable = `CREATE TABLE IF NOT EXISTS schema_migration (
  position integer PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;
