import { createMemo, createSignal, For, Show } from 'solid-js';
import type { CorpusState } from '../../boundary/services';
import type { Corpus } from '../../domain/voice';
import { combineRules, type VoiceRule, type VoiceRules } from '../../domain/voice/rules';
import styles from './Rules.module.css';

interface Props {
  readonly corpus: Corpus;
  readonly states: Readonly<Record<Corpus, CorpusState>>;
  onChange(rules: VoiceRules): void;
}

/** What must and must not be said, in explicit words; the brand's rules hold over the rep's own. */
export function Rules(props: Props) {
  const rules = () => props.states[props.corpus].rules;
  const change = (part: Partial<VoiceRules>) => props.onChange({ ...rules(), ...part });
  const overruled = createMemo(
    () => combineRules(props.states.brand.rules, props.states.personal.rules).overruled,
  );
  const [phrase, setPhrase] = createSignal('');
  const [instead, setInstead] = createSignal('');
  const [never, setNever] = createSignal('');

  return (
    <div class={styles.rules}>
      <section class={styles.rule}>
        <h3 class={styles.label}>Never say</h3>
        <ul class={styles.list}>
          <For each={rules().neverSay}>
            {(said) => (
              <Rule
                text={`“${said}”`}
                onRemove={() => change({ neverSay: rules().neverSay.filter((one) => one !== said) })}
              />
            )}
          </For>
        </ul>
        <form
          class={styles.add}
          onSubmit={(event) => {
            event.preventDefault();
            const words = never().trim();
            if (words !== '' && !rules().neverSay.includes(words))
              change({ neverSay: [...rules().neverSay, words] });
            setNever('');
          }}
        >
          <input
            type="text"
            aria-label="Never say"
            placeholder="a word or a phrase"
            value={never()}
            onInput={(event) => setNever(event.currentTarget.value)}
          />
          <button type="submit">Add</button>
        </form>
      </section>
      <section class={styles.rule}>
        <h3 class={styles.label}>Say</h3>
        <ul class={styles.list}>
          <For each={rules().say}>
            {(one) => (
              <Rule
                text={
                  one.insteadOf === null
                    ? `“${one.phrase}” in every mail`
                    : `“${one.phrase}” instead of “${one.insteadOf}”`
                }
                onRemove={() => change({ say: rules().say.filter((other) => other !== one) })}
              />
            )}
          </For>
        </ul>
        <form
          class={styles.add}
          onSubmit={(event) => {
            event.preventDefault();
            if (phrase().trim() === '') return;
            change({
              say: [
                ...rules().say,
                { phrase: phrase().trim(), insteadOf: instead().trim() === '' ? null : instead().trim() },
              ],
            });
            setPhrase('');
            setInstead('');
          }}
        >
          <input
            type="text"
            aria-label="Say"
            placeholder="say this"
            value={phrase()}
            onInput={(event) => setPhrase(event.currentTarget.value)}
          />
          <input
            type="text"
            aria-label="Instead of; empty for in every mail"
            placeholder="instead of (or in every mail)"
            value={instead()}
            onInput={(event) => setInstead(event.currentTarget.value)}
          />
          <button type="submit">Add</button>
        </form>
      </section>
      <section class={styles.rule}>
        <h3 class={styles.label}>Sign off with</h3>
        <input
          type="text"
          aria-label="Sign off with"
          placeholder="any"
          value={rules().signOff}
          onChange={(event) => change({ signOff: event.currentTarget.value.trim() })}
        />
      </section>
      <Show when={overruled().length > 0}>
        <p class={styles.overruled}>
          The brand’s rules hold over your own:{' '}
          <For each={overruled()}>
            {(one, i) => `${i() > 0 ? '; ' : ''}${said(one.rule)} gives way to ${said(one.by)}`}
          </For>
          .
        </p>
      </Show>
    </div>
  );
}

function said(rule: VoiceRule): string {
  return `“${rule.kind} ${rule.phrase}”`;
}

function Rule(props: { readonly text: string; onRemove(): void }) {
  return (
    <li class={styles.one}>
      {props.text}
      <button
        type="button"
        data-quiet
        aria-label={`Remove the rule ${props.text}`}
        onClick={() => props.onRemove()}
      >
        ×
      </button>
    </li>
  );
}
