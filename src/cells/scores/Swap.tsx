import { createMemo, createSignal, For, Show } from 'solid-js';
import type { Prospects } from '../../boundary/services';
import type { DraftReport, NamedProspect } from '../../domain/genericness/report';
import { type Names, swapNames } from '../../domain/genericness/swap';
import type { Span } from '../../domain/text';
import { createLatest } from '../../ui/latest';
import styles from './Swap.module.css';

interface Props {
  readonly report: DraftReport;
  readonly addressee: Names;
  readonly prospects: Prospects;
  onOpen(prospectId: number): void;
}

/** The same mail with another prospect's name put in: what of it still holds? */
export function Swap(props: Props) {
  const [turn, setTurn] = createSignal(0);
  const candidates = createMemo(() => {
    const found = new Map<number, NamedProspect>();
    for (const { describes, others } of props.report.sentences)
      for (const other of describes ? [describes, ...others] : others) found.set(other.id, other);
    return [...found.values()];
  });
  const chosen = () => candidates()[turn() % Math.max(1, candidates().length)];
  const other = createLatest(
    () => chosen()?.id,
    async (id) => {
      const detail = await props.prospects.get(id);
      return detail.ok ? detail.value : undefined;
    },
  );
  const names = (): Names | undefined => {
    const found = other();
    return found && { company: found.account.name, firstName: found.firstName, lastName: found.lastName };
  };
  /** The mail in pieces: each sentence, and what stands between, with the names swapped. */
  const pieces = createMemo(() => {
    const to = names();
    if (!to) return [];
    const { text, sentences } = props.report;
    const found: { text: string; names: readonly Span[]; holds: boolean | undefined }[] = [];
    const add = (from: number, until: number, holds: boolean | undefined) => {
      if (until <= from) return;
      const swapped = swapNames(text.slice(from, until), props.addressee, to);
      found.push({ text: swapped.text, names: swapped.spans, holds });
    };
    let end = 0;
    for (const sentence of sentences) {
      add(end, sentence.start, undefined);
      const holds = sentence.fit === null ? undefined : sentence.fit !== 'specific';
      add(sentence.start, sentence.end, sentence.describes ? sentence.describes.id === chosen()?.id : holds);
      end = sentence.end;
    }
    add(end, text.length, undefined);
    return found;
  });
  const told = () => {
    const judged = pieces().filter(({ holds }) => holds !== undefined);
    return { holding: judged.filter(({ holds }) => holds).length, all: judged.length };
  };

  return (
    <Show
      when={chosen() && names()}
      fallback={<p class="muted">There is no other prospect here to try it on.</p>}
    >
      {(to) => (
        <>
          <p class={styles.about}>
            To {to().firstName || 'the same desk'} at{' '}
            <button
              type="button"
              data-quiet
              class={styles.who}
              onClick={() => chosen() && props.onOpen(chosen()?.id ?? 0)}
            >
              {to().company || 'an account without a name'}
            </button>
            : {told().holding} of {told().all} sentences would read the same.
            <Show when={candidates().length > 1}>
              <button type="button" onClick={() => setTurn(turn() + 1)}>
                Try another
              </button>
            </Show>
          </p>
          <div class={`mail ${styles.mail}`}>
            <For each={pieces()}>
              {(piece) => (
                <span data-holds={piece.holds}>
                  <For each={cutNames(piece.text, piece.names)}>
                    {(part) => (
                      <Show when={part.isName} fallback={part.text}>
                        <mark>{part.text}</mark>
                      </Show>
                    )}
                  </For>
                </span>
              )}
            </For>
          </div>
        </>
      )}
    </Show>
  );
}

function cutNames(text: string, names: readonly Span[]): { text: string; isName: boolean }[] {
  const parts: { text: string; isName: boolean }[] = [];
  let end = 0;
  for (const span of names) {
    parts.push({ text: text.slice(end, span.start), isName: false });
    parts.push({ text: text.slice(span.start, span.end), isName: true });
    end = span.end;
  }
  parts.push({ text: text.slice(end), isName: false });
  return parts.filter((part) => part.text !== '');
}
