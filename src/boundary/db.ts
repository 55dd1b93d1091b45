import { proxy, type Remote, wrap } from 'comlink';
import type { DatabaseState, DbApi, DbWorkerApi, TabMessage } from '../../workers/db/api';
import { cancelled, type Result } from '../domain/result';
import { databaseClosed, databaseDied, databaseError, databaseNotOpen, databaseRestarted } from './failure';
import { unlessStopped } from './worker';

export interface Database {
  /**
   * Every call waits until the database is open. It answers a failure with a sentence where the database can't be
   * opened, is open in another tab, or its worker ended; it never stays unanswered. Arrays given are copied, unless
   * marked by Comlink's `transfer`. A call given an `AbortSignal` answers `cancelled` as soon as that is aborted; if
   * the database is not free within a moment its worker is ended and the database opened again, which harms nothing.
   */
  readonly api: DbApi;
  state(): DatabaseState;
  /** Asks the tab that has the database to let go, and opens it here. */
  takeOver(): void;
  /** Tries again after a failure. */
  retry(): void;
  /** Whether the browser has promised not to clear the data when space runs short. */
  isKept(): Promise<boolean>;
  /** Asks the browser for that promise; it may ask the rep. */
  keep(): Promise<boolean>;
  /** Finishes what is under way, and lets another tab have it. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Called at every change of state, first with `opening`. */
  onState(state: DatabaseState): void;
  /** Names the database; another for tests. */
  readonly name?: string;
  readonly startWorker?: () => Worker;
}

/** One life of the worker. */
interface Session {
  readonly remote: Remote<DbWorkerApi>;
  /** The first state that isn't `opening`. */
  readonly opened: Promise<DatabaseState>;
  /** Settles when the worker has ended, whatever it was doing. */
  readonly ended: Promise<Result<never>>;
  end(answer: Result<never>): void;
}

type Manner = Parameters<DbWorkerApi['open']>[1];
type Call = (...args: readonly unknown[]) => Promise<Result<unknown>>;

/** How long a stopped call may keep the database before its worker is ended, in milliseconds. */
const patience = 1500;

/**
 * Opens the database in its worker, and again after it was ended. One worker at a time: another tab is found by its
 * lock, and asked by its channel.
 */
export function openDatabase({
  onState,
  name = 'touchstone',
  startWorker = defaultWorker,
}: DatabaseOptions): Database {
  let state: DatabaseState = { state: 'opening' };
  let session = begin('if free');

  function setState(next: DatabaseState): void {
    state = next;
    onState(next);
  }

  function begin(manner: Manner): Session {
    setState({ state: 'opening' });
    const worker = startWorker();
    const remote = wrap<DbWorkerApi>(worker);
    const opened = Promise.withResolvers<DatabaseState>();
    const ended = Promise.withResolvers<Result<never>>();
    let isOver = false;
    const end = (answer: Result<never>) => {
      isOver = true;
      worker.terminate();
      ended.resolve(answer);
    };
    const tell = async (next: DatabaseState) => {
      if (isOver) return;
      setState(next);
      opened.resolve(next);
      // Nothing more comes from it, and its memory is that of the whole database.
      if (next.state !== 'ready') end(databaseNotOpen(next));
    };
    const fall = (error: unknown) => {
      console.error('The database worker failed:', error);
      void tell({ state: 'failed', failure: databaseDied });
    };
    worker.addEventListener('error', (event) => fall(event.message));
    worker.addEventListener('messageerror', fall);
    remote.open(name, manner, proxy(tell)).catch(fall);
    return { remote, opened: opened.promise, ended: ended.promise, end };
  }

  function beginAgain(manner: Manner): void {
    session.end(databaseRestarted);
    session = begin(manner);
  }

  /** Ends the worker and opens the database again: what was not acknowledged did not happen. */
  function restart(ended: Session): void {
    if (ended === session && state.state === 'ready') beginAgain('if free');
  }

  async function call(method: keyof DbApi, args: readonly unknown[]): Promise<Result<unknown>> {
    const stop = args.find((arg) => arg instanceof AbortSignal);
    if (!stop) return send(session, method, args);
    if (stop.aborted) return cancelled;
    const mine = session;
    const passed = args.filter((arg) => arg !== stop);
    return unlessStopped(send(mine, method, passed), stop, patience, () => restart(mine));
  }

  async function send(
    mine: Session,
    method: keyof DbApi,
    args: readonly unknown[],
  ): Promise<Result<unknown>> {
    const opened = await Promise.race([mine.opened, mine.ended]);
    if ('ok' in opened) return opened;
    if (opened.state !== 'ready') return databaseNotOpen(opened);
    const database = mine.remote.database as unknown as Record<keyof DbApi, Call>;
    const passed = args.map((arg) => (typeof arg === 'function' ? proxy(arg as () => unknown) : arg));
    const work = database[method](...passed).catch((error: unknown) => {
      console.error(`The database could not answer ${method}:`, error);
      // After an error of the engine itself, or of memory, nothing it says can be relied on.
      if (error instanceof Error && /^(RuntimeError|RangeError)$/.test(error.name)) restart(mine);
      return databaseError(error);
    });
    const result = await Promise.race([work, mine.ended]);
    // Memory is ahead of the disk now; opened again, the two are one.
    if (!result.ok && result.failure.code === 'storage-full') restart(mine);
    return result;
  }

  // Names of calls are those of DbApi, which the compiler holds callers to.
  const api = new Proxy({} as DbApi, {
    get:
      (_, method) =>
      (...args: unknown[]) =>
        call(method as keyof DbApi, args),
  });

  const channel = new BroadcastChannel(`${name}-tabs`);
  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (state.state !== 'ready') return;
    // The worker says so too, unless a long query keeps it from hearing.
    if (data === 'who has it?') channel.postMessage('I have it' satisfies TabMessage);
    if (data !== 'let go now') return;
    // The worker had its time: end it, so that its files are free.
    setState({ state: 'taken' });
    session.end(databaseNotOpen({ state: 'taken' }));
  };

  document.addEventListener('visibilitychange', () => {
    // The other tab may be closed by now.
    if (document.visibilityState === 'visible' && state.state === 'elsewhere') beginAgain('if free');
  });

  return {
    api,
    state: () => state,
    takeOver: () => beginAgain('by force'),
    retry: () => beginAgain('if free'),
    isKept: async () => (await navigator.storage?.persisted?.()) ?? false,
    keep: async () => (await navigator.storage?.persist?.()) ?? false,

    async close() {
      channel.close();
      if (state.state === 'ready') await Promise.race([session.remote.close(), session.ended]);
      session.end(databaseClosed);
    },
  };
}

function defaultWorker(): Worker {
  return new Worker(new URL('../../workers/db/worker.ts', import.meta.url), {
    type: 'module',
    name: 'database',
  });
}
