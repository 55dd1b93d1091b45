import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';

export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Milliseconds that points take to a new place: long enough for the eye to follow. */
const travelTime = 500;

/**
 * Where points are at this moment, on their way to where they belong. They travel when as many get new places, and
 * jump where their number changes or the reader wants no motion.
 */
export function createTravel(places: Accessor<Places>): Accessor<Places> {
  const [shown, setShown] = createSignal(places());
  createEffect(
    on(
      places,
      (to) => {
        const from = shown();
        const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
        if (from.x.length !== to.x.length || isCalm) return setShown(to);
        const started = performance.now();
        let request = requestAnimationFrame(function step(now) {
          const share = Math.min(1, Math.max(0, (now - started) / travelTime));
          if (share === 1) return setShown(to);
          const eased = 1 - (1 - share) ** 3;
          setShown({ x: between(from.x, to.x, eased), y: between(from.y, to.y, eased) });
          request = requestAnimationFrame(step);
        });
        onCleanup(() => cancelAnimationFrame(request));
      },
      { defer: true },
    ),
  );
  return shown;
}

function between(from: Float32Array, to: Float32Array, share: number): Float32Array {
  const mixed = new Float32Array(to.length);
  for (let i = 0; i < mixed.length; i++) mixed[i] = from[i]! + (to[i]! - from[i]!) * share;
  return mixed;
}
