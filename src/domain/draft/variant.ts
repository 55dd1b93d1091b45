import type { HookChoice } from './brief';
import type { ModelChoice } from './models';

/** Whose voice a variant is to have. */
export type VoiceChoice = 'none' | 'personal' | 'brand';

/** The ways of writing that are tried against each other: every combination is a variant. */
export interface VariantAxes {
  readonly prompts: readonly { readonly name: string; readonly instructions: string }[];
  /** Null is the template. */
  readonly writers: readonly (ModelChoice | null)[];
  readonly voices: readonly VoiceChoice[];
  readonly hooks: readonly HookChoice[];
}

export interface Variant {
  /** Tells it from the others by what differs; empty where it is the only one. */
  readonly label: string;
  readonly prompt: { readonly name: string; readonly instructions: string };
  readonly writer: ModelChoice | null;
  readonly voice: VoiceChoice;
  readonly hook: HookChoice;
}

/** More than this nobody compares. */
export const mostVariants = 12;

/**
 * Every combination of the axes, each once, at most {@link mostVariants}. A template knows neither prompt nor voice, so
 * these make no variants of it.
 */
export function expandVariants({ prompts, writers, voices, hooks }: VariantAxes): Variant[] {
  const found = new Map<string, Variant>();
  for (const writer of writers)
    for (const [at, prompt] of prompts.entries())
      for (const voice of voices)
        for (const hook of hooks) {
          const label = [
            writers.length > 1 ? (writer?.model ?? 'template') : '',
            writer && prompts.length > 1 ? prompt.name || `prompt ${at + 1}` : '',
            writer && voices.length > 1 ? (voice === 'none' ? 'no voice' : `${voice} voice`) : '',
            hooks.length > 1 ? `${hook} hook` : '',
          ]
            .filter(Boolean)
            .join(', ');
          if (!found.has(label)) found.set(label, { label, prompt, writer, voice, hook });
        }
  return [...found.values()].slice(0, mostVariants);
}
