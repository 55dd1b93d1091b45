import { For, Show } from 'solid-js';
import type { Genericness, GenericnessWeights } from '../../domain/genericness/score';
import styles from './Parts.module.css';

interface Props {
  /** Undefined where the draft can't be scored. */
  readonly genericness: Genericness | undefined;
  readonly weights: GenericnessWeights;
  /** Why a part could not be measured. */
  readonly missing: { readonly voice: string; readonly difference: string };
  /** The sentence of the gate. */
  readonly gate: string;
  readonly isPending: boolean;
}

/** The number, and what it is made of: each part, what it weighs, and what it takes off. */
export function Parts(props: Props) {
  const parts = () => {
    const measured = props.genericness?.parts;
    const rows = [
      {
        label: 'About this prospect',
        value: measured?.substitution ?? null,
        weight: props.weights.substitution,
        why: '',
      },
      {
        label: 'In the voice',
        value: measured?.voice ?? null,
        weight: props.weights.voice,
        why: props.missing.voice,
      },
      {
        label: 'Unlike the other drafts',
        value: measured?.difference ?? null,
        weight: props.weights.sameness,
        why: props.missing.difference,
      },
    ];
    const total = rows.reduce((sum, { value, weight }) => sum + (value === null ? 0 : weight), 0);
    return rows.map((row) => ({ ...row, share: row.value === null || total === 0 ? 0 : row.weight / total }));
  };
  const credit = () => parts().reduce((sum, { value, share }) => sum + (value ?? 0) * share, 0);

  return (
    <div class={styles.parts} aria-busy={props.isPending}>
      <p class={styles.number} data-stop={props.genericness?.mustNotBeSent ? '' : undefined}>
        <span class={styles.score}>{props.genericness ? Math.round(props.genericness.score) : '–'}</span>
        <span class={styles.of}>of 100 generic</span>
      </p>
      <ul class={styles.list}>
        <For each={parts()}>
          {(part, i) => (
            <li class={styles.part}>
              <span class={styles.label}>{part.label}</span>
              <span class={styles.bar} data-gold={i() === 0 ? '' : undefined} aria-hidden="true">
                <span style={{ width: `${part.value ?? 0}%` }} />
              </span>
              <Show
                when={part.value !== null}
                fallback={<span class={styles.why}>{part.why || 'not measured'}</span>}
              >
                <span class={styles.value}>
                  {Math.round(part.value ?? 0)} × {Math.round(100 * part.share)} %
                </span>
                <span class={styles.takes}>−{Math.round((part.value ?? 0) * part.share)}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.genericness}>
        {(found) => (
          <p class={styles.sum}>
            <Show
              when={!found().mustNotBeSent}
              fallback="A field was not filled in: the score is 100 whatever else is good, for this must not be sent."
            >
              100 − {Math.round(credit())}
              {found().isCapped ? ', of which 40 count' : ''} = {Math.round(found().score)}. {props.gate}
            </Show>
          </p>
        )}
      </Show>
    </div>
  );
}
