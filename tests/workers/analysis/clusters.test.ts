import { expose, proxy, type Remote, wrap } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClusterApi, createClusterApi } from '../../../workers/analysis/clusters';
import type { Progress, Report } from '../../../workers/analysis/job';
import { inputOf, people } from '../../domain/cluster/themes';

// Through a channel, as between the page and its worker: what is answered must survive the journey.
let channel: MessageChannel;
let api: Remote<ClusterApi>;
beforeEach(() => {
  channel = new MessageChannel();
  expose(createClusterApi(), channel.port1);
  api = wrap<ClusterApi>(channel.port2);
});
afterEach(() => {
  channel.port1.close();
  channel.port2.close();
});

const goOn: Report = proxy(async () => true);

describe('clusters in the worker', () => {
  it('come back whole, and take their state back', async () => {
    const some = people(200, { spread: 0.2 });
    const first = await api.cluster(inputOf(some), goOn);
    if (!first.ok) throw new Error(first.failure.sentence);
    const { clustering, state } = first.value;
    expect(clustering.type).toBe('clustering');
    expect(clustering.ids).toEqual(inputOf(some).ids);
    expect(clustering.assignment.length).toBe(200);
    const second = await api.cluster(inputOf(some, { previous: state }), goOn);
    expect(second).toEqual({ ok: true, value: { clustering, state: expect.any(Uint8Array) } });
  });

  it('give a better map, which the next clustering keeps', async () => {
    const some = people(120, { spread: 0.2 });
    const first = await api.cluster(inputOf(some), goOn);
    if (!first.ok) throw new Error(first.failure.sentence);
    const map = await api.improveMap(inputOf(some, { previous: first.value.state }), goOn);
    if (!map.ok) throw new Error(map.failure.sentence);
    expect(map.value.x).not.toEqual(first.value.clustering.x);
    const next = await api.cluster(inputOf(some, { previous: map.value.state }), goOn);
    expect(next.ok && next.value.clustering.x).toEqual(map.value.x);
  });

  it('say how far they are, and in what', async () => {
    const seen: Progress[] = [];
    const report = proxy(async (progress: Progress) => {
      seen.push(progress);
      return true;
    });
    const result = await api.cluster(inputOf(people(3_000, { spread: 0.5 })), report);
    expect(result.ok).toBe(true);
    expect(seen.length).toBeGreaterThan(1);
    for (const { done, total, what } of seen) {
      expect(done).toBeLessThanOrEqual(total);
      expect(what).not.toBe('');
    }
  });

  it('stop when told to, and leave the worker free', async () => {
    let asked = 0;
    const stop = proxy(async () => {
      asked++;
      return false;
    });
    const result = await api.cluster(inputOf(people(3_000, { spread: 0.5 })), stop);
    expect(result).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect(asked).toBe(1);
    expect((await api.cluster(inputOf(people(20)), goOn)).ok).toBe(true);
  });

  it('answer other calls while one is under way', async () => {
    let done = false;
    const long = api.cluster(inputOf(people(3_000, { spread: 0.5 })), goOn).then(() => {
      done = true;
    });
    const short = await api.cluster(inputOf(people(20)), goOn);
    expect(short.ok).toBe(true);
    expect(done).toBe(false);
    await long;
  });

  it('say what to do where there is nobody', async () => {
    for (const call of [api.cluster, api.improveMap]) {
      const result = await call(inputOf([]), goOn);
      expect(result).toMatchObject({ ok: false, failure: { code: 'no-prospects' } });
    }
  });
});
