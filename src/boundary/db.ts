import type { DatabaseState, DbApi } from '../../workers/db/api';

export interface Database {
  /**
   * Every call waits until the database is open. It answers a failure with a sentence where the database can't be
   * opened, is open in another tab, or its worker died; it never stays unanswered.
   */
  readonly api: DbApi;
  state(): DatabaseState;
  /** Asks the tab that has the database to let go, and opens it here. */
  takeOver(): void;
  /** Tries again after a failure. */
  retry(): void;
  /** Asks the browser to keep the data when space runs short; answers whether it will. */
  keep(): Promise<boolean>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Called at every change of state, first with `opening`. */
  onState(state: DatabaseState): void;
}

export declare function openDatabase(options: DatabaseOptions): Database;
