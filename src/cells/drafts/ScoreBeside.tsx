import { For, Show } from 'solid-js';
import { lookOf } from '../../domain/genericness/look';
import type { LiveScore } from './liveScore';
import styles from './ScoreBeside.module.css';

/** The number of a draft, and the sentence to look at first. */
export function ScoreBeside(props: { readonly live: LiveScore }) {
  return (
    <>
      <Show when={props.live.score() !== undefined}>
        <p class={styles.score}>
          <b>{props.live.score()}</b> of 100: how well it would fit anyone else
          <Show when={(props.live.repeated() ?? 0) >= 0.5}>
            <span class={styles.shape}>
              Other drafts share {Math.round(100 * (props.live.repeated() ?? 0))} % of its shape.
            </span>
          </Show>
        </p>
      </Show>
      <Show when={props.live.worst()}>
        {(sentence) => (
          <div class={styles.worst} data-look={lookOf(sentence())}>
            <p class={styles.excerpt}>{props.live.report()?.text.slice(sentence().start, sentence().end)}</p>
            <ul>
              <For each={sentence().reasons.slice(0, 3)}>{(reason) => <li>{reason.sentence}</li>}</For>
            </ul>
          </div>
        )}
      </Show>
    </>
  );
}
