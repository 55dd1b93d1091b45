import type { TabMessage } from './api';

/** The right to open the database; it ends when released, taken by force, or with the worker. */
export interface Claim {
  release(): void;
}

/** How the database is claimed: where it is free; or from the tab that has it. */
export type Manner = 'if free' | 'by force';

/** How long a lock may outlive its tab, in milliseconds: the browser gives a busy worker two seconds to end. */
const endPatience = 10_000;
/** How long another tab has to finish what it is doing. */
const politePatience = 5000;

/**
 * Claims the database of this name for this worker; undefined where another tab has it, which says so itself. With
 * force that tab is asked to let go, and after a few seconds told to: its page ends its worker, and the lock is taken.
 * @param onAsked another tab asks for it
 * @param onTaken another tab has taken it
 */
export async function claim(
  name: string,
  manner: Manner,
  onAsked: () => void,
  onTaken: () => void,
): Promise<Claim | undefined> {
  const channel = new BroadcastChannel(`${name}-tabs`);
  const say = (message: TabMessage) => channel.postMessage(message);
  const hear = (message: TabMessage, act: () => void) =>
    channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
      if (data === message) act();
    });

  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), manner === 'if free' ? endPatience : politePatience);
  if (manner === 'if free') hear('I have it', () => waiting.abort());
  say(manner === 'if free' ? 'who has it?' : 'let go');
  let held = await lock(name, { signal: waiting.signal }, onTaken);
  clearTimeout(timer);
  if (!held && manner === 'by force') {
    say('let go now');
    held = await lock(name, { steal: true }, onTaken);
  }
  if (!held) {
    channel.close();
    return undefined;
  }
  const { release } = held;
  hear('who has it?', () => say('I have it'));
  hear('let go', onAsked);
  return {
    release() {
      channel.close();
      release();
    },
  };
}

/** Resolves when the lock is held; undefined where the signal said to stop waiting. */
function lock(name: string, options: LockOptions, onLost: () => void): Promise<Claim | undefined> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    let isHeld = false;
    const hold = () => {
      // Granted after all, when nobody waits any more.
      if (signal?.aborted) return undefined;
      return new Promise<void>((release) => {
        isHeld = true;
        resolve({ release });
      });
    };
    // Chromium now and then leaves an aborted request unanswered (seen once in five, with much memory in use), so that
    // its promise can't be relied on for this.
    signal?.addEventListener('abort', () => resolve(undefined));
    navigator.locks.request(`${name}-database`, options, hold).catch((error: unknown) => {
      if (isHeld) onLost();
      else if (!signal?.aborted) reject(error);
    });
  });
}
