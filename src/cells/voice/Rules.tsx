import { createMemo, createSignal, For, Show } from 'solid-js';
import type { CorpusState } from '../../boundary/services';
import type { Corpus } from '../../domain/voice';
import { combineRules, type VoiceRule, type VoiceRules } from '../../domain/voice/rules';
import styles from './Rules.module.css';

interface Props {
  readonly corpus: Corpus;
  readonly states: Readonly<Record<Corpus, CorpusState>>;
  /** The rules as they shall be, and what was done to them, as a sentence. */
  onChange(rules: VoiceRules, said: string): void;
}

/** What must and must not be said, in explicit words; the brand's rules hold over the rep's own. */
export function Rules(props: Props) {
  const rules = () => props.states[props.corpus].rules;
  const change = (part: Partial<VoiceRules>, did: 'Added' | 'Removed' | 'Changed', rule: string) =>
    props.onChange({ ...rules(), ...part }, `${did}: ${rule}.`);
  const combined = createMemo(() => combineRules(props.states.brand.rules, props.states.personal.rules));
  /** The brand's rule that sets aside one of the rep's own, where these are shown. */
  const givesWayTo = (kind: VoiceRule['kind'], phrase: string) => {
    if (props.corpus === 'brand') return undefined;
    const found = combined().overruled.find(({ rule }) => rule.kind === kind && rule.phrase === phrase);
    return found && said(found.by);
  };
  const ofBrand = () => combined().rules.filter(({ of }) => of === 'brand');
  const [phrase, setPhrase] = createSignal('');
  const [instead, setInstead] = createSignal('');
  const [never, setNever] = createSignal('');

  return (
    <div class={styles.rules}>
      <section class={styles.rule}>
        <h3 class={styles.label}>Never say</h3>
        <ul class={styles.list}>
          <For each={rules().neverSay}>
            {(phrase) => (
              <Rule
                text={`“${phrase}”`}
                givesWayTo={givesWayTo('never say', phrase)}
                onRemove={() =>
                  change(
                    { neverSay: rules().neverSay.filter((one) => one !== phrase) },
                    'Removed',
                    said({ kind: 'never say', phrase }),
                  )
                }
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
              change(
                { neverSay: [...rules().neverSay, words] },
                'Added',
                said({ kind: 'never say', phrase: words }),
              );
            setNever('');
          }}
        >
          <input
            type="text"
            aria-label="Never say"
            placeholder="a word or a phrase"
            required
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
                givesWayTo={givesWayTo('say', one.phrase)}
                onRemove={() =>
                  change(
                    { say: rules().say.filter((other) => other !== one) },
                    'Removed',
                    said({ kind: 'say', ...one }),
                  )
                }
              />
            )}
          </For>
        </ul>
        <form
          class={styles.add}
          onSubmit={(event) => {
            event.preventDefault();
            if (phrase().trim() === '') return;
            const rule = {
              phrase: phrase().trim(),
              insteadOf: instead().trim() === '' ? null : instead().trim(),
            };
            change({ say: [...rules().say, rule] }, 'Added', said({ kind: 'say', ...rule }));
            setPhrase('');
            setInstead('');
          }}
        >
          <input
            type="text"
            aria-label="Say"
            placeholder="say this"
            required
            value={phrase()}
            onInput={(event) => setPhrase(event.currentTarget.value)}
          />
          <input
            type="text"
            aria-label="Instead of; empty for in every mail"
            placeholder="instead of"
            value={instead()}
            onInput={(event) => setInstead(event.currentTarget.value)}
          />
          <button type="submit">Add</button>
        </form>
        <p class={styles.hint}>Without an “instead of” it belongs in every mail.</p>
      </section>
      <section class={styles.rule}>
        <h3 class={styles.label}>Sign off with</h3>
        <input
          type="text"
          aria-label="Sign off with"
          placeholder="any"
          value={rules().signOff}
          onChange={(event) => {
            const phrase = event.currentTarget.value.trim();
            change({ signOff: phrase }, 'Changed', said({ kind: 'sign-off', phrase }));
          }}
        />
        <Show when={givesWayTo('sign-off', rules().signOff)}>
          {(by) => <p class={styles.hint}>Gives way to the brand’s: {by()}.</p>}
        </Show>
      </section>
      <Show when={props.corpus === 'personal' && ofBrand().length > 0}>
        <p class={styles.overruled}>
          The brand’s rules hold over your own: {ofBrand().map(said).join('; ')}.
        </p>
      </Show>
      <Show when={props.corpus === 'brand' && combined().overruled.length > 0}>
        <p class={styles.overruled}>
          The brand’s rules hold over your own:{' '}
          {combined()
            .overruled.map(({ rule, by }) => `${said(rule)} gives way to ${said(by)}`)
            .join('; ')}
          .
        </p>
      </Show>
    </div>
  );
}

type Said =
  | { readonly kind: 'say'; readonly phrase: string; readonly insteadOf: string | null }
  | { readonly kind: 'never say' | 'sign-off'; readonly phrase: string };

function said(rule: Said): string {
  switch (rule.kind) {
    case 'never say':
      return `never say “${rule.phrase}”`;
    case 'sign-off':
      return rule.phrase === '' ? 'sign off as you like' : `sign off with “${rule.phrase}”`;
    case 'say':
      return rule.insteadOf === null
        ? `say “${rule.phrase}” in every mail`
        : `say “${rule.phrase}” instead of “${rule.insteadOf}”`;
  }
}

function Rule(props: {
  readonly text: string;
  /** The brand's rule that sets this one aside. */
  readonly givesWayTo: string | undefined;
  onRemove(): void;
}) {
  return (
    <li class={styles.one} data-overruled={props.givesWayTo ? '' : undefined}>
      <span class={styles.words}>{props.text}</span>
      <Show when={props.givesWayTo}>
        <small>gives way to the brand’s: {props.givesWayTo}</small>
      </Show>
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
