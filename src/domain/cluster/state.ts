import { z } from 'zod';

/** What a clustering leaves behind for the next one. Arrays per prospect are aligned with `ids`. */
export interface ClusterState {
  /** The model that `centres` belong to: centres of one say nothing in the space of another. */
  readonly model: string;
  readonly wordWeight: number;
  /** Whether the number of clusters was chosen here, and for how many prospects. */
  readonly auto: boolean;
  readonly countedFor: number;
  /** The least key never given to a cluster. */
  readonly nextKey: number;
  readonly clusters: readonly KnownCluster[];
  /** How the map was made: from the two principal components, or by keeping neighbours together. */
  readonly map: 'principal' | 'neighbours';
  readonly ids: Int32Array;
  /** Index into `clusters`; {@link inNone} for a prospect of whom nothing was known. */
  readonly assignment: Uint16Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** A cluster as remembered. Its centre is kept in the space of the embedding and in words, which no later list changes. */
export interface KnownCluster {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  readonly cohesion: number;
  /** Mean of the members' vectors. */
  readonly centre: Float32Array;
  /** The heaviest words of the members' mean TF-IDF. */
  readonly words: readonly (readonly [string, number])[];
}

/** The assignment of a prospect that is in no cluster. */
export const inNone = 0xffff;

const header = z.object({
  version: z.literal(1),
  model: z.string(),
  wordWeight: z.number(),
  auto: z.boolean(),
  countedFor: z.number(),
  nextKey: z.number(),
  map: z.enum(['principal', 'neighbours']),
  width: z.number().int().nonnegative(),
  count: z.number().int().nonnegative(),
  clusters: z.array(
    z.object({
      key: z.number(),
      name: z.string(),
      size: z.number(),
      cohesion: z.number(),
      words: z.array(z.tuple([z.string(), z.number()]).readonly()).readonly(),
    }),
  ),
});

/**
 * Layout, little endian: the length of the header in bytes (uint32), the header (JSON in UTF-8, padded with spaces to a
 * multiple of four), then the centres, ids, x, y (four bytes a number) and the assignment (two).
 */
export function printState(state: ClusterState): Uint8Array {
  const { ids, x, y, assignment, clusters, ...rest } = state;
  const width = clusters[0]?.centre.length ?? 0;
  const text = JSON.stringify({
    version: 1,
    ...rest,
    width,
    count: ids.length,
    clusters: clusters.map(({ centre: _, ...cluster }) => cluster),
  } satisfies z.input<typeof header>);
  const unpadded = new TextEncoder().encode(text);
  const headerLength = Math.ceil(unpadded.length / 4) * 4;
  const bytes = new Uint8Array(4 + headerLength + 4 * width * clusters.length + 14 * ids.length);
  new DataView(bytes.buffer).setUint32(0, headerLength, true);
  bytes.fill(0x20, 4, 4 + headerLength);
  bytes.set(unpadded, 4);
  let at = 4 + headerLength;
  for (const array of [...clusters.map(({ centre }) => centre), ids, x, y, assignment]) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/** Undefined where the bytes are no state that this version knows: the next clustering then starts afresh. */
export function parseState(bytes: Uint8Array | undefined): ClusterState | undefined {
  if (!bytes || bytes.length < 4) return undefined;
  // A copy of its own, so that numbers are where typed arrays can read them.
  const { buffer } = bytes.slice();
  const headerLength = new DataView(buffer).getUint32(0, true);
  const parsed = header.safeParse(jsonIn(bytes.subarray(4, 4 + headerLength)));
  if (!parsed.success) return undefined;
  const { version: _, width, count, clusters, ...rest } = parsed.data;
  let at = 4 + headerLength;
  if (buffer.byteLength !== at + 4 * width * clusters.length + 14 * count) return undefined;
  const take = <T>(
    kind: new (buffer: ArrayBuffer, start: number, length: number) => T,
    length: number,
    size: number,
  ) => {
    const array = new kind(buffer, at, length);
    at += length * size;
    return array;
  };
  return {
    ...rest,
    clusters: clusters.map((cluster) => ({ ...cluster, centre: take(Float32Array, width, 4) })),
    ids: take(Int32Array, count, 4),
    x: take(Float32Array, count, 4),
    y: take(Float32Array, count, 4),
    assignment: take(Uint16Array, count, 2),
  };
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
