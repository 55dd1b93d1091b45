import { For, Index, Show } from 'solid-js';
import { hookChoices } from '../../domain/draft/brief';
import { mostVariants, type VoiceChoice } from '../../domain/draft/variant';
import { type DraftsParams, variantsOf } from './kind';
import styles from './Section.module.css';
import { count, hookWords, voiceWords } from './words';

interface Props {
  readonly params: DraftsParams;
  readonly hasVoice: boolean;
  onChange(part: Partial<DraftsParams>, step: string): void;
}

const voiceChoices: readonly VoiceChoice[] = ['none', 'personal', 'brand'];

/** The ways of writing that are tried against each other. */
export function Ways(props: Props) {
  const prompts = () => props.params.prompts;
  const variants = () =>
    variantsOf(
      props.params,
      // Only whether there is a voice matters here.
      {
        from: { type: 'prospects', ids: new Int32Array(0) },
        ...(props.hasVoice && { voice: { type: 'voice' } }),
      },
    );
  const replace = (at: number, part: Partial<DraftsParams['prompts'][number]>) =>
    props.onChange(
      { prompts: prompts().map((one, i) => (i === at ? { ...one, ...part } : one)) },
      'Instructions',
    );
  const summary = () => {
    const all = variants();
    if (all.length > 1) return `${count(all.length)} variants of each mail`;
    const asked = prompts()[0]?.instructions.trim();
    return asked ? `one way: ${asked.length > 60 ? `${asked.slice(0, 60)}…` : asked}` : 'one way';
  };
  /** The others, or the choice alone where it was the last. */
  const toggled = <T,>(chosen: readonly T[], one: T, all: readonly T[]): T[] => {
    const next = all.filter((each) => (each === one ? !chosen.includes(one) : chosen.includes(each)));
    return next.length > 0 ? next : [...chosen];
  };

  return (
    <details class={styles.section}>
      <summary>
        <strong>Ways of writing to try</strong> <span>{summary()}</span>
      </summary>
      <div class={styles.body}>
        <ul class={styles.rows}>
          <Index each={prompts()}>
            {(prompt, at) => (
              <li class={styles.row}>
                <Show when={prompts().length > 1}>
                  <label>
                    Name
                    <input
                      value={prompt().name}
                      placeholder={`prompt ${at + 1}`}
                      onChange={(event) => replace(at, { name: event.currentTarget.value.trim() })}
                    />
                  </label>
                </Show>
                <label class={styles.grow}>
                  Instructions to the model, beyond the rules that always hold
                  <textarea
                    rows="2"
                    placeholder="Three sentences. Ask about their night shifts."
                    value={prompt().instructions}
                    onChange={(event) => replace(at, { instructions: event.currentTarget.value })}
                  />
                </label>
                <Show when={prompts().length > 1}>
                  <button
                    type="button"
                    data-quiet
                    aria-label={`Remove ${prompt().name || `prompt ${at + 1}`}`}
                    onClick={() =>
                      props.onChange({ prompts: prompts().filter((_, i) => i !== at) }, 'Remove instructions')
                    }
                  >
                    Remove
                  </button>
                </Show>
              </li>
            )}
          </Index>
        </ul>
        <div class={styles.row}>
          <button
            type="button"
            onClick={() =>
              props.onChange(
                { prompts: [...prompts(), { name: freshName(prompts()), instructions: '' }] },
                'Other instructions',
              )
            }
          >
            Try other instructions
          </button>
        </div>
        <fieldset class={styles.checks}>
          <legend>In the voice of</legend>
          <For each={voiceChoices}>
            {(voice) => (
              <label>
                <input
                  type="checkbox"
                  disabled={!props.hasVoice}
                  checked={props.hasVoice ? props.params.voices.includes(voice) : voice === 'none'}
                  onChange={() =>
                    props.onChange({ voices: toggled(props.params.voices, voice, voiceChoices) }, 'Voices')
                  }
                />
                {voiceWords[voice]}
              </label>
            )}
          </For>
          <Show when={!props.hasVoice}>
            <span class={styles.note}>Connect a voice cell above to choose.</span>
          </Show>
        </fieldset>
        <fieldset class={styles.checks}>
          <legend>Opening with</legend>
          <For each={hookChoices}>
            {(hook) => (
              <label>
                <input
                  type="checkbox"
                  checked={props.params.hooks.includes(hook)}
                  onChange={() =>
                    props.onChange({ hooks: toggled(props.params.hooks, hook, hookChoices) }, 'Hooks')
                  }
                />
                {hookWords[hook]}
              </label>
            )}
          </For>
        </fieldset>
        <Show when={variants().length >= mostVariants}>
          <p class={styles.note}>No more than {mostVariants} are made: nobody compares more.</p>
        </Show>
      </div>
    </details>
  );
}

/** "prompt 2": a name nobody has, so that the drafts of each are known by it whatever becomes of the others. */
function freshName(prompts: DraftsParams['prompts']): string {
  let number = prompts.length + 1;
  while (prompts.some(({ name }) => name === `prompt ${number}`)) number++;
  return `prompt ${number}`;
}
