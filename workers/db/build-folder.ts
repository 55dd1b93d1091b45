// Makes what the database worker starts from. Run by `npm run database`; does nothing where it is up to date.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { applyMigrations, type Migration } from './migrate';

const here = dirname(fileURLToPath(import.meta.url));
const place = join(here, 'built');
const packageFolder = dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite'));

/**
 * Makes two files, compressed because many hosts leave such files as they are:
 * - `system.gz`: PGlite's bundle of PostgreSQL's own files, 6.2 MB -> 1.9 MB;
 * - `empty.gz`: the data folder of an empty workbench as a tar, 1.1 MB. Making it in the browser took three times as
 *   long as unpacking it.
 */
export async function buildFolder(): Promise<void> {
  const migrations = await readMigrations();
  const origin = await describeOrigin(migrations);
  const originFile = join(place, 'origin.txt');
  if ((await readFile(originFile, 'utf8').catch(() => '')) === origin) return;

  const started = performance.now();
  const system = gzipSync(await readFile(join(packageFolder, 'pglite.data')), { level: 9 });
  const empty = gzipSync(await emptyFolder(migrations), { level: 9 });
  await mkdir(place, { recursive: true });
  await rm(originFile, { force: true });
  await write(join(place, 'system.gz'), system);
  await write(join(place, 'empty.gz'), empty);
  await write(originFile, origin);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `database: ${megabytes(system)} of PostgreSQL, ${megabytes(empty)} of an empty folder, made in ${seconds} s`,
  );
}

/** The folder, as small as it goes: it is read whole at every opening, and kept in memory. */
async function emptyFolder(migrations: readonly Migration[]): Promise<Uint8Array> {
  const limits = ['min_wal_size=8MB', 'max_wal_size=8MB', 'wal_recycle=off'];
  const pg = await PGlite.create({
    initDbStartParams: ['--wal-segsize=4'],
    startParams: [...PGlite.defaultStartParams, ...limits.flatMap((limit) => ['-c', limit])],
  });
  // Two thirds of a new folder are the templates that further databases would be copied from.
  await pg.exec('UPDATE pg_database SET datistemplate = false, datallowconn = true');
  await pg.exec('DROP DATABASE template0');
  await pg.exec('DROP DATABASE template1');
  await pg.transaction((tx) => applyMigrations(tx, migrations));
  await pg.exec('VACUUM FULL');
  // Leaves nothing but an empty stretch of the log.
  await pg.exec('CHECKPOINT');
  await pg.exec('SELECT pg_switch_wal()');
  await pg.exec('CHECKPOINT');
  const tar = await pg.dumpDataDir('none');
  await pg.close();
  return new Uint8Array(await tar.arrayBuffer());
}

/** The same list as in `migrations.ts`, which only Vite can read. */
async function readMigrations(): Promise<Migration[]> {
  const folder = join(here, 'migrations');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.sql$/, ''),
      sql: await readFile(join(folder, file), 'utf8'),
    })),
  );
}

/** What the files depend on: made again when any of it changes. */
async function describeOrigin(migrations: readonly Migration[]): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const hash = createHash('sha256')
    .update(await readFile(fileURLToPath(import.meta.url)))
    .update(JSON.stringify(migrations));
  return `pglite ${version}, ${hash.digest('hex').slice(0, 16)}\n`;
}

/** Writes a file that is there whole or not at all. */
async function write(path: string, content: Uint8Array | string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, content);
  await rename(draft, path);
}

function megabytes(bytes: Uint8Array): string {
  return `${(bytes.length / 1e6).toFixed(1)} MB`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildFolder();
