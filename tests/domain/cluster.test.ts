import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClusterInput,
  type ClusterOutcome,
  clusterProspects,
  improveMap,
} from '../../src/domain/cluster';
import { parseState, printState } from '../../src/domain/cluster/state';
import { finish } from '../../src/domain/cluster/work';
import { blankVector, inputOf, type Person, people } from './cluster/themes';

function cluster(input: ClusterInput): ClusterOutcome {
  const result = finish(clusterProspects(input));
  if (!result.ok) throw new Error(result.failure.sentence);
  return result.value;
}

/** The key of each prospect's cluster, by id. */
function keys({ clustering }: ClusterOutcome): Map<number, number> {
  const { ids, clusters, assignment } = clustering;
  return new Map(Array.from(ids, (id, at) => [id, clusters[assignment[at]!]!.key]));
}

/** Share of prospects, known to both, that are in the cluster of the same key. */
function agreement(a: Map<number, number>, b: Map<number, number>): number {
  const shared = [...a].filter(([id]) => b.has(id));
  return shared.filter(([id, key]) => b.get(id) === key).length / shared.length;
}

function expectWhole({ clustering }: ClusterOutcome, count: number): void {
  const { clusters, assignment, closeness, outlier, x, y } = clustering;
  for (const array of [assignment, closeness, outlier, x, y]) expect(array.length).toBe(count);
  expect(clusters.reduce((sum, { size }) => sum + size, 0)).toBe(count);
  expect(new Set(clusters.map(({ key }) => key)).size).toBe(clusters.length);
  expect(new Set(clusters.map(({ name }) => name)).size).toBe(clusters.length);
  for (const index of assignment) expect(index).toBeLessThan(clusters.length);
  for (const array of [closeness, x, y])
    for (const value of array) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  for (const [index, { size, exemplars, cohesion }] of clusters.entries()) {
    expect(assignment.filter((own) => own === index).length).toBe(size);
    for (const id of exemplars) expect(assignment[clustering.ids.indexOf(id)]).toBe(index);
    expect(cohesion).toBeGreaterThanOrEqual(0);
    expect(cohesion).toBeLessThanOrEqual(1);
  }
}

describe('clusters', () => {
  it('finds the groups that are there, how many they are, and what they speak of', () => {
    const some = people(300);
    const outcome = cluster(inputOf(some));
    expectWhole(outcome, 300);
    const { clusters, assignment } = outcome.clustering;
    expect(clusters.length).toBe(6);
    for (const theme of [0, 1, 2, 3, 4, 5]) {
      const own = some.flatMap((person, at) => (person.theme === theme ? [assignment[at]] : []));
      expect(new Set(own).size).toBe(1);
    }
    const names = clusters.map(({ name }) => name).join(' | ');
    expect(names).not.toMatch(/company|people|town/i);
    for (const word of ['payments', 'freight', 'patients', 'vineyard'])
      expect(clusters.some(({ phrases }) => phrases.some(({ phrase }) => phrase.includes(word)))).toBe(true);
    for (const { phrases } of clusters)
      for (const { inside, outside } of phrases) expect(inside).toBeGreaterThan(outside);
  });

  it('takes the number of clusters it is given', () => {
    for (const k of [1, 2, 6, 9]) {
      const outcome = cluster(inputOf(people(120), { k }));
      expectWhole(outcome, 120);
      expect(outcome.clustering.clusters.length).toBe(k);
    }
  });

  it('does not hang on the order of the list', () => {
    const some = people(90, { spread: 0.3 });
    const straight = cluster(inputOf(some, { k: 7 }));
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
        const { clustering } = cluster(inputOf(shuffled, { k: 7 }));
        expect(clustering.clusters).toEqual(straight.clustering.clusters);
        for (const [at, { id }] of shuffled.entries()) {
          const then = some.findIndex((person) => person.id === id);
          for (const name of ['assignment', 'closeness', 'outlier', 'x', 'y'] as const)
            expect(clustering[name][at]).toBe(straight.clustering[name][then]);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('keeps prospects together that nothing tells apart', () => {
    const twins = people(60, { spread: 0.3 }).flatMap((person): Person[] => [
      person,
      { ...person, id: person.id + 1_000 },
    ]);
    const { assignment, closeness } = cluster(inputOf(twins, { k: 12 })).clustering;
    for (let at = 0; at < twins.length; at += 2) {
      expect(assignment[at]).toBe(assignment[at + 1]);
      expect(closeness[at]).toBe(closeness[at + 1]);
    }
  });

  it('marks the one that is unlike all', () => {
    const some = people(200, { themed: 2, spread: 0.05 });
    const [stranger] = people(1, { from: 5_000_003, themed: 97, spread: 0.01 });
    const odd = {
      ...stranger!,
      text: 'We mend zeppelins and tune church organs.',
      vector: stranger!.vector.map((v) => -v),
    };
    const { outlier, clusters, assignment } = cluster(inputOf([...some, odd], { k: 2 })).clustering;
    expect(outlier.at(-1)).toBe(1);
    expect(outlier.reduce((sum, one) => sum + one, 0)).toBeLessThan(10);
    expect(clusters[assignment.at(-1)!]!.exemplars).not.toContain(odd.id);
  });
});

describe('clusters of next week', () => {
  it('stay as they are when nothing changed', () => {
    const some = people(150, { spread: 0.3 });
    const first = cluster(inputOf(some, { k: 8 }));
    const second = cluster(inputOf(some, { k: 8, previous: first.state }));
    expect(second.clustering).toEqual(first.clustering);
  });

  it('keep their keys and names when prospects come and go', () => {
    const first = cluster(inputOf(people(240, { spread: 0.2 })));
    const next = people(260, { spread: 0.2, from: 41 });
    const second = cluster(inputOf(next, { previous: first.state }));
    expectWhole(second, 260);
    expect(agreement(keys(first), keys(second))).toBeGreaterThan(0.97);
    const nameOf = new Map(first.clustering.clusters.map(({ key, name }) => [key, name]));
    for (const { key, name } of second.clustering.clusters) expect(name).toBe(nameOf.get(key));
  });

  it('are recognised in a list that shares no prospect with the last', () => {
    const first = cluster(inputOf(people(240)));
    const fresh = people(240, { from: 10_000 });
    const second = cluster(inputOf(fresh, { previous: first.state }));
    const themeOf = (some: Person[], outcome: ClusterOutcome) => {
      const keyOf = keys(outcome);
      return new Map(some.map(({ id, theme }) => [keyOf.get(id)!, theme]));
    };
    expect(themeOf(fresh, second)).toEqual(themeOf(people(240), first));
  });

  it('are new where the list is about something else', () => {
    const first = cluster(inputOf(people(120, { themed: 3 }), { k: 3 }));
    const others = people(360, { from: 2_000 }).filter(({ theme }) => theme > 2);
    const second = cluster(inputOf(others, { k: 3, previous: first.state }));
    const known = new Set(first.clustering.clusters.map(({ key }) => key));
    expect(second.clustering.clusters.filter(({ key }) => known.has(key))).toEqual([]);
  });

  it('merge and split by the least that is needed, and never give a key twice', () => {
    const some = people(300);
    const six = cluster(inputOf(some, { k: 6 }));
    const five = cluster(inputOf(some, { k: 5, previous: six.state }));
    const seven = cluster(inputOf(some, { k: 7, previous: five.state }));
    const of = (outcome: ClusterOutcome) => outcome.clustering.clusters.map(({ key }) => key);
    expect(of(five).every((key) => of(six).includes(key))).toBe(true);
    expect(of(five).filter((key) => of(seven).includes(key)).length).toBeGreaterThanOrEqual(4);
    const fresh = of(seven).filter((key) => !of(five).includes(key));
    expect(fresh.every((key) => !of(six).includes(key))).toBe(true);
    expect(fresh.length).toBeGreaterThanOrEqual(2);
  });

  it('compare by words alone when the model has changed', () => {
    const first = cluster(inputOf(people(240)));
    const turned = people(240, { from: 10_000 }).map((person) => ({
      ...person,
      vector: person.vector.slice().reverse(),
    }));
    const second = cluster(inputOf(turned, { previous: first.state, model: 'another' }));
    const nameOf = new Map(first.clustering.clusters.map(({ key, name }) => [key, name]));
    for (const { key, name } of second.clustering.clusters)
      if (nameOf.has(key)) expect(name).toBe(nameOf.get(key));
  });

  it('begin afresh from a state that cannot be read', () => {
    const some = people(60);
    const cold = cluster(inputOf(some));
    for (const previous of [
      new Uint8Array(0),
      Uint8Array.of(1, 2, 3),
      cold.state.slice(0, -1),
      new Uint8Array(400).fill(123),
    ])
      expect(cluster(inputOf(some, { previous })).clustering).toEqual(cold.clustering);
  });
});

describe('clusters of odd input', () => {
  it('say so when there is nobody', () => {
    const result = finish(clusterProspects(inputOf([])));
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.failure.code).toBe('no-prospects');
  });

  it.each([1, 2, 3, 5, 10])('work for %i prospects', (count) => {
    for (const k of ['auto', 1, 4, 40] as const)
      for (const wordWeight of [0, 0.5, 1]) {
        const outcome = cluster(inputOf(people(count), { k, wordWeight }));
        expectWhole(outcome, count);
        expect(outcome.clustering.clusters.length).toBeLessThanOrEqual(count);
        const again = cluster(inputOf(people(count), { k, wordWeight, previous: outcome.state }));
        expect(again.clustering).toEqual(outcome.clustering);
      }
  });

  it('make one cluster of prospects that are all alike', () => {
    const [one] = people(1);
    const same = Array.from({ length: 50 }, (_, i) => ({ ...one!, id: i + 1 }));
    for (const k of ['auto', 5] as const) {
      const outcome = cluster(inputOf(same, { k }));
      expectWhole(outcome, 50);
      expect(outcome.clustering.clusters.length).toBe(1);
      expect(outcome.clustering.outlier.includes(1)).toBe(false);
    }
  });

  it('set aside those that nothing is known about', () => {
    const some = people(40).map((person) =>
      person.id % 4 === 0 ? { ...person, text: '', vector: blankVector } : person,
    );
    const outcome = cluster(inputOf(some));
    expectWhole(outcome, 40);
    const keyOf = keys(outcome);
    for (const { id } of some) expect(keyOf.get(id) === 0).toBe(id % 4 === 0);
    const known = cluster(inputOf(some.filter(({ text }) => text !== '')));
    expect(outcome.clustering.clusters.slice(0, -1)).toEqual(known.clustering.clusters);
    const later = cluster(inputOf(people(40), { previous: outcome.state }));
    expect(later.clustering.clusters.some(({ key }) => key === 0)).toBe(false);
  });

  it('work when nothing is known about anybody', () => {
    const blank = people(5).map((person) => ({ ...person, text: '', vector: blankVector }));
    for (const wordWeight of [0, 0.5, 1]) {
      const outcome = cluster(inputOf(blank, { wordWeight }));
      expectWhole(outcome, 5);
      expect(outcome.clustering.clusters.map(({ key }) => key)).toEqual([0]);
      expect(finish(improveMap(inputOf(blank, { wordWeight, previous: outcome.state }))).ok).toBe(true);
    }
  });

  it('work by words alone where there are no vectors', () => {
    const outcome = cluster(inputOf(people(120), { k: 6, vectors: new Float32Array(0) }));
    expectWhole(outcome, 120);
    expect(outcome.clustering.clusters.length).toBe(6);
  });

  it('name clusters in any script, and those without a usable word by number', () => {
    const scripts = [
      '我们为商家提供支付服务',
      'مدفوعات رقمية للتجار',
      'Платежи для магазинов',
      '🦊🦊🦊',
      '12345 67',
      'ร้านค้าออนไลน์',
    ];
    const some = people(60).map((person) => ({ ...person, company: '', text: scripts[person.theme]! }));
    const { clusters } = cluster(inputOf(some, { k: 6 })).clustering;
    expect(clusters.length).toBe(6);
    const names = clusters.map(({ name }) => name).join(' | ');
    expect(names).toMatch(/\p{sc=Han}/u);
    expect(names).toMatch(/\p{sc=Arabic}/u);
    expect(names).toMatch(/платежи|магазинов/);
    expect(clusters.filter(({ name }) => /^cluster \d+$/.test(name)).length).toBe(2);
  });

  it('do not name a cluster after one account with many contacts', () => {
    const some = people(120, { themed: 3 }).map((person) =>
      person.theme === 0 && person.id % 2 === 0
        ? {
            ...person,
            company: 'Orbix',
            text: `Orbix offers Zugzwang suite, payments and Zugzwang drive. Contact ${person.id}.`,
          }
        : person,
    );
    const { clusters } = cluster(inputOf(some, { k: 3 })).clustering;
    expect(
      clusters
        .map(({ name }) => name)
        .join(' ')
        .toLowerCase(),
    ).not.toMatch(/zugzwang|orbix/);
  });
});

describe('the map', () => {
  const spreadOf = (some: readonly Person[], x: Float32Array, y: Float32Array) => {
    let within = 0;
    let between = 0;
    let [pairsWithin, pairsBetween] = [0, 0];
    for (let a = 0; a < some.length; a++)
      for (let b = 0; b < a; b++) {
        const distance = Math.hypot(x[a]! - x[b]!, y[a]! - y[b]!);
        if (some[a]!.theme === some[b]!.theme) [within, pairsWithin] = [within + distance, pairsWithin + 1];
        else [between, pairsBetween] = [between + distance, pairsBetween + 1];
      }
    return within / pairsWithin / (between / pairsBetween);
  };
  const improve = (input: ClusterInput) => {
    const result = finish(improveMap(input));
    if (!result.ok) throw new Error(result.failure.sentence);
    return result.value;
  };

  it('keeps the like nearer together than two principal components do', () => {
    const some = people(240, { spread: 0.2 });
    const first = cluster(inputOf(some));
    const better = improve(inputOf(some, { previous: first.state }));
    const before = spreadOf(some, first.clustering.x, first.clustering.y);
    const after = spreadOf(some, better.x, better.y);
    expect(after).toBeLessThan(0.7 * before);
    for (const value of [...better.x, ...better.y]) expect(value >= 0 && value <= 1).toBe(true);
  });

  it('stays what the rep knows: the same list, new prospects among their like', () => {
    const some = people(240, { spread: 0.2 });
    const first = cluster(inputOf(some));
    const better = improve(inputOf(some, { previous: first.state }));
    const more = people(260, { spread: 0.2 });
    const { x, y } = cluster(inputOf(more, { previous: better.state })).clustering;
    expect(x.slice(0, 240)).toEqual(better.x);
    expect(y.slice(0, 240)).toEqual(better.y);
    expect(spreadOf(more, x, y)).toBeLessThan(1.2 * spreadOf(some, better.x, better.y));
  });

  it('hardly moves when it is improved once more', () => {
    const some = people(240, { spread: 0.2 });
    const first = cluster(inputOf(some));
    const once = improve(inputOf(some, { previous: first.state }));
    const twice = improve(inputOf(some, { previous: once.state }));
    const jump = Array.from(once.x, (x, at) => Math.hypot(x - twice.x[at]!, once.y[at]! - twice.y[at]!));
    expect(jump.reduce((sum, one) => sum + one, 0) / jump.length).toBeLessThan(0.1);
  });

  it('stays the same way up: principal components have no sign of their own', () => {
    const some = people(120, { spread: 0.2 });
    const first = cluster(inputOf(some, { k: 6 }));
    const state = parseState(first.state)!;
    const mirrored = printState({ ...state, x: state.x.map((x) => 1 - x) });
    const { x, y } = cluster(inputOf(some, { k: 6, previous: mirrored })).clustering;
    for (const [at, before] of first.clustering.x.entries()) expect(x[at]).toBeCloseTo(1 - before, 5);
    expect(y).toEqual(first.clustering.y);
  });
});
