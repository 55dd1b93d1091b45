import { PGlite } from '@electric-sql/pglite';
import { type ChangeSet, MemfsFrontendFS } from '@electric-sql/pglite/memfs-frontend';
import { OpfsBackend } from '@electric-sql/pglite/memfs2opfs';
import { fail, type Result, succeed } from '../../src/domain/result';
import type { StorageKind } from './api';
import { orderRemovals } from './removals';
import { isStorageFull, storageFull } from './write';

/** A database that is open, and where it lies. */
export interface OpenStorage {
  readonly pg: PGlite;
  readonly kind: StorageKind;
  /** It did not exist before. */
  readonly isNew: boolean;
  /** Waits for what is under way, writes everything down and lets go of the files. */
  close(): Promise<void>;
}

/** What `build-folder.ts` made. */
export interface Parts {
  /** PGlite's bundle of PostgreSQL's own files. */
  systemFiles(): Promise<Blob>;
  /** The data folder of an empty database, as a tar. */
  emptyFolder(): Promise<Blob>;
}

/** The PostgreSQL that comes with PGlite: it reads no other version's files. */
const postgresVersion = '18';

/**
 * Opens the database of this name, or makes it: in the browser's private file system, else in IndexedDB; where one
 * lies in IndexedDB already it is used, so that a browser that learns the other keeps its data. Always strict: what
 * is acknowledged is on the disk. Fails with a sentence where the browser keeps nothing, where the files are held by
 * another tab, of another PostgreSQL or can't be read, and where storage is full. It never removes what it can't read.
 */
export async function openStorage(name: string, parts: Parts): Promise<Result<OpenStorage>> {
  const folder = await privateFolder(name);
  const inIndexedDb = await versionInIndexedDb(name);
  if (folder && inIndexedDb === undefined) return openFolder(name, folder, parts);
  if (typeof indexedDB !== 'undefined') return openIndexedDb(name, inIndexedDb, parts);
  return fail(
    'storage-missing',
    'This browser keeps no data for this page, so there is nowhere to put a workbench. A private window does that, and so do settings that block site data. Open the page in a normal window.',
  );
}

// ---------------------------------------------------------------- the private file system

async function privateFolder(name: string): Promise<FileSystemDirectoryHandle | undefined> {
  if (!('FileSystemFileHandle' in globalThis)) return undefined;
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) return undefined;
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
  } catch (error) {
    // Private windows of some browsers have the call and refuse it.
    console.warn('No private file system:', error);
    return undefined;
  }
}

async function openFolder(
  name: string,
  folder: FileSystemDirectoryHandle,
  parts: Parts,
): Promise<Result<OpenStorage>> {
  const owner = await own(folder);
  if (!owner)
    return fail(
      'database-held',
      'Another tab or window still holds the files of this workbench. Close it, wait a moment, and try again.',
    );
  const isWhole = await hasContent(folder, 'data', 'global', 'pg_control');
  // The first flush writes this file last: without it the making of the database was cut short, and nothing was in it.
  if (!isWhole) await remove(folder, 'data');
  const version = isWhole ? await readText(folder, 'data', 'PG_VERSION') : undefined;
  const fs = new MemfsFrontendFS(new OpfsInOrder(`${name}/data`));
  const opened = await start(version, { fs }, parts);
  if (!opened.ok) {
    owner.close();
    return opened;
  }
  const pg = opened.value;
  return succeed({
    pg,
    kind: 'opfs',
    isNew: !isWhole,
    async close() {
      await pg.close();
      owner.close();
    },
  });
}

/** How long files may be held after their tab let go of the lock or was closed, in milliseconds. */
const ownerPatience = 15_000;

/**
 * Takes the file that only one worker can hold at a time. The browser takes it back when that worker is gone, and not
 * before: unlike a Web Lock it can't be stolen from a tab that sleeps, so two never write.
 */
async function own(folder: FileSystemDirectoryHandle): Promise<FileSystemSyncAccessHandle | undefined> {
  const file = await folder.getFileHandle('owner', { create: true });
  for (const end = performance.now() + ownerPatience; ; ) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NoModificationAllowedError')) throw error;
      if (performance.now() > end) return undefined;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** The backend as shipped, but for one thing: files are removed last. */
class OpfsInOrder extends OpfsBackend {
  override async apply({ ops, files }: ChangeSet, options: { relaxedDurability: boolean }): Promise<void> {
    const { first, last } = orderRemovals({ ops, files });
    await super.apply({ ops: first, files }, options);
    if (last.length > 0) await super.apply({ ops: last, files: { wal: [], data: [], control: [] } }, options);
  }
}

async function hasContent(folder: FileSystemDirectoryHandle, ...path: string[]): Promise<boolean> {
  return ((await find(folder, path))?.size ?? 0) > 0;
}

async function readText(folder: FileSystemDirectoryHandle, ...path: string[]): Promise<string | undefined> {
  return (await find(folder, path))?.text();
}

async function find(folder: FileSystemDirectoryHandle, path: string[]): Promise<File | undefined> {
  try {
    let at = folder;
    for (const part of path.slice(0, -1)) at = await at.getDirectoryHandle(part);
    return await (await at.getFileHandle(path.at(-1) ?? '')).getFile();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}

async function remove(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await folder.removeEntry(name, { recursive: true });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
  }
}

// ---------------------------------------------------------------- IndexedDB

async function openIndexedDb(
  name: string,
  version: string | undefined,
  parts: Parts,
): Promise<Result<OpenStorage>> {
  const opened = await start(version, { dataDir: `idb://${name}` }, parts);
  if (!opened.ok) return opened;
  const pg = opened.value;
  return succeed({ pg, kind: 'indexeddb', isNew: version === undefined, close: () => pg.close() });
}

/** The version of the database of this name in IndexedDB; undefined where there is none. PGlite writes it in one piece. */
async function versionInIndexedDb(name: string): Promise<string | undefined> {
  const folder = `/pglite/${name}`;
  const known = (await globalThis.indexedDB?.databases?.()) ?? [];
  if (!known.some((database) => database.name === folder)) return undefined;
  const database = await answer(indexedDB.open(folder));
  try {
    const files = database.transaction('FILE_DATA').objectStore('FILE_DATA');
    const file = (await answer(files.get(`${folder}/PG_VERSION`))) as { contents: Uint8Array } | undefined;
    return file && new TextDecoder().decode(file.contents);
  } finally {
    database.close();
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// ---------------------------------------------------------------- PostgreSQL

/** PGlite fetches the program that makes folders, needed or not, unless it is given one. */
const noModule = new WebAssembly.Module(new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]));

const limits = [
  // How much of the log is kept for later use.
  'min_wal_size=8MB',
  'max_wal_size=32MB',
  'work_mem=16MB',
  // Files that a query writes on its way are in memory: one that runs wild must fail before the page does.
  'temp_file_limit=512MB',
];

/** Starts PostgreSQL on files of the given version, or on new ones. */
async function start(
  version: string | undefined,
  place: { readonly fs: MemfsFrontendFS } | { readonly dataDir: string },
  parts: Parts,
): Promise<Result<PGlite>> {
  const found = version?.trim();
  if (found !== undefined && found !== postgresVersion)
    return fail(
      'database-other-version',
      `This workbench was made with PostgreSQL ${found}, and this version of Touchstone comes with ${postgresVersion}, which can't read it. Nothing was changed. Open it with the Touchstone that made it, save a workbench file there, and open that file here.`,
    );
  const said: string[] = [];
  try {
    const pg = await PGlite.create({
      ...place,
      relaxedDurability: false,
      fsBundle: await parts.systemFiles(),
      initdbWasmModule: noModule,
      ...(found === undefined && { loadDataDir: await parts.emptyFolder() }),
      startParams: [...PGlite.defaultStartParams, ...limits.flatMap((limit) => ['-c', limit])],
      onStderr: (line) => {
        if (/FATAL|PANIC|ERROR/.test(line)) said.push(line.replace(/^.*?(?=FATAL|PANIC|ERROR)/, ''));
        return false;
      },
    });
    return succeed(pg);
  } catch (error) {
    console.error('PostgreSQL did not start:', error, said);
    if (isStorageFull(error)) return storageFull;
    const reason = said.at(-1) ?? (error instanceof Error ? error.message : String(error));
    return fail(
      'database-unreadable',
      `The workbench kept in this browser can't be opened (${reason}). Nothing was changed. Reload the page; if that doesn't help, open your last workbench file in another browser or profile.`,
    );
  }
}
