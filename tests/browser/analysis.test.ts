import { afterEach, describe, expect, it } from 'vitest';
import { type Analysis, openAnalysis } from '../../src/boundary/analysis';
import type { Job } from '../../src/boundary/services';
import { inputOf, people } from '../domain/cluster/themes';

let analysis: Analysis | undefined;
afterEach(() => analysis?.close());

function open(...args: Parameters<typeof openAnalysis>): Analysis {
  analysis = openAnalysis(...args);
  return analysis;
}

function job(progress: Job['progress'] = () => {}) {
  const controller = new AbortController();
  return { signal: controller.signal, progress, stop: () => controller.abort() };
}

describe('the analysis', () => {
  it('groups and maps in its worker, and takes the arrays with it', async () => {
    const input = inputOf(people(200, { spread: 0.2 }));
    const first = await open().cluster(input, job());
    if (!first.ok) throw new Error(first.failure.sentence);
    expect(first.value.clustering.clusters.length).toBe(6);
    expect(input.vectors.length).toBe(0);
    const again = inputOf(people(200, { spread: 0.2 }), { previous: first.value.state });
    const map = await analysis!.improveMap(again, job());
    expect(map.ok && map.value.x.length).toBe(200);
  });

  it('shows progress and leaves the page free meanwhile', { retry: 2 }, async () => {
    const opened = open();
    await opened.cluster(inputOf(people(10)), job());
    const input = inputOf(people(6_000, { spread: 0.5 }));
    // Making the input up is the test's own long task; it must end before the watch begins.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ type: 'longtask' });
    const seen: string[] = [];
    const result = await opened.cluster(
      input,
      job(({ what }) => seen.push(what)),
    );
    observer.disconnect();
    expect(result.ok).toBe(true);
    expect(seen.length).toBeGreaterThan(2);
    expect(longTasks).toEqual([]);
  });

  it('stops at once, and the same worker goes on with the next call', async () => {
    let started = 0;
    const opened = open(() => {
      started++;
      return new Worker(new URL('../../workers/analysis/worker.ts', import.meta.url), { type: 'module' });
    });
    await opened.cluster(inputOf(people(10)), job());
    const stopped = job(() => stopped.stop());
    const result = await opened.cluster(inputOf(people(6_000, { spread: 0.5 })), stopped);
    expect(result).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    expect((await opened.cluster(inputOf(people(30)), job())).ok).toBe(true);
    expect(started).toBe(1);
  });

  it('does not begin what was stopped before', async () => {
    const stopped = job();
    stopped.stop();
    let started = 0;
    const opened = open(() => {
      started++;
      throw new Error('not to be started');
    });
    expect(await opened.cluster(inputOf(people(10)), stopped)).toMatchObject({
      failure: { code: 'cancelled' },
    });
    expect(started).toBe(0);
  });

  it('answers a failure when its worker dies, and starts another for the next call', async () => {
    const workers: Worker[] = [];
    const opened = open(() => {
      const worker = new Worker(new URL('../../workers/analysis/worker.ts', import.meta.url), {
        type: 'module',
      });
      workers.push(worker);
      return worker;
    });
    await opened.cluster(inputOf(people(10)), job());
    const dying = opened.cluster(inputOf(people(6_000, { spread: 0.5 })), job());
    workers[0]!.dispatchEvent(new ErrorEvent('error'));
    expect(await dying).toMatchObject({ ok: false, failure: { code: 'analysis-stopped' } });
    expect((await opened.cluster(inputOf(people(30)), job())).ok).toBe(true);
    expect(workers.length).toBe(2);
  });

  it('answers a failure when its script cannot be loaded', async () => {
    const opened = open(() => new Worker('/there-is-no-such-worker.js', { type: 'module' }));
    expect(await opened.cluster(inputOf(people(10)), job())).toMatchObject({
      failure: { code: 'analysis-stopped' },
    });
  });
});
