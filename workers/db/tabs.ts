/** What tabs say to each other on the channel of a database. */
export type TabMessage = 'let go' | 'let go now';

/** The right to open the database; it ends when released, taken by force, or with the worker. */
export interface Claim {
  release(): void;
}

/** How long a tab that was just reloaded or closed may still hold the lock, in milliseconds. */
const reloadPatience = 1500;
/** How long another tab has to finish what it is doing. */
const politePatience = 5000;

/**
 * Claims the database of this name for this worker; undefined where another tab has it. With `force` that tab is
 * asked to let go, and after a few seconds told to: its page ends its worker, and the lock is taken.
 * @param onAsked another tab asks for it
 * @param onTaken another tab has taken it
 */
export async function claim(
  name: string,
  force: boolean,
  onAsked: () => void,
  onTaken: () => void,
): Promise<Claim | undefined> {
  const channel = new BroadcastChannel(`${name}-tabs`);
  const say = (message: TabMessage) => channel.postMessage(message);
  const isMine = (held: Claim): Claim => {
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      if (data === 'let go') onAsked();
    };
    return {
      release() {
        channel.close();
        held.release();
      },
    };
  };

  if (force) say('let go');
  const signal = AbortSignal.timeout(force ? politePatience : reloadPatience);
  const held = await lock(name, { signal }, onTaken);
  if (held) return isMine(held);
  if (!force) {
    channel.close();
    return undefined;
  }
  say('let go now');
  const taken = await lock(name, { steal: true }, onTaken);
  return taken && isMine(taken);
}

/** Resolves when the lock is held; undefined where it wasn't in time. */
function lock(name: string, options: LockOptions, onLost: () => void): Promise<Claim | undefined> {
  return new Promise((resolve, reject) => {
    let isHeld = false;
    navigator.locks
      .request(
        `${name}-database`,
        options,
        () =>
          new Promise<void>((release) => {
            isHeld = true;
            resolve({ release });
          }),
      )
      .catch((error: unknown) => {
        if (isHeld) onLost();
        else if (options.signal?.aborted) resolve(undefined);
        else reject(error);
      });
  });
}
