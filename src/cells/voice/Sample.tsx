import { createMemo, createSignal, createUniqueId, Index, Show } from 'solid-js';
import type { CutPart, StoredSample } from '../../domain/voice/stored';
import styles from './Sample.module.css';

interface Props {
  readonly sample: StoredSample;
  readonly isOpen: boolean;
  /** Why it is passed over although nobody left it out. */
  readonly countedOnce: string | undefined;
  onToggle(): void;
  onCut(removed: readonly CutPart[]): void;
  onExclude(isExcluded: boolean): void;
  onRemove(): void;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** What it is taken for, where it is cut. */
  readonly cut: CutPart['kind'] | undefined;
}

/** One mail: a line; opened, its source with what was cut struck through. A click on a line cuts it or takes it back. */
export function Sample(props: Props) {
  const id = createUniqueId();
  const lines = createMemo(() => linesOf(props.sample));
  const firstWords = () => props.sample.text.replace(/\s+/g, ' ').slice(0, 140);

  /** The one line that Tab stops at; arrows move it. */
  const [current, setCurrent] = createSignal(0);
  const first = () => lines().findIndex(({ text }) => text.trim() !== '');
  let source!: HTMLDivElement;

  function toggle(line: Line) {
    const cut = lines().map((one) =>
      one === line ? { ...one, cut: one.cut ? undefined : ('by hand' as const) } : one,
    );
    props.onCut(partsOf(cut));
  }

  function walk(event: KeyboardEvent) {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    event.stopPropagation();
    const buttons: Element[] = [...source.querySelectorAll('button')];
    const at = document.activeElement ? buttons.indexOf(document.activeElement) : -1;
    const next = buttons[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (next instanceof HTMLElement) next.focus();
  }

  return (
    <li class={styles.sample} data-excluded={props.sample.isExcluded ? '' : undefined}>
      <div class={styles.row}>
        <button
          type="button"
          data-quiet
          class={styles.open}
          aria-expanded={props.isOpen}
          aria-controls={id}
          onClick={() => props.onToggle()}
        >
          <span class={styles.date}>{props.sample.sentOn ?? 'no date'}</span>
          <span class={styles.words}>
            <Show when={props.sample.subject}>
              <b>{props.sample.subject}</b>{' '}
            </Show>
            {firstWords()}
          </span>
        </button>
        <span class={styles.notes}>
          <Show when={props.sample.gotReply !== null}>
            <span>{props.sample.gotReply ? 'got a reply' : 'no reply'}</span>
          </Show>
          <Show when={props.sample.isExcluded}>
            <span>left out</span>
          </Show>
          <Show when={!props.sample.isExcluded && props.countedOnce}>
            <span>{props.countedOnce}</span>
          </Show>
        </span>
      </div>
      <div id={id} hidden={!props.isOpen}>
        <Show when={props.isOpen}>
          <p class={styles.hint}>
            {props.sample.origin}. Click a line to cut it, or to take it back; struck-through lines don’t
            count. By keyboard: arrows and Enter.
          </p>
          <div ref={source} class={styles.source}>
            <Index each={lines()}>
              {(line, at) => (
                <Show when={line().text.trim() !== ''} fallback={<div class={styles.blank} />}>
                  <button
                    type="button"
                    data-quiet
                    class={styles.line}
                    tabindex={at === (lines()[current()]?.text.trim() ? current() : first()) ? 0 : -1}
                    aria-pressed={line().cut !== undefined}
                    title={line().cut ? 'Click to take it back.' : 'Click to cut this line.'}
                    data-cut={line().cut}
                    onFocus={() => setCurrent(at)}
                    onKeyDown={walk}
                    onClick={() => toggle(line())}
                  >
                    <span>{line().text}</span>
                    <Show when={line().cut}>
                      <small>{line().cut}</small>
                    </Show>
                  </button>
                </Show>
              )}
            </Index>
          </div>
          <div class={styles.buttons}>
            <button type="button" onClick={() => props.onExclude(!props.sample.isExcluded)}>
              {props.sample.isExcluded ? 'Take back in' : 'Leave out'}
            </button>
            <button type="button" data-quiet onClick={() => props.onRemove()}>
              Remove
            </button>
          </div>
        </Show>
      </div>
    </li>
  );
}

/** The source line by line, each with the part that cuts it. */
function linesOf({ source, removed }: StoredSample): Line[] {
  return Array.from(source.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g))
    .filter((match) => match[0] !== '')
    .map((match) => {
      const [start, end] = [match.index, match.index + match[0].length];
      const cut = removed.find((part) => part.start < end && part.end > start)?.kind;
      return { start, end, text: match[0].replace(/[\r\n]+$/, ''), cut };
    });
}

/** Lines that are cut as parts: neighbours of one kind, and blank lines between them, are one. */
function partsOf(lines: readonly Line[]): CutPart[] {
  const parts: CutPart[] = [];
  for (const { start, end, cut } of lines) {
    if (!cut) continue;
    const last = parts.at(-1);
    if (last && last.kind === cut && last.end === start) parts[parts.length - 1] = { ...last, end };
    else parts.push({ kind: cut, start, end });
  }
  return parts;
}
