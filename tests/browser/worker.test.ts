import { describe, expect, it } from 'vitest';
import { unlessStopped } from '../../src/boundary/worker';
import { cancelled, type Result, succeed } from '../../src/domain/result';

const grace = 30;
const longer = () => new Promise((resolve) => setTimeout(resolve, 3 * grace));

/** Work that ends when told to, and whether it was given up. */
function begin() {
  const work = Promise.withResolvers<Result<number>>();
  const controller = new AbortController();
  const seen = { givenUp: 0 };
  const answer = unlessStopped(work.promise, controller.signal, grace, () => seen.givenUp++);
  return { ...work, answer, seen, stop: () => controller.abort() };
}

describe('a call that can be stopped', () => {
  it('answers what the work does, however long it takes', async () => {
    const { answer, resolve, stop, seen } = begin();
    await longer();
    resolve(succeed(7));
    expect(await answer).toEqual(succeed(7));
    stop();
    await longer();
    expect(seen.givenUp).toBe(0);
  });

  it('answers at once when stopped, and gives up work that does not let go', async () => {
    const { answer, stop, seen } = begin();
    stop();
    expect(await answer).toEqual(cancelled);
    expect(seen.givenUp).toBe(0);
    await longer();
    expect(seen.givenUp).toBe(1);
  });

  it('leaves work alone that ends or fails soon after it was stopped', async () => {
    for (const settle of ['resolve', 'reject'] as const) {
      const begun = begin();
      begun.stop();
      expect(await begun.answer).toEqual(cancelled);
      begun[settle](succeed(7));
      await longer();
      expect(begun.seen.givenUp).toBe(0);
    }
  });
});
