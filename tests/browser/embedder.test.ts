import { afterEach, describe, expect, it } from 'vitest';
import { type Embedder, openEmbedder } from '../../src/boundary/embedder';
import type { Job } from '../../src/boundary/services';
import { column } from '../workers/embedder/texts';

let embedder: Embedder | undefined;
afterEach(() => embedder?.close());

function open(...args: Parameters<typeof openEmbedder>): Embedder {
  embedder = openEmbedder(...args);
  return embedder;
}

function job(progress: Job['progress'] = () => {}) {
  const controller = new AbortController();
  return { signal: controller.signal, progress, stop: () => controller.abort() };
}

const oneText = column(['Payment terminals for restaurants']);
const manyTexts = column(
  Array.from({ length: 300 }, (_, index) => `Company ${index} sells ${'software to bakeries, '.repeat(30)}`),
);

describe('the embedder', () => {
  it('gives vectors by which like is near like', async () => {
    const texts = column([
      'We sell payment terminals to restaurants.',
      '',
      'Card readers and checkout for cafés and bars.',
      'Satellites that watch forests for fires.',
    ]);
    const result = await open().embed(texts, job());
    if (!result.ok) throw new Error(result.failure.sentence);
    const rows = [0, 1, 2, 3].map((index) => result.value.subarray(index * 512, (index + 1) * 512));
    const dot = (a: number, b: number) => rows[a]!.reduce((sum, value, i) => sum + value * rows[b]![i]!, 0);
    expect(dot(0, 0)).toBeCloseTo(1, 5);
    expect(dot(1, 1)).toBe(0);
    expect(dot(0, 2)).toBeGreaterThan(dot(0, 3) + 0.1);
  });

  it('counts, measures its speed, and leaves the page free meanwhile', { retry: 2 }, async () => {
    const opened = open();
    await opened.embed(oneText, job());
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ type: 'longtask' });
    const seen: { done: number; total: number }[] = [];
    const started = performance.now();
    const result = await opened.embed(
      manyTexts,
      job((progress) => seen.push(progress)),
    );
    const seconds = (performance.now() - started) / 1000;
    observer.disconnect();
    expect(result.ok).toBe(true);
    expect(seen[0]).toMatchObject({ done: 0, total: 300 });
    expect(seen.at(-1)).toMatchObject({ done: 300, total: 300 });
    const bytes = manyTexts.bytes.length;
    expect(opened.bytesPerSecond()).toBeGreaterThan((0.5 * bytes) / seconds);
    expect(opened.bytesPerSecond()).toBeLessThan((2 * bytes) / seconds);
    expect(longTasks).toEqual([]);
  });

  it('answers a stopped job at once, and works on', async () => {
    const opened = open();
    await opened.embed(oneText, job());
    const stopped = job(({ done }) => {
      if (done > 0) stopped.stop();
    });
    const result = await opened.embed(manyTexts, stopped);
    expect(result).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
    const started = performance.now();
    expect((await opened.embed(oneText, job())).ok).toBe(true);
    // The batch that was under way, not the 300 texts.
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('does nothing for a job that was stopped before', async () => {
    const stopped = job();
    stopped.stop();
    const none = open(undefined, () => {
      throw new Error('no worker is needed');
    });
    expect(await none.embed(oneText, stopped)).toMatchObject({ failure: { code: 'cancelled' } });
  });

  it('answers a failure when its worker dies, and starts another', async () => {
    const workers: Worker[] = [];
    const opened = open(undefined, () => {
      const worker = new Worker(new URL('../../workers/embedder/worker.ts', import.meta.url), {
        type: 'module',
      });
      workers.push(worker);
      return worker;
    });
    const dying = opened.embed(
      manyTexts,
      job(({ done }) => {
        if (done > 0) workers[0]!.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
      }),
    );
    expect(await dying).toMatchObject({ ok: false, failure: { code: 'embedder-stopped' } });
    expect((await opened.embed(oneText, job())).ok).toBe(true);
    expect(workers).toHaveLength(2);
  });

  it('answers a failure when its worker can’t be started', async () => {
    const opened = open(undefined, () => new Worker('/no-such-worker.js', { type: 'module' }));
    expect(await opened.embed(oneText, job())).toMatchObject({
      ok: false,
      failure: { code: 'embedder-offline' },
    });
  });
});
