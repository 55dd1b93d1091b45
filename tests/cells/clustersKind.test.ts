import { expect, test } from 'vitest';
import type { Clusterings, Services } from '../../src/boundary/services';
import { clusterColours } from '../../src/cells/clusters/colours';
import { clustersKind } from '../../src/cells/clusters/kind';
import type { Clustering } from '../../src/domain/cluster';
import { succeed } from '../../src/domain/result';

const ids = Int32Array.from({ length: 12 }, (_, i) => i + 1);

const clustering: Clustering = {
  type: 'clustering',
  ids,
  clusters: [
    { key: 3, name: 'freight', phrases: [], size: 8, exemplars: [], cohesion: 0.5 },
    { key: 0, name: 'retail', phrases: [], size: 4, exemplars: [], cohesion: 0.5 },
  ],
  assignment: new Uint16Array(12),
  closeness: new Float32Array(12),
  outlier: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
  x: new Float32Array(12),
  y: new Float32Array(12),
  isSketch: false,
};

/** A clustering service whose answers are given, for what the kind does with them. */
function context(answers: { kept?: boolean; missing?: number; seconds?: number }, from = ids) {
  const calls: string[] = [];
  const clusterings: Clusterings = {
    kept: async () => succeed(answers.kept ? clustering : undefined),
    cost: async () => succeed({ missing: answers.missing ?? 0, seconds: answers.seconds ?? 0 }),
    run: async () => {
      calls.push('run');
      return succeed(clustering);
    },
    improveMap: async () => succeed({ x: clustering.x, y: clustering.y }),
  };
  return {
    calls,
    context: {
      cellId: 'groups',
      params: clustersKind.params.parse({}),
      inputs: { from: { type: 'prospects' as const, ids: from } },
      services: { clusterings } as Services,
      signal: new AbortController().signal,
      progress() {},
    },
  };
}

test('what takes minutes asks first, with what it takes', async () => {
  const { context: slow } = context({ missing: 12_200, seconds: 68 });
  expect(await clustersKind.ask?.(slow)).toMatch(/^12,200 prospects to compare, about 70 seconds\./);
  const { context: slower } = context({ missing: 100_000, seconds: 570 });
  expect(await clustersKind.ask?.(slower)).toContain('about 10 minutes');
});

test('what was kept, and what is quick, runs at once', async () => {
  const kept = context({ kept: true, missing: 12_200, seconds: 70 });
  expect(await clustersKind.ask?.(kept.context)).toBeUndefined();
  expect(await clustersKind.run(kept.context)).toMatchObject({ ok: true, value: { type: 'clustering' } });
  expect(kept.calls).toEqual([]);
  // The rep's names go with the groups, for the cells that write to them.
  const named = { ...kept.context, params: { ...kept.context.params, names: { 3: 'hauliers' } } };
  expect(await clustersKind.run(named)).toMatchObject({ value: { names: { 3: 'hauliers' } } });
  const quick = context({ missing: 40, seconds: 0.3 });
  expect(await clustersKind.ask?.(quick.context)).toBeUndefined();
  expect(await clustersKind.run(quick.context)).toMatchObject({ ok: true, value: { type: 'clustering' } });
  expect(quick.calls).toEqual(['run']);
});

test('too few prospects are told so', async () => {
  const { context: few } = context({}, ids.subarray(0, 3));
  expect(await clustersKind.ask?.(few)).toBeUndefined();
  expect(await clustersKind.run(few)).toMatchObject({ ok: false, failure: { code: 'too-few-to-group' } });
});

test('the headline counts groups and those that fit none', () => {
  const params = clustersKind.params.parse({});
  expect(clustersKind.headline(clustering, params)).toBe('2 groups, 2 that fit none');
  const calm = { ...clustering, outlier: new Uint8Array(12) };
  expect(clustersKind.headline(calm, params)).toBe('2 groups');
});

test('colours go to the twelve largest and follow the key, not the order', () => {
  const clusters = Array.from({ length: 20 }, (_, key) => ({ key, size: 100 - key }));
  const colours = clusterColours(clusters);
  expect(new Set(colours.slice(0, 12)).size).toBe(12);
  expect(colours.slice(12).every((colour) => colour === '--cluster-other')).toBe(true);
  const reversed = clusterColours([...clusters].reverse()).reverse();
  expect(reversed).toEqual(colours);
  // Next week one is gone and one is new: the others keep theirs.
  const later = clusterColours([...clusters.slice(0, 5), ...clusters.slice(6, 12), { key: 25, size: 50 }]);
  expect(later.slice(0, 5)).toEqual(colours.slice(0, 5));
  expect(later.slice(5, 11)).toEqual(colours.slice(6, 12));
});
