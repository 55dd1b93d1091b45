import type { PGlite, Transaction } from '@electric-sql/pglite';
import { fail, type Result, succeed } from '../../src/domain/result';
import { write } from './write';

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * Brings the tables to the version this code knows; answers how many migrations were applied, all in one
 * transaction. A database whose applied migrations are not a beginning of the known ones was made by another
 * version: it is refused with a sentence, and left as it is.
 */
export async function migrate(pg: PGlite, known: readonly Migration[]): Promise<Result<number>> {
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

  const done = await write(pg, (tx) => applyMigrations(tx, known, applied.length));
  return done.ok ? succeed(known.length - applied.length) : done;
}

/** Applies the migrations `from` up to, not including, `to`, within the transaction under way. */
export async function applyMigrations(
  tx: Transaction,
  known: readonly Migration[],
  from = 0,
  to = known.length,
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
