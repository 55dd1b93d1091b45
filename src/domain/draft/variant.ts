import type { HookChoice } from './brief';
import type { ModelChoice } from './models';

/** Whose voice a variant is to have. */
export type VoiceChoice = 'none' | 'personal' | 'brand';

/** The ways of writing that are tried against each other: every combination is a variant. */
export interface VariantAxes {
  readonly prompts: readonly { readonly name: string; readonly instructions: string }[];
  /** Null is the template. */
  readonly writers: readonly (ModelChoice | null)[];
  /** Empty where there is no voice to choose. */
  readonly voices: readonly VoiceChoice[];
  readonly hooks: readonly HookChoice[];
}

export interface Variant {
  /** Names it, by what it is alone: other variants that come or go leave it as it is. Its drafts are kept under it. */
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
 * these make no variants of it. Without any voice to choose (`voices` empty) none is spoken of.
 */
export function expandVariants({ prompts, writers, voices, hooks }: VariantAxes): Variant[] {
  const namedPrompts = named(prompts, (prompt, at) => [prompt.name || (at === 0 ? '' : `prompt ${at + 1}`)]);
  const found = new Map<string, Variant>();
  for (const [writerName, writer] of named(writers, namesOf))
    for (const [promptName, prompt] of writer ? namedPrompts : [['', noPrompt] as const])
      for (const voice of writer && voices.length > 0 ? voices : (['none'] as const))
        for (const hook of hooks) {
          const label = [
            writerName,
            promptName,
            writer && voices.length > 0 ? voiceName(voice) : '',
            hook === 'strongest' ? '' : `${hook} hook`,
          ]
            .filter(Boolean)
            .join(', ');
          found.set(label, { label, prompt, writer, voice, hook });
        }
  return [...found.values()].slice(0, mostVariants);
}

const noPrompt = { name: '', instructions: '' };

/**
 * What a writer may be called, best first. A model at an address of the rep's own is named with it, for there any model
 * may go by any name; others go by the name their maker gave them.
 */
function namesOf(writer: ModelChoice | null): readonly string[] {
  if (!writer) return ['template'];
  const { provider, model, baseUrl } = writer;
  if (!baseUrl) return [model, `${model} (${provider})`];
  const place = URL.canParse(baseUrl) ? `${new URL(baseUrl).host}${new URL(baseUrl).pathname}` : baseUrl;
  return [`${model} at ${place.replace(/\/+$/, '').replace(/\/v1$/, '')}`];
}

function voiceName(voice: VoiceChoice): string {
  if (voice === 'personal') return '';
  return voice === 'none' ? 'no voice' : `${voice} voice`;
}

/** Each thing once, by the first of its names that is free; numbered where none is. */
function named<T>(
  things: readonly T[],
  namesFor: (thing: T, at: number) => readonly string[],
): (readonly [string, T])[] {
  const byName = new Map<string, T>();
  const seen = new Set<string>();
  for (const [at, thing] of things.entries()) {
    const same = JSON.stringify(thing);
    if (seen.has(same)) continue;
    seen.add(same);
    const names = namesFor(thing, at);
    let name = names.find((one) => !byName.has(one));
    for (let number = 2; name === undefined; number++)
      name = [`${names.at(-1)} (${number})`].find((one) => !byName.has(one));
    byName.set(name, thing);
  }
  return [...byName];
}
