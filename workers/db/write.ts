import type { PGlite, Transaction } from '@electric-sql/pglite';
import { cancelled, fail, type Result, succeed } from '../../src/domain/result';
import type { Report } from './api';

/** Thrown inside a transaction to undo it and answer a failure. */
class Refusal extends Error {
  constructor(readonly answer: Result<never>) {
    super('The transaction is undone.');
  }
}

/** Undoes the transaction under way: {@link write} answers this failure. */
export function refuse(answer: Result<never>): never {
  throw new Refusal(answer);
}

/** Tells how far a transaction is, and undoes it where it is told to stop. */
export async function step(tell: Report, done: number, total: number, what: string): Promise<void> {
  if (!(await tell({ done, total, what }))) refuse(cancelled);
}

/**
 * Runs `work` as one transaction, and answers when it is on the disk. PGlite flushes after each statement outside a
 * transaction but not after the COMMIT of its own `transaction()`: without the flush here, a killed browser would
 * lose what was acknowledged until the next query. {@link refuse} and full storage are failures, and then nothing is
 * changed; anything else is a bug and thrown.
 */
export async function write<T>(pg: PGlite, work: (tx: Transaction) => Promise<T>): Promise<Result<T>> {
  try {
    const value = await pg.transaction(work);
    await pg.syncToFs();
    void checkpointWhenDue(pg);
    return succeed(value);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    if (isStorageFull(error)) return storageFull;
    throw error;
  }
}

/** Bytes of log after which a checkpoint is made. */
const logLimit = 32 * 2 ** 20;

/**
 * A single-user PostgreSQL makes no checkpoint of its own accord: the log would grow for ever, in memory, on the disk
 * and in the time that the next opening takes to replay it. Nobody waits for this one, and the log keeps what it is
 * kept for until it is done.
 */
async function checkpointWhenDue(pg: PGlite): Promise<void> {
  try {
    const { rows } = await pg.query<{ due: boolean }>(
      `SELECT pg_current_wal_insert_lsn() - redo_lsn > ${logLimit} AS due FROM pg_control_checkpoint()`,
    );
    if (rows[0]?.due) await pg.exec('CHECKPOINT');
  } catch (error) {
    if (!pg.closed) console.warn('The checkpoint was not made:', error);
  }
}

/** After this failure memory is ahead of the disk: whoever holds the database opens it again. */
export const storageFull: Result<never> = fail(
  'storage-full',
  'There is no room left on this device for the workbench, so this step was not kept. Free some space, or save a workbench file and remove lists you no longer need.',
);

export function isStorageFull(error: unknown): boolean {
  return (
    error instanceof Error && (error.name === 'QuotaExceededError' || /no space|ENOSPC/i.test(error.message))
  );
}
