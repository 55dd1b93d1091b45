import type { PGlite } from '@electric-sql/pglite';
import type { TextColumn } from '../../src/domain/list';
import { fail, succeed } from '../../src/domain/result';
import type { MissingTexts, VectorApi } from './api';
import {
  asked,
  bytesOf,
  int4,
  int8,
  intArray,
  quoted,
  readBinaryRows,
  readColumns,
  utf8,
  writeBinaryRows,
} from './copy';
import { descriptionOf } from './description';
import { decodeTexts, encodeTexts } from './texts';
import { write } from './write';

/** What prospects are described by, and the vectors made from it. */
export function createVectors(pg: PGlite): VectorApi {
  /** Prospects without a vector, each text once, in the order asked for; those with nothing to say left out. */
  async function missing(ids: Int32Array, model: string): Promise<MissingTexts> {
    const { hashes, ...fields } = await readColumns(
      pg,
      { hashes: 'int8', title: 'text', ...accountFields },
      `SELECT * FROM (
          SELECT DISTINCT ON (hashes) * FROM (
            SELECT ${textHash} AS hashes, title, name, industry, keywords, description, place FROM ${described(ids)}
          ) AS texts
          WHERE NOT EXISTS (SELECT FROM vector_text WHERE model = ${quoted(model)} AND text_hash = hashes)
          ORDER BY hashes, place
        ) AS first ORDER BY place`,
    );
    const texts = describeAll(fields);
    const said = texts.flatMap((text, i) => (text ? [i] : []));
    return {
      hashes: BigInt64Array.from(said, (i) => hashes[i]!),
      texts: encodeTexts(said.map((i) => texts[i]!)),
    };
  }

  /** The vectors at these places, row-major; zeros where the chunk is 0. Without `dimensions` one place must have a chunk. */
  async function rowsAt(places: readonly Place[], dimensions?: number): Promise<Float32Array> {
    const rowsOf = new Map<number, number[]>();
    for (const [row, { chunk }] of places.entries()) {
      if (chunk === 0) continue;
      const rows = rowsOf.get(chunk) ?? [];
      rows.push(row);
      rowsOf.set(chunk, rows);
    }
    const chunks = [...rowsOf.keys()];
    let all = dimensions === undefined ? undefined : new Float32Array(places.length * dimensions);
    for (let from = 0; from < chunks.length; from += chunksAtOnce) {
      const part = chunks.slice(from, from + chunksAtOnce);
      const found = await readBinaryRows(
        pg,
        `SELECT chunk_id, dimensions, vectors FROM vector_chunk WHERE chunk_id = ANY (${intArray(part)})`,
      );
      for (const [id, size, bytes] of found) {
        const width = int(size);
        all ??= new Float32Array(places.length * width);
        const vectors = new Float32Array(bytes!.slice().buffer);
        for (const row of rowsOf.get(int(id)) ?? []) {
          const at = places[row]!.position * width;
          all.set(vectors.subarray(at, at + width), row * width);
        }
      }
    }
    if (!all) throw new Error('A place names a chunk that is not there.');
    return all;
  }

  return {
    textsWithoutVector: async (ids, model) => succeed(await missing(ids, model)),
    async sizeWithoutVector(ids, model) {
      const { hashes, texts } = await missing(ids, model);
      return succeed({ texts: hashes.length, bytes: texts.bytes.length });
    },

    putVectors(model, hashes, vectors) {
      const dimensions = vectors.length / hashes.length;
      if (!Number.isInteger(dimensions)) throw new Error('The vectors are not one row a text.');
      return write(pg, async (tx) => {
        const { rows } = await tx.query<{ known: string[] | null; chunk: number }>(
          `SELECT (SELECT coalesce(max(chunk_id), 0) + 1 FROM vector_chunk) AS chunk,
            (SELECT array_agg(text_hash::text) FROM vector_text
              WHERE model = $1 AND text_hash = ANY (${intArray(hashes, 'bigint')})) AS known`,
          [model],
        );
        const known = new Set(rows[0]!.known ?? []);
        const chunk = rows[0]!.chunk;
        const fresh = Array.from(hashes, (hash, position) => ({ hash, position })).filter(
          ({ hash }) => !known.has(String(hash)),
        );
        if (fresh.length === 0) return undefined;
        await writeBinaryRows(tx, 'vector_chunk (chunk_id, model, dimensions, vectors)', [
          [int4(chunk), utf8(model), int4(dimensions), bytesOf(vectors)],
        ]);
        await writeBinaryRows(
          tx,
          'vector_text (model, text_hash, chunk_id, position)',
          fresh.map(({ hash, position }) => [utf8(model), int8(hash), int4(chunk), int4(position)]),
        );
        // Without it, a plan for a hundred thousand prospects takes this table for a small one: minutes, not a moment.
        await tx.exec('ANALYZE vector_text');
        return undefined;
      });
    },

    async vectors(ids, model) {
      const { chunk, position } = await readColumns(
        pg,
        { chunk: 'int4', position: 'int4' },
        `SELECT coalesce(chunk_id, 0) AS chunk, coalesce(position, 0) AS position
          FROM ${described(ids)} LEFT JOIN vector_text
            ON model = ${quoted(model)} AND vector_text.text_hash = ${textHash}
          ORDER BY place`,
      );
      if (chunk.includes(0) && (await missing(ids, model)).hashes.length > 0)
        return fail(
          'vectors-missing',
          'Some of these prospects have changed since they were read. Run the clusters again.',
        );
      if (chunk.every((id) => id === 0))
        return fail(
          'nothing-described',
          'None of these prospects has a title, an industry, keywords or a description to compare them by.',
        );
      const places = Array.from(chunk, (id, row) => ({ chunk: id, position: position[row]! }));
      return succeed(await rowsAt(places));
    },

    async clusterTexts(ids) {
      const fields = await readColumns(
        pg,
        { title: 'text', ...accountFields },
        `SELECT title, name, industry, keywords, description FROM ${described(ids)} ORDER BY place`,
      );
      return succeed({ texts: encodeTexts(describeAll(fields)), companies: fields.name });
    },

    async textsFingerprint(ids) {
      const { rows } = await pg.query<{ fingerprint: string }>(
        `SELECT md5(coalesce(string_agg(prospect_id || ' ' || (${textHash})::text, ',' ORDER BY place), ''))
          AS fingerprint FROM ${described(ids)}`,
      );
      return succeed(rows[0]!.fingerprint);
    },

    async missingTexts(texts, model) {
      const hashes = hashTexts(texts);
      const known = new Set(await knownOf(hashes, model));
      const wanted: number[] = [];
      for (const [row, hash] of hashes.entries()) {
        if (hash === 0n || known.has(hash)) continue;
        known.add(hash);
        wanted.push(row);
      }
      const all = decodeTexts(texts);
      return succeed({
        hashes: BigInt64Array.from(wanted, (row) => hashes[row]!),
        texts: encodeTexts(wanted.map((row) => all[row]!)),
      });
    },

    async vectorsOfTexts(texts, model, dimensions) {
      const hashes = hashTexts(texts);
      const places = await readColumns(
        pg,
        { hash: 'int8', chunk: 'int4', position: 'int4' },
        `SELECT text_hash AS hash, chunk_id AS chunk, position FROM vector_text
          WHERE model = ${quoted(model)} AND text_hash = ANY (${intArray(new Set(hashes), 'bigint')})`,
      );
      const placeOf = new Map(
        Array.from(places.hash, (hash, i) => [
          hash,
          { chunk: places.chunk[i]!, position: places.position[i]! },
        ]),
      );
      const found = Array.from(hashes, (hash) =>
        hash === 0n ? { chunk: 0, position: 0 } : placeOf.get(hash),
      );
      if (!found.every((place) => place !== undefined))
        return fail(
          'vectors-missing',
          'Some of these texts have changed since they were read. Run it again.',
        );
      return succeed(await rowsAt(found, dimensions));
    },
  };

  async function knownOf(hashes: BigInt64Array, model: string): Promise<BigInt64Array> {
    const { known } = await readColumns(
      pg,
      { known: 'int8' },
      `SELECT text_hash AS known FROM vector_text
        WHERE model = ${quoted(model)} AND text_hash = ANY (${intArray(new Set(hashes), 'bigint')})`,
    );
    return known;
  }
}

/** Names each text by 64 bits of its bytes (FNV-1a, two seeds); 0 for a blank one. */
function hashTexts({ bytes, offsets }: TextColumn): BigInt64Array {
  return BigInt64Array.from({ length: Math.max(0, offsets.length - 1) }, (_, row) => {
    let [low, high] = [0x811c9dc5, 0x9747b28c];
    let isBlank = true;
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) {
      const byte = bytes[at]!;
      if (byte > 32) isBlank = false;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x01000193);
    }
    return isBlank ? 0n : BigInt.asIntN(64, (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0));
  });
}

/** Where a vector lies; chunk 0 is none. */
interface Place {
  readonly chunk: number;
  readonly position: number;
}

/** How many chunks are held at a time beside the answer. */
const chunksAtOnce = 32;

/** Names the text of a prospect. The parts are hashed with different seeds, so that equal parts don't cancel out. */
const textHash = 'account.text_hash # prospect.text_hash';

/** The prospects asked for, each with its account and its `place`. Fails to match where a prospect is gone. */
function described(ids: Int32Array): string {
  return `${asked(ids)} JOIN prospect USING (prospect_id) JOIN account USING (account_id)`;
}

const accountFields = { name: 'text', industry: 'text', keywords: 'text', description: 'text' } as const;

type Fields = Readonly<Record<'title' | keyof typeof accountFields, TextColumn>>;

function describeAll({ title, name, industry, keywords, description }: Fields): string[] {
  const columns = [title, name, industry, keywords, description].map(decodeTexts);
  return columns[0]!.map((_, i) =>
    descriptionOf({
      title: columns[0]![i]!,
      company: columns[1]![i]!,
      industry: columns[2]![i]!,
      keywords: columns[3]![i]!,
      description: columns[4]![i]!,
    }),
  );
}

function int(bytes: Uint8Array | null | undefined): number {
  if (!bytes) throw new Error('A number that must not be null is.');
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(0);
}
