import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClusterState, parseState, printState } from '../../../src/domain/cluster/state';

const float = fc.float({ noNaN: true });
const state: fc.Arbitrary<ClusterState> = fc
  .record({ width: fc.nat(5), count: fc.nat(6), clusters: fc.integer({ min: 1, max: 4 }) })
  .chain(({ width, count, clusters }) => {
    const floats = (length: number) =>
      fc.array(float, { minLength: length, maxLength: length }).map((values) => Float32Array.from(values));
    const exactly = { minLength: count, maxLength: count };
    return fc.record({
      model: fc.string({ unit: 'grapheme' }),
      wordWeight: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
      auto: fc.boolean(),
      countedFor: fc.nat(),
      nextKey: fc.nat(),
      map: fc.constantFrom('principal' as const, 'neighbours' as const),
      clusters: fc.array(
        fc.record({
          key: fc.nat(),
          name: fc.string({ unit: 'grapheme' }),
          size: fc.nat(),
          cohesion: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
          centre: floats(width),
          words: fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.nat())),
        }),
        { minLength: clusters, maxLength: clusters },
      ),
      ids: fc.array(fc.integer(), exactly).map((values) => Int32Array.from(values)),
      assignment: fc.array(fc.nat(0xffff), exactly).map((values) => Uint16Array.from(values)),
      x: floats(count),
      y: floats(count),
    });
  });

describe('the state of a clustering', () => {
  it('is read as it was printed', () => {
    fc.assert(
      fc.property(state, (some) => {
        expect(parseState(printState(some))).toEqual(some);
      }),
    );
  });

  it('is read from the middle of a larger buffer', () => {
    fc.assert(
      fc.property(state, (some) => {
        const bytes = printState(some);
        const wide = new Uint8Array(bytes.length + 3);
        wide.set(bytes, 1);
        expect(parseState(wide.subarray(1, 1 + bytes.length))).toEqual(some);
      }),
    );
  });

  it('is nothing where bytes are missing or foreign', () => {
    expect(parseState(undefined)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(parseState(bytes)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(state, fc.integer({ min: 1, max: 20 }), (some, cut) => {
        const bytes = printState(some);
        expect(parseState(bytes.subarray(0, bytes.length - cut))).toBeUndefined();
      }),
    );
  });
});
