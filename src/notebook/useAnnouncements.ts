import { createSignal, onCleanup } from 'solid-js';
import type { LiveNotebook } from './reactive';
import type { Runtime } from './runtime';

/** Runs longer than this are worth hearing about when they end, in milliseconds. */
const long = 1000;

/** What is read out to those who can't see it: what they did, and what came of runs that took a while or failed. */
export function useAnnouncements<S>(
  runtime: Runtime<S>,
  live: LiveNotebook,
): { readonly said: () => string; readonly say: (sentence: string) => void } {
  const [said, setSaid] = createSignal('');
  const lastStates = new Map<string, string>();

  function resultOf(id: string): string | undefined {
    const state = runtime.cell(id);
    const now = state?.status;
    const before = lastStates.get(id);
    lastStates.set(id, now?.state ?? '');
    if (!state || !now || now.state === before) return undefined;
    const name = live.document().cells.find((cell) => cell.id === id)?.name ?? '';
    if (now.state === 'failed') return `${name} failed: ${now.failure.sentence}`;
    if (now.state === 'stale' && now.ask !== undefined) return `${name} asks: ${now.ask}`;
    if (now.state === 'done' && now.milliseconds > long) return `${name} is done: ${state.headline ?? ''}`;
    return undefined;
  }

  onCleanup(
    runtime.subscribe((changed) => {
      const sentences = [...changed].flatMap((id) => resultOf(id) ?? []);
      if (sentences.length > 0) setSaid(sentences.join(' '));
    }),
  );
  return { said, say: setSaid };
}
