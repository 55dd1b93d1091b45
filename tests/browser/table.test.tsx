import '../../src/ui/base.css';
import { cleanup, configure, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { Table } from '../../src/ui/Table';
import type { TableColumn, TableProps, TableSort } from '../../src/ui/tableProps';
import { expectAccessible } from './accessible';

interface Row {
  readonly id: number;
  readonly name: string;
}

const columns: readonly TableColumn<Row>[] = [
  { key: 'name', label: 'Name', width: 200, isSortable: true, cell: (row) => row.name },
  {
    key: 'id',
    label: 'Number',
    width: 120,
    isNumber: true,
    isSortable: true,
    descendsFirst: true,
    cell: (row) => row.id,
  },
  { key: 'much', label: 'Much', width: 600, cell: (row) => `much of ${row.name}` },
];

const rowsOf = async (ids: Int32Array) => ({
  ok: true as const,
  value: Array.from(ids, (id): Row => ({ id, name: `Person ${id}` })),
});

const numbers = (count: number) => Int32Array.from({ length: count }, (_, at) => at + 1);

/** A table whose parent keeps what it is told, as every caller does. */
function show(props: Partial<TableProps<Row>> & { readonly count?: number } = {}) {
  const [sort, setSort] = createSignal<TableSort>();
  const [widths, setWidths] = createSignal<Readonly<Record<string, number>>>({});
  const [selected, setSelected] = createSignal<ReadonlySet<number>>(new Set());
  const onOpen = vi.fn<(id: number) => void>();
  const onHover = vi.fn<(id: number | undefined) => void>();
  render(() => (
    <Table
      label="People"
      ids={numbers(props.count ?? 1000)}
      rowsOf={rowsOf}
      columns={columns}
      sort={sort()}
      onSort={setSort}
      widths={widths()}
      onWidth={(key, width) => setWidths({ ...widths(), [key]: width })}
      isSelected={(id) => selected().has(id)}
      hasSelection={selected().size > 0}
      onSelect={(ids, how) => {
        const next = new Set(how === 'toggle' ? selected() : []);
        for (const id of ids) if (!next.delete(id)) next.add(id);
        setSelected(next);
      }}
      onOpen={onOpen}
      onHover={onHover}
      empty={<p>Nobody is here.</p>}
      {...props}
    />
  ));
  return { sort, widths, selected, onOpen, onHover };
}

const grid = () => screen.getByRole('grid');
const rowElements = () => Array.from(grid().querySelectorAll('tbody tr'));
const namesInView = () =>
  rowElements()
    .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
    .map((row) => row.querySelector('td')?.textContent);
const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '');
const scroller = () => grid().parentElement as HTMLElement;
/** The header as a pointer meets it. */
const header = (name: string) => screen.getByRole('columnheader', { name: new RegExp(name) });
const shows = (text: string) => vi.waitFor(() => expect(screen.getByText(text)).toBeTruthy());

// The page is long; what matters of a failure is its line.
configure({ getElementError: (message) => new Error(message ?? 'not found') });

beforeEach(() => page.viewport(1280, 800));
afterEach(cleanup);

describe('rows in view', () => {
  test('100,000 rows are a few dozen elements, and say how many they are', async () => {
    show({ count: 100_000 });
    await shows('Person 1');
    expect(grid().getAttribute('aria-rowcount')).toBe('100001');
    expect(rowElements().length).toBeLessThan(60);

    await page.elementLocator(grid()).click({ position: { x: 300, y: 100 } });
    await userEvent.keyboard('{End}');
    await shows('Person 100000');
    expect(active()?.closest('tr')?.getAttribute('aria-rowindex')).toBe('100001');
    expect(rowElements().length).toBeLessThan(60);
  });

  test('a jump asks for the rows it lands on, in windows of 100, and not for those passed over', async () => {
    const asked: Int32Array[] = [];
    show({
      count: 100_000,
      rowsOf: (ids) => {
        asked.push(ids);
        return rowsOf(ids);
      },
    });
    await shows('Person 1');
    scroller().scrollTop = 32 * 50_000;
    await shows('Person 50010');
    expect(asked.length).toBeLessThanOrEqual(3);
    expect(asked.every((ids) => ids.length === 100 && ids.buffer.byteLength === 400)).toBe(true);
  });

  test('grey bars stand where rows are awaited, and the table says it is busy', async () => {
    let answer = () => {};
    show({ rowsOf: (ids) => new Promise((done) => (answer = () => done(rowsOf(ids)))) });
    await vi.waitFor(() => expect(rowElements().length).toBeGreaterThan(5));
    expect(grid().getAttribute('aria-busy')).toBe('true');
    expect(rowElements()[0]?.textContent).toBe('');
    answer();
    await shows('Person 1');
    expect(grid().getAttribute('aria-busy')).toBe('false');
  });

  test('a new order replaces the old one in one step, and a late answer of the old is dropped', async () => {
    const answers: (() => void)[] = [];
    const held = (ids: Int32Array) =>
      new Promise<Awaited<ReturnType<typeof rowsOf>>>((done) => answers.push(() => done(rowsOf(ids))));
    const [ids, setIds] = createSignal(numbers(500));
    const [source, setSource] = createSignal<TableProps<Row>['rowsOf']>(rowsOf);
    render(() => <Table label="People" ids={ids()} rowsOf={source()} columns={columns} />);
    await shows('Person 1');
    const before = namesInView();
    expect(before.slice(0, 3)).toEqual(['Person 1', 'Person 2', 'Person 3']);

    setSource(() => held);
    setIds(numbers(500).map((id) => 1000 - id));
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(0));
    expect(namesInView()).toEqual(before);
    const late = answers.splice(0);
    setIds(numbers(500).reverse());
    await vi.waitFor(() => expect(answers.length).toBeGreaterThan(0));
    for (const answer of late) answer();
    await new Promise((done) => setTimeout(done, 50));
    expect(namesInView()).toEqual(before);
    for (const answer of answers) answer();
    await vi.waitFor(() =>
      expect(namesInView().slice(0, 3)).toEqual(['Person 500', 'Person 499', 'Person 498']),
    );
  });

  test('a new order begins at its top; the same one keeps the place', async () => {
    const [ids, setIds] = createSignal(numbers(5000));
    render(() => <Table label="People" ids={ids()} rowsOf={rowsOf} columns={columns} />);
    await shows('Person 1');
    scroller().scrollTop = 32 * 1000;
    await shows('Person 1005');
    setIds(numbers(5000));
    await new Promise((done) => setTimeout(done, 50));
    expect(scroller().scrollTop).toBe(32 * 1000);
    setIds(numbers(5000).reverse());
    await shows('Person 5000');
    expect(scroller().scrollTop).toBe(0);
  });

  test('rows that are gone leave their place empty and shift no other', async () => {
    show({
      count: 10,
      rowsOf: async (ids) => ({ ok: true, value: (await rowsOf(ids)).value.filter((row) => row.id !== 3) }),
    });
    await shows('Person 1');
    expect(namesInView()).toEqual([1, 2, '', 4, 5, 6, 7, 8, 9, 10].map((id) => id && `Person ${id}`));
  });

  test('rows that can not be had are said, and asked for again', async () => {
    let isBroken = true;
    show({
      rowsOf: async (ids) =>
        isBroken ? { ok: false, failure: { sentence: 'The rows could not be read.' } } : rowsOf(ids),
    });
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('could not be read'));
    isBroken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await shows('Person 1');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('no rows: what the caller says of it', async () => {
    show({ count: 0 });
    await shows('Nobody is here.');
    expect(grid().getAttribute('aria-rowcount')).toBe('1');
  });
});

describe('by keyboard', () => {
  test('arrows, pages and ends move the active cell, which exists and is in view', async () => {
    show();
    await shows('Person 1');
    await userEvent.tab();
    expect(document.activeElement).toBe(grid());
    await userEvent.keyboard('{ArrowDown}{ArrowDown}j');
    expect(active()?.textContent).toBe('Person 4');
    await userEvent.keyboard('k{ArrowRight}');
    expect(active()?.textContent).toBe('3');
    await userEvent.keyboard('{PageDown}{ArrowLeft}');
    await vi.waitFor(() => expect(Number(active()?.textContent?.slice(7))).toBeGreaterThan(12));
    await userEvent.keyboard('{End}');
    await vi.waitFor(() => expect(active()?.textContent).toBe('Person 1000'));
    const { top, bottom } = scroller().getBoundingClientRect();
    const cell = active()?.getBoundingClientRect();
    expect(cell?.bottom).toBeLessThanOrEqual(bottom);
    await userEvent.keyboard('{Home}');
    await vi.waitFor(() => expect(active()?.textContent).toBe('Person 1'));
    expect(active()?.getBoundingClientRect().top).toBeGreaterThanOrEqual(top + 32);
  });

  test('a column that is hidden at the side comes into view', async () => {
    await page.viewport(390, 800);
    show();
    await shows('Person 1');
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await vi.waitFor(() => expect(scroller().scrollLeft).toBeGreaterThan(100));
    // The first column stays.
    const first = screen.getByText('Person 1').closest('td')?.getBoundingClientRect();
    expect(first?.left).toBeLessThan(20);
  });

  test('Space selects, Shift selects a range, Ctrl-A all, Escape none, Enter opens', async () => {
    const { selected, onOpen } = show();
    await shows('Person 1');
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown} ');
    expect([...selected()]).toEqual([2]);
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect([...selected()]).toEqual([2, 3, 4]);
    expect(rowElements().filter((row) => row.getAttribute('aria-selected') === 'true')).toHaveLength(3);
    await userEvent.keyboard('{Home}{Shift>} {/Shift}');
    expect([...selected()]).toEqual([1, 2]);
    await userEvent.keyboard('{Control>}a{/Control}');
    expect(selected().size).toBe(1000);
    await userEvent.keyboard('{Escape}');
    expect(selected().size).toBe(0);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onOpen.mock.calls).toEqual([[2]]);
  });

  test('above the first row stands the header: Enter sorts one way, the other, not at all', async () => {
    const { sort } = show();
    await shows('Person 1');
    await userEvent.tab();
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(sort()).toEqual({ key: 'name', descending: false });
    expect(header('Name').getAttribute('aria-sort')).toBe('ascending');
    await userEvent.keyboard('{Enter}');
    expect(sort()).toEqual({ key: 'name', descending: true });
    await userEvent.keyboard('{Enter}');
    expect(sort()).toBeUndefined();
    await userEvent.keyboard('{ArrowRight}{Enter}');
    expect(sort()).toEqual({ key: 'id', descending: true });
  });

  test('Shift with an arrow on a header changes the width', async () => {
    const { widths } = show();
    await shows('Person 1');
    await userEvent.tab();
    await userEvent.keyboard('{ArrowUp}{Shift>}{ArrowRight}{ArrowRight}{ArrowLeft}{/Shift}');
    expect(widths()).toEqual({ name: 216 });
    expect(header('Name').getBoundingClientRect().width).toBe(216);
  });

  test('what is shown in full follows the cursor', async () => {
    const { onOpen } = show({ openId: 1 });
    await shows('Person 1');
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Home}{Home}');
    expect(onOpen.mock.calls).toEqual([[2], [3], [1]]);
  });

  test('keys that mean nothing here go on to the page', async () => {
    show();
    await shows('Person 1');
    const onKey = vi.fn();
    addEventListener('keydown', onKey, { once: true });
    await userEvent.tab();
    await userEvent.keyboard('b');
    expect(onKey).toHaveBeenCalledOnce();
  });
});

describe('by pointer', () => {
  test('a click opens, the box selects, Shift selects up to there, a hover is told', async () => {
    const { selected, onOpen, onHover } = show();
    await shows('Person 1');
    await userEvent.click(screen.getByText('Person 3'));
    expect(onOpen.mock.calls).toEqual([[3]]);
    expect(onHover).toHaveBeenCalledWith(3);
    const box = (row: number) => rowElements()[row]?.querySelector('[data-check]') as HTMLElement;
    await userEvent.click(box(1));
    expect([...selected()]).toEqual([2]);
    await userEvent.click(screen.getByText('Person 5'), { modifiers: ['Shift'] });
    expect([...selected()]).toEqual([2, 3, 4, 5]);
    await userEvent.click(screen.getByText('Person 3'), { modifiers: ['Control'] });
    expect([...selected()]).toEqual([2, 4, 5]);
    expect(onOpen).toHaveBeenCalledTimes(1);
    await page.elementLocator(document.documentElement).hover({ position: { x: 600, y: 780 } });
    expect(onHover).toHaveBeenLastCalledWith(undefined);
  });

  test('the edge of a header is dragged to a width; a double click fits it to what is in view', async () => {
    const { widths, sort } = show();
    await shows('Person 1');
    const edge = () => header('Number').querySelector('[data-resize]') as HTMLElement;
    await userEvent.dragAndDrop(edge(), header('Much'), { targetPosition: { x: 60, y: 10 } });
    expect(widths().id).toBeGreaterThan(160);
    expect(header('Number').getBoundingClientRect().width).toBe(widths().id);
    await userEvent.dblClick(edge());
    expect(widths().id).toBeLessThan(110);
    expect(header('Number').scrollWidth).toBeLessThanOrEqual(header('Number').clientWidth);
    expect(sort()).toBeUndefined();
  });

  test('a row pointed at elsewhere lights up, one opened elsewhere comes into view', async () => {
    const [lit, setLit] = createSignal<number>();
    const [open, setOpen] = createSignal<number>();
    render(() => (
      <Table
        label="People"
        ids={numbers(1000)}
        rowsOf={rowsOf}
        columns={columns}
        isLit={(id) => lit() === id}
        openId={open()}
      />
    ));
    await shows('Person 1');
    const classOf = (name: string) => screen.getByText(name).closest('tr')?.className;
    const plain = classOf('Person 2');
    setLit(2);
    expect(classOf('Person 2')).not.toBe(plain);
    expect(classOf('Person 3')).toBe(plain);
    setOpen(700);
    await shows('Person 700');
    expect(classOf('Person 700')).not.toBe(plain);
  });

  test('without selection there are no boxes and nothing claims to be selectable', async () => {
    render(() => <Table label="People" ids={numbers(10)} rowsOf={rowsOf} columns={columns} />);
    await shows('Person 1');
    expect(grid().querySelector('[data-check]')).toBeNull();
    expect(grid().querySelector('[aria-selected]')).toBeNull();
  });
});

test.each([1280, 390])('axe finds nothing, at %i px', async (width) => {
  await page.viewport(width, 800);
  show();
  await shows('Person 1');
  await userEvent.tab();
  await userEvent.keyboard('{ArrowDown} ');
  await expectAccessible(grid().parentElement?.parentElement as Element);
});
