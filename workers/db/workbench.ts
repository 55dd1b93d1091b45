import type { PGlite, Transaction } from '@electric-sql/pglite';
import { fail, type Result, succeed } from '../../src/domain/result';
import type { Report, WorkbenchApi } from './api';
import { applyMigrations } from './migrate';
import { migrations } from './migrations';
import { refuse, step, write } from './write';

/**
 * The workbench as a whole: out to a file, back from one, and emptied.
 *
 * A dump is gzip over: one line of JSON (a {@link Header}), then the rows of each table in the header's order, in
 * PostgreSQL's own binary COPY format. It says which migration it was made at; to restore an older one, the tables are
 * made as they were then, filled, and migrated.
 */
export function createWorkbench(pg: PGlite): WorkbenchApi {
  return {
    async dump(tell) {
      const tables = await readTables(pg);
      const parts: Blob[] = [];
      for (const [done, { name, columns }] of tables.entries()) {
        if (!(await tell({ done, total: tables.length, what: 'tables saved' }))) return stopped;
        const { blob } = await pg.query(
          `COPY ${name} (${columns.join(', ')}) TO '/dev/blob' WITH (FORMAT binary)`,
        );
        parts.push(blob ?? new Blob());
      }
      const header: Header = {
        format,
        schema: migrations.length,
        tables: tables.map((table, i) => ({ ...table, bytes: parts[i]!.size })),
      };
      return succeed(
        await through(new Blob([`${JSON.stringify(header)}\n`, ...parts]), new CompressionStream('gzip')),
      );
    },

    async restore(dump, tell) {
      const read = await readDump(dump);
      if (!read.ok) return read;
      const { header, rows } = read.value;
      return write(pg, async (tx) => {
        await tx.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
        await applyMigrations(tx, migrations, 0, header.schema);
        await fillTables(tx, header, rows, tell);
        await applyMigrations(tx, migrations, header.schema);
        return undefined;
      });
    },

    reset: () =>
      write(pg, async (tx) => {
        const names = (await readTables(tx)).map(({ name }) => name);
        await tx.exec(`TRUNCATE ${names.join(', ')} RESTART IDENTITY`);
        return undefined;
      }),
  };
}

const format = 'touchstone-data';

interface Table {
  readonly name: string;
  /** Without those that are computed from others. */
  readonly columns: readonly string[];
}

interface Header {
  readonly format: typeof format;
  readonly schema: number;
  readonly tables: readonly (Table & { readonly bytes: number })[];
}

const stopped = fail('cancelled', 'Stopped. No file was saved.');

const damaged = fail(
  'dump-damaged',
  'This file is not a whole Touchstone workbench: it may be of another kind, or cut short. Nothing was changed.',
);

/** Every table of the workbench, those that others refer to first. */
async function readTables(db: Pick<PGlite | Transaction, 'query'>): Promise<Table[]> {
  const { rows } = await db.query<Table>(
    `WITH RECURSIVE depth AS (
        SELECT oid, 0 AS level FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migration'
      UNION ALL
        SELECT conrelid, level + 1 FROM depth JOIN pg_constraint ON contype = 'f' AND confrelid = depth.oid
      )
      SELECT relname AS name,
        (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
          WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns
      FROM depth JOIN pg_class USING (oid) GROUP BY pg_class.oid, relname ORDER BY max(level), relname`,
  );
  return rows;
}

async function fillTables(tx: Transaction, header: Header, rows: Blob, tell: Report): Promise<void> {
  const known = new Map((await readTables(tx)).map((table) => [table.name, table]));
  let at = 0;
  for (const [done, { name, columns, bytes }] of header.tables.entries()) {
    await step(tell, done, header.tables.length, 'tables read');
    const table = known.get(name);
    // Names from a file never reach a statement unless they are names we know.
    if (!table || !columns.every((column) => table.columns.includes(column))) refuse(damaged);
    try {
      await tx.query(`COPY ${name} (${columns.join(', ')}) FROM '/dev/blob' WITH (FORMAT binary)`, [], {
        blob: rows.slice(at, at + bytes),
      });
    } catch (error) {
      // PostgreSQL refuses what it can't read or what contradicts the tables' own rules.
      if (error instanceof Error && 'code' in error) refuse(damaged);
      throw error;
    }
    at += bytes;
  }
  await tx.exec(`DO $$ DECLARE own record; BEGIN
    FOR own IN SELECT attrelid::regclass AS name, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      WHERE attidentity <> '' AND relnamespace = 'public'::regnamespace
    LOOP
      EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), greatest(max(%I), 1), max(%I) IS NOT NULL) FROM %s',
        own.name, own.attname, own.attname, own.attname, own.name);
    END LOOP;
  END $$; ANALYZE`);
}

async function readDump(dump: Blob): Promise<Result<{ header: Header; rows: Blob }>> {
  let content: Blob;
  let header: Partial<Header>;
  let start: number;
  try {
    content = await through(dump, new DecompressionStream('gzip'));
    const beginning = await content.slice(0, 65_536).text();
    const end = beginning.indexOf('\n');
    start = new TextEncoder().encode(beginning.slice(0, end + 1)).length;
    header = JSON.parse(beginning.slice(0, end)) as Partial<Header>;
  } catch {
    return damaged;
  }
  const { schema, tables } = header;
  if (header.format !== format || !Number.isInteger(schema) || !Array.isArray(tables)) return damaged;
  if (schema! > migrations.length)
    return fail(
      'dump-newer',
      'This workbench file was saved by a newer version of Touchstone, and this version would not understand all of it. Nothing was changed. Open it with the newer version.',
    );
  const size = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  if (start + size !== content.size) return damaged;
  return succeed({ header: header as Header, rows: content.slice(start) });
}

function through(blob: Blob, stream: CompressionStream | DecompressionStream): Promise<Blob> {
  return new Response(blob.stream().pipeThrough(stream)).blob();
}
