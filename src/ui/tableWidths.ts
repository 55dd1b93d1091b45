import { type Accessor, createMemo, createSignal } from 'solid-js';

/** What of a table decides how wide its columns are. */
interface Widths {
  readonly columns: readonly { readonly key: string; readonly width: number; readonly isNumber?: boolean }[];
  readonly widths?: Readonly<Record<string, number>> | undefined;
  onWidth?(key: string, width: number): void;
}

// Pixels.
const limits = { min: 56, max: 640, step: 16 };

/** Column widths: chosen ones over default ones, and what a drag, a key or a double click makes of them. */
export function createColumnWidths(props: Widths, grid: () => HTMLElement) {
  const [dragged, setDragged] = createSignal<{ readonly key: string; readonly width: number }>();
  const clamp = (width: number) => Math.round(Math.max(limits.min, Math.min(limits.max, width)));

  function widthOf(key: string): number {
    const drag = dragged();
    if (drag?.key === key) return drag.width;
    return props.widths?.[key] ?? props.columns.find((column) => column.key === key)?.width ?? limits.min;
  }

  return {
    /** Custom properties for the grid: its columns, and their sum. */
    style: createMemo(() => {
      const all = props.columns.map(({ key }, index) =>
        // On a narrow screen the column that stays must leave room for the others.
        index === 0 ? `min(${widthOf(key)}px, 44cqi)` : `${widthOf(key)}px`,
      );
      // Room to the right goes to the last column, unless its numbers would stand far from the others.
      const tracks = props.columns.at(-1)?.isNumber
        ? [...all, '1fr']
        : [...all.slice(0, -1), `minmax(${all.at(-1)}, 1fr)`];
      return {
        '--columns': tracks.join(' '),
        '--width': `calc(${all.join(' + ')})`,
      };
    }) satisfies Accessor<Record<string, string>>,

    /** Follows the pointer until it is let go; the width is reported once, then. */
    drag(key: string, start: PointerEvent) {
      const handle = start.target as HTMLElement;
      const from = handle.parentElement?.getBoundingClientRect().width ?? widthOf(key);
      handle.setPointerCapture(start.pointerId);
      const follow = (event: PointerEvent) =>
        setDragged({ key, width: clamp(from + event.clientX - start.clientX) });
      const end = (event: PointerEvent) => {
        handle.removeEventListener('pointermove', follow);
        handle.removeEventListener('pointerup', end);
        handle.removeEventListener('pointercancel', end);
        const width = dragged()?.width;
        setDragged(undefined);
        if (event.type === 'pointerup' && width !== undefined) props.onWidth?.(key, width);
      };
      handle.addEventListener('pointermove', follow);
      handle.addEventListener('pointerup', end);
      handle.addEventListener('pointercancel', end);
    },

    /** Widens or narrows a column by some steps. */
    nudge(key: string, steps: number) {
      props.onWidth?.(key, clamp(widthOf(key) + steps * limits.step));
    },

    /** Makes a column as wide as its widest cell in view. */
    fit(key: string) {
      const text = document.createRange();
      let widest = limits.min;
      for (const cell of grid().querySelectorAll<HTMLElement>(`[data-fit="${CSS.escape(key)}"]`)) {
        text.selectNodeContents(cell);
        const { paddingLeft, paddingRight } = getComputedStyle(cell);
        const padding = Number.parseFloat(paddingLeft) + Number.parseFloat(paddingRight);
        widest = Math.max(widest, Math.ceil(text.getBoundingClientRect().width + padding) + 1);
      }
      props.onWidth?.(key, clamp(widest));
    },
  };
}
