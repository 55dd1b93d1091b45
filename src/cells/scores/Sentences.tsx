import { createEffect, createMemo, For, on, Show } from 'solid-js';
import { lookOf, lookWords, worstFirst } from '../../domain/genericness/look';
import type { ReportedSentence } from '../../domain/genericness/report';
import styles from './Sentences.module.css';

interface Props {
  readonly text: string;
  readonly sentences: readonly ReportedSentence[];
  /** Index of the sentence that is looked at. */
  readonly current: number | undefined;
  /** Id of the element with the current sentence's reasons. */
  readonly reasonsId: string;
  onCurrent(sentence: number): void;
  onOpen(prospectId: number): void;
}

/** Every sentence with its reasons, worst first; the arrows walk through them. */
export function Sentences(props: Props) {
  let list!: HTMLOListElement;
  const order = createMemo(() => worstFirst(props.sentences));

  createEffect(
    on(
      () => props.current,
      (current) => {
        const item = list.querySelector(`[data-sentence="${current}"]`);
        // Only within the list: the mail that is pointed at must not move away.
        if (item instanceof HTMLElement && !list.contains(document.activeElement))
          list.scrollTo({ top: item.offsetTop - list.clientHeight / 3 });
      },
    ),
  );

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = [...list.querySelectorAll<HTMLButtonElement>('button[data-walk]')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus();
  }

  return (
    <ol ref={list} class={styles.sentences} aria-label="Sentences, worst first" onKeyDown={onKeyDown}>
      <For each={order()}>
        {(at) => {
          const sentence = () => props.sentences[at];
          const isCurrent = () => props.current === at;
          return (
            <Show when={sentence()}>
              {(one) => (
                <li
                  class={styles.sentence}
                  data-look={lookOf(one())}
                  data-current={isCurrent() ? '' : undefined}
                  data-sentence={at}
                >
                  <button
                    type="button"
                    class={styles.excerpt}
                    data-quiet
                    data-walk
                    aria-current={isCurrent()}
                    onClick={() => props.onCurrent(at)}
                    onFocus={() => props.onCurrent(at)}
                  >
                    <span class="unseen">{lookWords[lookOf(one())]}: </span>
                    {props.text.slice(one().start, one().end)}
                  </button>
                  <ul id={isCurrent() ? props.reasonsId : undefined} class={styles.reasons}>
                    <For each={one().reasons}>
                      {(reason) => <li data-kind={reason.kind}>{reason.sentence}</li>}
                    </For>
                    <Show when={one().evidence}>
                      {(evidence) => (
                        <li>
                          {evidence().isLive ? 'Rests on' : 'Rests on, though it is out of date,'} “
                          {evidence().quote}” ({evidence().source}).
                        </li>
                      )}
                    </Show>
                    <Show when={one().describes}>
                      {(other) => (
                        <li>
                          <button
                            type="button"
                            data-quiet
                            class={styles.link}
                            onClick={() => props.onOpen(other().id)}
                          >
                            Show {other().name}
                          </button>
                        </li>
                      )}
                    </Show>
                    <Show
                      when={
                        isCurrent() &&
                        one().describes === null &&
                        one().fit !== 'specific' &&
                        one().others.length > 0
                      }
                    >
                      <li>
                        Fits as well:{' '}
                        <For each={one().others}>
                          {(other, i) => (
                            <>
                              {i() > 0 ? ', ' : ''}
                              <button
                                type="button"
                                data-quiet
                                class={styles.link}
                                onClick={() => props.onOpen(other.id)}
                              >
                                {other.name}
                              </button>
                            </>
                          )}
                        </For>
                      </li>
                    </Show>
                  </ul>
                </li>
              )}
            </Show>
          );
        }}
      </For>
    </ol>
  );
}
