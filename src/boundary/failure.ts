import type { DatabaseState } from '../../workers/db/api';
import { type Failure, fail, type Result } from '../domain/result';

/** Why a call finds no open database. */
export function databaseNotOpen(state: DatabaseState): Result<never> {
  switch (state.state) {
    case 'failed':
      return { ok: false, failure: state.failure };
    case 'elsewhere':
      return fail(
        'database-elsewhere',
        'This workbench is open in another tab. Go on there, or choose to use it here.',
      );
    case 'taken':
      return fail(
        'database-taken',
        'This workbench was opened in another tab, so nothing can be read or saved here. Go on there, or choose to use it here.',
      );
    default:
      return fail(
        'database-opening',
        'The workbench is still being opened. Wait a moment, then do it again.',
      );
  }
}

export const databaseRestarted = fail(
  'database-restarted',
  'The database was stopped and opened again, so this step was not carried out. Nothing of it was kept. Do it again.',
);

export const databaseDied: Failure = {
  code: 'database-died',
  sentence:
    'The database stopped unexpectedly, perhaps for want of memory. What was saved before is safe. Close other tabs, then reload the page.',
};

export const databaseClosed = fail('database-closed', 'The workbench is closed. Reload the page to open it.');

/** An error that should not have happened: a bug of ours, said as well as can be. */
export function databaseError(error: unknown): Result<never> {
  const what = error instanceof Error ? error.message : String(error);
  return fail(
    'database-error',
    `The database could not do this (${what}). Nothing of it was kept. Reload the page and try again; if it stays so, this is a fault of Touchstone.`,
  );
}
