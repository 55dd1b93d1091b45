import { For, Show } from 'solid-js';
import type { VoiceVerdict } from '../../domain/genericness/report';
import styles from './Besides.module.css';

const whose = { personal: 'Your own mails', brand: 'The brand’s mails' } as const;
const whoseWords = { personal: 'You wrote', brand: 'The brand wrote' } as const;

/** How a draft sounds beside each corpus, and what its writer really wrote in place of what is off. */
export function VoiceSays(props: {
  readonly voices: readonly VoiceVerdict[];
  readonly text: string;
  readonly hasInput: boolean;
}) {
  return (
    <Show
      when={props.voices.length > 0}
      fallback={
        <p class="muted">
          {props.hasInput
            ? 'The voice cell has no mails yet. Drop in mails you really sent, and drafts are held against them.'
            : 'Point “in the voice of” at a voice cell, and drafts are held against mails really sent.'}
        </p>
      }
    >
      <For each={props.voices}>
        {(voice) => (
          <section class={styles.voice}>
            <h5 class={styles.subheading}>
              {whose[voice.corpus]}
              <Show when={voice.score !== null}>
                <span class={styles.figure}> {voice.score} of 100</span>
              </Show>
            </h5>
            <Show when={voice.score === null && voice}>
              {(silent) => (
                <p class="muted">
                  {'sentence' in silent() ? (silent() as { sentence: string }).sentence : ''}
                </p>
              )}
            </Show>
            <Show when={voice.score !== null && voice.reasons.length === 0}>
              <p class="muted">Nothing stands out.</p>
            </Show>
            <ul class={styles.plain}>
              <For each={voice.score === null ? [] : voice.reasons}>
                {(reason) => (
                  <li>
                    {reason.sentence}
                    <Show when={reason.kind === 'sentence' && reason.spans[0]}>
                      {(span) => (
                        <span class={styles.quoted}>
                          Here: “{props.text.slice(span().start, span().end)}”
                        </span>
                      )}
                    </Show>
                    <Show when={reason.nearest}>
                      {(nearest) => (
                        <span class={styles.quoted}>
                          {whoseWords[voice.corpus]}: “{nearest().text}”
                        </span>
                      )}
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </section>
        )}
      </For>
    </Show>
  );
}
