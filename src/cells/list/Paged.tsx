import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';

interface Props<T> {
  readonly each: readonly T[];
  /** "columns". */
  readonly what: string;
  children(item: T): JSX.Element;
}

const page = 50;

/** Items of a list (`ul`), fifty at a time, so that a thousand don't hold up the page. */
export function Paged<T>(props: Props<T>) {
  const [shown, setShown] = createSignal(page);
  const items = createMemo(() => props.each.slice(0, shown()));
  const left = () => props.each.length - items().length;
  return (
    <>
      <For each={items()}>{(item) => props.children(item)}</For>
      <Show when={left() > 0}>
        <li>
          <button type="button" data-quiet onClick={() => setShown(shown() + page)}>
            Show {Math.min(page, left())} more of {props.each.length.toLocaleString('en')} {props.what}
          </button>
        </li>
      </Show>
    </>
  );
}
