import { For, Show } from 'solid-js';
import type { Genericness, GenericnessWeights } from '../../domain/genericness/score';
import { reckoning, weighedParts } from '../../domain/genericness/weigh';
import styles from './Parts.module.css';

interface Props {
  /** Undefined where the draft can't be scored. */
  readonly genericness: Genericness | undefined;
  readonly weights: GenericnessWeights;
  /** Why a part could not be measured. */
  readonly missing: { readonly voice: string; readonly sameness: string };
  /** The sentence of the gate. */
  readonly gate: string;
  readonly isPending: boolean;
}

/** The number, and what it is made of: each part, what it weighs, and what it takes off. */
export function Parts(props: Props) {
  const parts = () => weighedParts(props.genericness?.parts, props.weights);
  const why = (key: keyof GenericnessWeights) => (key === 'substitution' ? '' : props.missing[key]);

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
                fallback={<span class={styles.why}>{why(part.key) || 'not measured'}</span>}
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
            {reckoning(found(), props.weights)} {found().mustNotBeSent ? '' : props.gate}
          </p>
        )}
      </Show>
    </div>
  );
}
