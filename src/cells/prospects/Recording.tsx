import { createEffect, createSignal, type JSX, on, Show } from 'solid-js';
import type { Result } from '../../domain/result';
import styles from './Recording.module.css';

/** Takes lines away, and brings the last one back. */
export interface Removal<Line> {
  remove(line: Line): Promise<void>;
  bringBack(): Promise<void>;
  forget(): void;
  isUndoable(): boolean;
  /** Why the last of these failed. */
  failure(): string | undefined;
}

export function createRemoval<Line>(
  take: (line: Line) => Promise<Result<unknown>>,
  add: (line: Line) => Promise<Result<unknown>>,
): Removal<Line> {
  const [removed, setRemoved] = createSignal<{ readonly line: Line }>();
  const [failure, setFailure] = createSignal<string>();
  const note = (result: Result<unknown>, last: { readonly line: Line } | undefined) => {
    setFailure(result.ok ? undefined : result.failure.sentence);
    if (result.ok) setRemoved(last);
  };
  return {
    remove: async (line) => note(await take(line), { line }),
    async bringBack() {
      const last = removed();
      if (last) note(await add(last.line), undefined);
    },
    forget() {
      setRemoved(undefined);
      setFailure(undefined);
    },
    isUndoable: () => removed() !== undefined,
    failure,
  };
}

/** A part of the panel that the rep adds to: its head, the form, the way back from a removal, and the lines. */
export function Recording<Line>(props: {
  readonly title: string;
  /** What the button says: "Add a signal". */
  readonly add: string;
  /** Whose it is: what was begun for one prospect doesn't go over to the next. */
  readonly prospectId: number;
  readonly removal: Removal<Line>;
  form(close: () => void): JSX.Element;
  readonly children: JSX.Element;
}) {
  const [isAdding, setAdding] = createSignal(false);
  let section!: HTMLElement;
  let opener!: HTMLButtonElement;
  createEffect(
    on(
      () => props.prospectId,
      () => {
        setAdding(false);
        props.removal.forget();
      },
    ),
  );
  // The button that was pressed goes with its line: the focus goes where the next one can be added.
  createEffect(
    on(
      () => props.removal.isUndoable(),
      () => section.contains(document.activeElement) && opener.focus(),
      { defer: true },
    ),
  );

  return (
    <section ref={section}>
      <div class={styles.head}>
        <h3>{props.title}</h3>
        <button
          ref={opener}
          type="button"
          data-quiet
          aria-expanded={isAdding()}
          onClick={() => setAdding(!isAdding())}
        >
          {props.add}
        </button>
      </div>
      <Show when={isAdding()}>
        {props.form(() => {
          setAdding(false);
          opener.focus();
        })}
      </Show>
      <Show when={props.removal.failure()}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
      <Show when={props.removal.isUndoable()}>
        <p class={styles.removed} role="status">
          Removed.
          <button type="button" data-quiet onClick={() => void props.removal.bringBack()}>
            Undo
          </button>
        </p>
      </Show>
      {props.children}
    </section>
  );
}
