import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { TextColumn } from '../../src/domain/list';

/** A connection: the database, or the transaction under way in it. */
export type Connection = Pick<PGlite | Transaction, 'query' | 'exec'>;

interface ColumnArrays {
  int4: Int32Array;
  int8: BigInt64Array;
  float4: Float32Array;
  text: TextColumn;
}

type ColumnTypes = Readonly<Record<string, keyof ColumnArrays>>;
export type Columns<S extends ColumnTypes> = { readonly [K in keyof S]: ColumnArrays[S[K]] };

/**
 * Reads a query as typed columns: each travels as one binary value, so nothing is parsed row by row (four times
 * faster than rows at 12,200, and no objects). No value may be null; the order is that of the query. `sql` takes no
 * parameters: write numbers into it with {@link intArray}.
 */
export async function readColumns<S extends ColumnTypes>(
  db: Connection,
  columns: S,
  sql: string,
): Promise<Columns<S>> {
  const names = Object.keys(columns);
  const aggregates = names.flatMap((name) =>
    columns[name] === 'text'
      ? [
          `string_agg(convert_to("${name}", 'UTF8'), ''::bytea)`,
          `string_agg(int4send(octet_length("${name}")), ''::bytea)`,
        ]
      : [`string_agg(${columns[name]}send("${name}"), ''::bytea)`],
  );
  const [row] = await readBinaryRows(db, `SELECT ${aggregates.join(', ')} FROM (${sql}) AS source`);
  if (!row) throw new Error('An aggregate without a row.');
  const values = row.values();
  const next = () => values.next().value ?? new Uint8Array(0);
  const read = {
    int4: () => new Int32Array(swapped(next(), 4)),
    int8: () => new BigInt64Array(swapped(next(), 8)),
    float4: () => new Float32Array(swapped(next(), 4)),
    text: () => textColumn(next(), new Int32Array(swapped(next(), 4))),
  };
  return Object.fromEntries(names.map((name) => [name, read[columns[name]!]()])) as unknown as Columns<S>;
}

/** Runs a query without parameters and answers its values in PostgreSQL's binary form; null stays null. */
export async function readBinaryRows(db: Connection, sql: string): Promise<(Uint8Array | null)[][]> {
  const { blob } = await db.query(`COPY (${sql}) TO '/dev/blob' WITH (FORMAT binary)`);
  if (!blob) throw new Error('COPY answered nothing.');
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const view = new DataView(bytes.buffer);
  let at = copyHeader.length;
  const rows: (Uint8Array | null)[][] = [];
  for (;;) {
    const fields = view.getInt16(at);
    at += 2;
    if (fields < 0) return rows;
    const row: (Uint8Array | null)[] = [];
    for (let i = 0; i < fields; i++) {
      const size = view.getInt32(at);
      at += 4;
      row.push(size < 0 ? null : bytes.subarray(at, at + size));
      if (size > 0) at += size;
    }
    rows.push(row);
  }
}

/** Stores rows given in PostgreSQL's binary form (see {@link int4}, {@link int8}, {@link utf8}) by one COPY. */
export async function writeBinaryRows(
  db: Connection,
  into: string,
  rows: Iterable<readonly Uint8Array[]>,
): Promise<void> {
  const parts: Uint8Array<ArrayBuffer>[] = [copyHeader];
  for (const row of rows) {
    parts.push(int2(row.length));
    for (const value of row) parts.push(int4(value.byteLength), value as Uint8Array<ArrayBuffer>);
  }
  parts.push(int2(-1));
  await db.query(`COPY ${into} FROM '/dev/blob' WITH (FORMAT binary)`, [], { blob: new Blob(parts) });
}

// The signature, no flags, no extension.
const copyHeader = new Uint8Array([
  ...new TextEncoder().encode('PGCOPY\n'),
  0xff,
  0x0d,
  0x0a,
  0x00,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
]);

function int2(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setInt16(0, value);
  return bytes;
}

export function int4(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

export function int8(value: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, value);
  return bytes;
}

export function utf8(value: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(value);
}

/** The bytes of an array, without copying. */
export function bytesOf(array: ArrayBufferView): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** An SQL expression for these numbers, in order. */
export function intArray(values: Iterable<number | bigint>, type: 'int' | 'bigint' = 'int'): string {
  return `'{${Array.from(values).join(',')}}'::${type}[]`;
}

/** An SQL literal of a text, for a COPY, which takes no parameters. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A relation `asked(prospect_id, place)` of these ids: join it, and order by `place`. */
export function asked(ids: Int32Array): string {
  return `unnest(${intArray(ids)}) WITH ORDINALITY AS asked (prospect_id, place)`;
}

/** Big-endian numbers as this machine keeps them. */
function swapped(bytes: Uint8Array, size: 4 | 8): ArrayBuffer {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  if (size === 4) for (let at = 0; at < copy.length; at += 4) view.setInt32(at, view.getInt32(at), true);
  else for (let at = 0; at < copy.length; at += 8) view.setBigInt64(at, view.getBigInt64(at), true);
  return copy.buffer;
}

function textColumn(bytes: Uint8Array, lengths: Int32Array): TextColumn {
  const offsets = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) offsets[i + 1] = offsets[i]! + lengths[i]!;
  // A copy: the bytes are a part of the whole answer, which must not travel with them.
  return { bytes: bytes.slice(), offsets };
}
