// Wires the database to its worker: one tab at a time, open, migrate, expose.
import { expose, type ProxyMethods, releaseProxy, transfer } from 'comlink';
import type { DatabaseState, DbApi, DbWorkerApi } from './api';
import emptyFolder from './built/empty.gz?url';
import systemFiles from './built/system.gz?url';
import { createDatabase } from './database';
import { migrate } from './migrate';
import { migrations } from './migrations';
import { openStorage } from './storage';
import { type Claim, claim } from './tabs';

let close: (() => Promise<void>) | undefined;
const underWay = new Set<Promise<unknown>>();

const worker: { -readonly [K in keyof DbWorkerApi]: DbWorkerApi[K] } = {
  async open(name, manner, tell) {
    const letGo = async () => {
      await worker.close();
      await tell({ state: 'taken' });
    };
    const mine = await claim(name, manner, letGo, () => {
      // By force: the other tab waits for this worker's files, which go with it.
      void tell({ state: 'taken' });
      self.close();
    });
    await tell(mine ? await openClaimed(name, mine) : { state: 'elsewhere' });
  },

  async close() {
    const closing = close;
    close = undefined;
    await Promise.allSettled(underWay);
    await closing?.();
  },

  database: {} as DbApi,
};

async function openClaimed(name: string, mine: Claim): Promise<DatabaseState> {
  const storage = await openStorage(name, {
    systemFiles: () => unpacked(systemFiles),
    emptyFolder: () => unpacked(emptyFolder),
  });
  if (!storage.ok) {
    mine.release();
    return { state: 'failed', failure: storage.failure };
  }
  const { pg, kind, isNew } = storage.value;
  close = async () => {
    await storage.value.close();
    mine.release();
  };
  const migrated = await migrate(pg, migrations);
  if (!migrated.ok) {
    await worker.close();
    return { state: 'failed', failure: migrated.failure };
  }
  worker.database = moving(createDatabase(pg));
  return { state: 'ready', storage: kind, firstOpen: isNew };
}

/** A file of the site, unpacked unless the host, or the browser for it, has done so. */
async function unpacked(url: string): Promise<Blob> {
  const response = await fetch(new URL(url, import.meta.url));
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  const file = await response.blob();
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const isPacked = first === 0x1f && second === 0x8b;
  return isPacked ? new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).blob() : file;
}

/** The same calls, their answers' arrays moved instead of copied, and the page's callbacks let go of afterwards. */
function moving(database: DbApi): DbApi {
  const calls = Object.entries(database) as [string, (...args: unknown[]) => Promise<unknown>][];
  const moved = calls.map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      // Too late: the page answers this call when it hears that the database is closed.
      if (!close) return new Promise(() => {});
      const work = call(...args);
      underWay.add(work);
      try {
        const answer = await work;
        return transfer(answer, [...buffersIn(answer)]);
      } finally {
        underWay.delete(work);
        for (const arg of args)
          if (typeof arg === 'function') (arg as Partial<ProxyMethods>)[releaseProxy]?.();
      }
    },
  ]);
  return Object.fromEntries(moved) as DbApi;
}

/** The memory of every array in an answer. Answers are made for one call, so nothing else needs it. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (value !== null && typeof value === 'object' && !Array.isArray(value))
    for (const part of Object.values(value)) buffersIn(part, found);
  return found;
}

expose(worker);
