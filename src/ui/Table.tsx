import { createVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js';
import { createRowWindows, type Identified, type RowWindows, sameIds } from './rowWindows';
import styles from './Table.module.css';
import { TableHeader } from './TableHeader';
import { TableRow } from './TableRow';
import { type Cursor, moveCursor } from './tableCursor';
import type { TableColumn, TableProps } from './tableProps';
import { createColumnWidths } from './tableWidths';

// Pixels; fixed, so that 100,000 rows need no measuring.
const rowHeights = { mouse: 32, finger: 40 };

/**
 * A table of any length that holds only the rows in view: rows are fetched in windows, and the elements of those
 * that leave are used again for those that come. An ARIA grid with one tab stop: arrows (and j, k), PageUp and
 * PageDown, Home and End move; Space selects (with Shift: from the last selected to here), Ctrl-A all, Escape none;
 * Enter opens a row or sorts by a header; Shift with Left and Right on a header changes the column's width.
 */
export function Table<Row extends Identified>(props: TableProps<Row>) {
  const id = createUniqueId();
  const rowHeight = matchMedia('(pointer: coarse)').matches ? rowHeights.finger : rowHeights.mouse;
  let scroller!: HTMLDivElement;

  // ------------------------------------------------------------ rows in view

  const windows: RowWindows<Row> = createRowWindows<Row>(
    createMemo(() => ({ ids: props.ids, rowsOf: props.rowsOf })),
    () => visible(),
  );
  const ids = windows.ids;
  const virtualizer = createVirtualizer<HTMLDivElement, HTMLDivElement>({
    get count() {
      return ids().length;
    },
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    overscan: 8,
    // The header, as high as a row, lies over the top of the scrolled area.
    paddingStart: rowHeight,
    scrollPaddingStart: rowHeight,
  });
  const visible = createMemo(
    () => {
      const items = virtualizer.getVirtualItems();
      return { start: items[0]?.index ?? 0, end: (items.at(-1)?.index ?? -1) + 1 };
    },
    undefined,
    { equals: (a, b) => a.start === b.start && a.end === b.end },
  );

  /** Row elements, as many as were ever in view at once; slot i shows the row in view whose index is i modulo their number. */
  const slots = createMemo<readonly number[]>((before) => {
    const needed = visible().end - visible().start;
    return needed <= before.length ? before : Array.from({ length: needed }, (_, slot) => slot);
  }, []);
  function indexIn(slot: number): number {
    const { start } = visible();
    const count = slots().length;
    return start + ((((slot - start) % count) + count) % count);
  }

  createEffect(
    on(ids, (now, before) => {
      if (before === undefined || sameIds(now, before)) return;
      scroller.scrollTop = 0;
      setCursor((at) => ({ ...at, row: 0 }));
      anchor = 0;
    }),
  );
  createEffect(
    on(
      () => props.openId,
      (open) => {
        const row = open === undefined ? -1 : ids().indexOf(open);
        if (row >= 0) goTo({ ...cursor(), row });
      },
      { defer: true },
    ),
  );

  // ------------------------------------------------------------ columns

  const [isAside, setAside] = createSignal(false);
  const widths = createColumnWidths(props, () => scroller);

  function sortBy(column: TableColumn<Row> | undefined) {
    if (!column?.isSortable || !props.onSort) return;
    // One way, then the other, then as it was.
    const first = Boolean(column.descendsFirst);
    if (props.sort?.key !== column.key) props.onSort({ key: column.key, descending: first });
    else props.onSort(props.sort.descending === first ? { key: column.key, descending: !first } : undefined);
  }

  // ------------------------------------------------------------ cursor and selection

  const [cursor, setCursor] = createSignal<Cursor>({ row: 0, column: 0 });
  /** The cursor is drawn only where keys are what moves it. */
  const [isKeyed, setKeyed] = createSignal(false);
  /** The row a range begins at. */
  let anchor = 0;

  function goTo(to: Cursor) {
    setCursor(to);
    if (to.row >= 0) virtualizer.scrollToIndex(to.row, { align: 'auto' });
  }

  function toggle(row: number) {
    anchor = row;
    const at = ids()[row];
    if (at !== undefined) props.onSelect?.(Int32Array.of(at), 'toggle');
  }

  function selectFromAnchor(to: number) {
    props.onSelect?.(ids().slice(Math.min(anchor, to), Math.max(anchor, to) + 1), 'replace');
  }

  function selectAllOrNone() {
    props.onSelect?.(props.hasSelection ? new Int32Array() : ids(), 'replace');
  }

  // ------------------------------------------------------------ keys

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.target !== event.currentTarget) return;
    if (!(onHeaderKey(event) || onSelectionKey(event) || onMovementKey(event))) return;
    event.preventDefault();
    event.stopPropagation();
    setKeyed(true);
  }

  function onHeaderKey({ key, shiftKey }: KeyboardEvent): boolean {
    const at = cursor();
    const column = at.row === -1 ? props.columns[at.column] : undefined;
    if (!column) return false;
    if (shiftKey && key === 'ArrowLeft') widths.nudge(column.key, -1);
    else if (shiftKey && key === 'ArrowRight') widths.nudge(column.key, 1);
    else if (key === 'Enter' || key === ' ') sortBy(column);
    else return false;
    return true;
  }

  function onSelectionKey({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    const { row } = cursor();
    const isCommand = ctrlKey || metaKey;
    if (key === 'Enter' && !isCommand && !shiftKey && props.onOpen) {
      const at = ids()[row];
      if (at !== undefined) props.onOpen(at);
    } else if (!props.onSelect) return false;
    else if (key === ' ') shiftKey ? selectFromAnchor(row) : toggle(row);
    else if (key === 'a' && isCommand) props.onSelect(ids(), 'replace');
    else if (key === 'Escape' && props.hasSelection) props.onSelect(new Int32Array(), 'replace');
    else return false;
    return true;
  }

  function onMovementKey({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey) return false;
    const to = moveCursor(cursor(), key, {
      rows: ids().length,
      columns: props.columns.length,
      page: Math.max(1, Math.floor(scroller.clientHeight / rowHeight) - 2),
    });
    if (!to) return false;
    const from = cursor();
    goTo(to);
    const at = ids()[to.row];
    if (shiftKey && to.row >= 0) selectFromAnchor(to.row);
    // What is shown in full follows the cursor.
    else if (props.openId !== undefined && at !== undefined && to.row !== from.row) props.onOpen?.(at);
    props.onHover?.(at);
    // Sideways the browser knows best what is hidden, once the row is there.
    document.getElementById(cellId(to))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return true;
  }

  // ------------------------------------------------------------ pointer: one listener for all rows

  const part = (event: Event, attribute: string) =>
    event.target instanceof Element ? event.target.closest(`[data-${attribute}]`) : null;
  function rowOf(event: Event): number | undefined {
    const index = part(event, 'row')?.getAttribute('data-row');
    return index == null ? undefined : Number(index);
  }

  function onClick(event: MouseEvent) {
    setKeyed(false);
    const row = rowOf(event);
    if (row === undefined) return onHeaderClick(event);
    const column = Number(part(event, 'at')?.getAttribute('data-at') ?? 0);
    setCursor({ row, column });
    const at = ids()[row];
    if (event.shiftKey) selectFromAnchor(row);
    else if (event.ctrlKey || event.metaKey || part(event, 'check')) toggle(row);
    else if (at !== undefined && getSelection()?.isCollapsed !== false) props.onOpen?.(at);
  }

  function onHeaderClick(event: MouseEvent) {
    if (part(event, 'resize')) return;
    if (part(event, 'check')) return selectAllOrNone();
    const column = Number(part(event, 'at')?.getAttribute('data-at') ?? -1);
    if (column < 0) return;
    setCursor({ row: -1, column });
    sortBy(props.columns[column]);
  }

  function onDoubleClick(event: MouseEvent) {
    const key = part(event, 'resize')?.getAttribute('data-resize');
    if (key) widths.fit(key);
  }

  function onMouseDown(event: MouseEvent) {
    // Shift selects rows here, not text.
    if (event.shiftKey) event.preventDefault();
  }

  function onPointerDown(event: PointerEvent) {
    const key = part(event, 'resize')?.getAttribute('data-resize');
    if (key && event.button === 0) widths.drag(key, event);
  }

  function onPointerOver(event: PointerEvent) {
    const row = rowOf(event);
    if (event.pointerType !== 'touch') props.onHover?.(row === undefined ? undefined : ids()[row]);
    // What is cut off can be read in full.
    const cell = part(event, 'fit');
    if (cell instanceof HTMLElement)
      cell.title = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? '') : '';
  }

  const cellId = (at: Cursor) => `${id}-${at.row}-${at.column}`;

  return (
    <div class={styles.table}>
      <p id={`${id}-keys`} class="unseen">
        {props.onSelect ? 'Space selects a row. ' : ''}
        {props.onOpen ? 'Enter opens a row. ' : ''}
        {props.onSort ? 'On a header, Enter sorts. ' : ''}
        {props.onWidth ? 'On a header, Shift with Left or Right changes the width.' : ''}
      </p>
      <div
        ref={scroller}
        class={styles.scroller}
        style={widths.style()}
        // The first column then lies over the others, and is told apart.
        data-aside={isAside() ? '' : undefined}
        on:scroll={() => setAside(scroller.scrollLeft > 0)}
      >
        {/* biome-ignore lint/a11y/useAriaActivedescendantWithTabindex: it has the tabindex */}
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table one moves in by keys
          role="grid"
          tabindex="0"
          class={styles.grid}
          aria-label={props.label}
          aria-describedby={`${id}-keys`}
          aria-rowcount={ids().length + 1}
          aria-colcount={props.columns.length}
          aria-multiselectable={props.onSelect ? 'true' : undefined}
          aria-busy={windows.isLoading()}
          aria-activedescendant={cellId(cursor())}
          on:keydown={onKeyDown}
          on:click={onClick}
          on:dblclick={onDoubleClick}
          on:mousedown={onMouseDown}
          on:pointerdown={onPointerDown}
          on:pointerover={onPointerOver}
          on:pointerleave={() => props.onHover?.(undefined)}
        >
          <TableHeader
            columns={props.columns}
            height={rowHeight}
            sort={props.sort}
            canSort={props.onSort !== undefined}
            canResize={props.onWidth !== undefined}
            check={props.onSelect ? (props.hasSelection ? 'some' : 'none') : undefined}
            cursorColumn={isKeyed() && cursor().row === -1 ? cursor().column : undefined}
            cellId={(column) => cellId({ row: -1, column })}
          />
          <tbody class={styles.body} style={{ height: `${ids().length * rowHeight}px` }}>
            <For each={slots()}>
              {(slot) => {
                const index = createMemo(() => indexIn(slot));
                const at = () => ids()[index()];
                return (
                  <Show when={at() !== undefined}>
                    <TableRow
                      index={index()}
                      height={rowHeight}
                      row={windows.rowAt(index())}
                      columns={props.columns}
                      isSelected={props.onSelect ? (props.isSelected?.(at() ?? -1) ?? false) : undefined}
                      isLit={props.isLit?.(at() ?? -1) ?? false}
                      isOpen={at() === props.openId}
                      cursorColumn={isKeyed() && cursor().row === index() ? cursor().column : undefined}
                      cellId={(column) => cellId({ row: index(), column })}
                    />
                  </Show>
                );
              }}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={windows.failure()}>
        {(sentence) => (
          <p class={styles.failure} role="alert">
            {sentence()}
            <button type="button" onClick={() => windows.retry()}>
              Try again
            </button>
          </p>
        )}
      </Show>
      <Show when={ids().length === 0 && !windows.isLoading()}>
        <div class={styles.empty}>{props.empty}</div>
      </Show>
    </div>
  );
}
