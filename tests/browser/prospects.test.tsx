import '../../src/ui/base.css';
import { cleanup, configure, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createSelection } from '../../src/boundary/selection';
import type { Services } from '../../src/boundary/services';
import { type ProspectsInputs, prospectsKind } from '../../src/cells/prospects/kind';
import Panel from '../../src/cells/prospects/Panel';
import View from '../../src/cells/prospects/View';
import { succeed } from '../../src/domain/result';
import { expectAccessible } from './accessible';
import { showCell } from './cellUnderTest';
import { people, prospectsOf } from './prospectsInMemory';

const today = new Date().toLocaleDateString('sv');
const everybody = people(600, today);

/** The cell with its kind run as the notebook runs it, and the panel beside it. */
function show(
  from: ProspectsInputs['from'] = { type: 'prospects', ids: Int32Array.from(everybody, (one) => one.id) },
) {
  const selection = createSelection();
  const recorded: unknown[] = [];
  const record = async (what: unknown) => {
    recorded.push(what);
    return succeed(recorded.length);
  };
  const forget = async (id: number) => {
    recorded.push({ removed: id });
    return succeed(undefined);
  };
  const signals: Services['signals'] = {
    revision: () => 0,
    add: record,
    remove: forget,
    addEngagement: record,
    removeEngagement: forget,
  };
  const services = { prospects: prospectsOf(everybody), signals, selection } as Partial<Services> as Services;
  const cell = showCell({
    kind: prospectsKind,
    View,
    name: 'people',
    services,
    inputs: { from },
    around: (view) => (
      <>
        {view}
        <Panel services={services} />
      </>
    ),
  });
  return { ...cell, selection, recorded };
}

const grid = () => screen.getByRole('grid');
const cells = (column: number) =>
  Array.from(grid().querySelectorAll('tbody tr'))
    .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
    .map((row) => row.querySelectorAll('td')[column]?.textContent ?? '');
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const countShown = () => screen.getByText(/^[\d,]+ of [\d,]+$/, { selector: '[aria-live]' }).textContent;
const ready = () => vi.waitFor(() => expect(cells(0).filter(Boolean).length).toBeGreaterThan(5));
const filled = (count: string) => vi.waitFor(() => expect(countShown()).toBe(count));
const panel = () => screen.getByRole('complementary', { name: 'Prospect' });

configure({ getElementError: (message) => new Error(message ?? 'not found') });
beforeEach(() => page.viewport(1280, 800));
afterEach(cleanup);

describe('the cell', () => {
  test('searches while typing, as one step, and takes it back', async () => {
    const { steps, params, setParams } = show();
    await ready();
    expect(countShown()).toBe('600 of 600');
    const founders = everybody.filter((one) => one.title === 'Founder').length;
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search these prospects' }), 'founder');
    await filled(`${founders} of 600`);
    await vi.waitFor(() => expect(new Set(cells(1))).toEqual(new Set(['Founder'])));
    expect(steps).toEqual(['Search “founder”']);
    // As undo does.
    setParams({ ...params(), search: '' });
    await filled('600 of 600');
    expect((screen.getByRole('searchbox') as HTMLInputElement).value).toBe('');
  });

  test('filters by text and by interval; chips change and remove them', async () => {
    const { params } = show();
    await ready();
    await userEvent.click(button('Filter'));
    await userEvent.selectOptions(screen.getByRole('combobox'), 'Employees');
    await userEvent.fill(screen.getByLabelText('from'), '300');
    await userEvent.fill(screen.getByLabelText('up to'), '100');
    await userEvent.keyboard('{Enter}');
    const between = (min: number, max: number) =>
      everybody.filter(
        ({ account: { employees } }) => employees !== null && employees >= min && employees <= max,
      ).length;
    await filled(`${between(100, 300)} of 600`);
    expect(params().filters).toEqual([{ column: 'employees', min: 100, max: 300 }]);

    await userEvent.click(button('Employees: 100 to 300'));
    await userEvent.fill(screen.getByLabelText('up to'), '');
    await userEvent.click(button('Change'));
    await filled(`${between(100, Infinity)} of 600`);
    await userEvent.click(button('Remove the filter Employees: from 100'));
    await filled('600 of 600');
  });

  test('nothing found: says so, and leads back', async () => {
    show();
    await ready();
    await userEvent.fill(screen.getByRole('searchbox'), 'nobody at all');
    await vi.waitFor(() => expect(screen.getByText('No prospect matches.')).toBeTruthy());
    await userEvent.click(button('Clear search and filters'));
    await filled('600 of 600');
  });

  test('sorts by a header, empty ones last', async () => {
    const { params, steps } = show();
    await ready();
    await userEvent.click(screen.getByRole('columnheader', { name: /Employees/ }));
    await vi.waitFor(() => expect(params().sort).toEqual({ column: 'employees', descending: true }));
    const most = Math.max(...everybody.map((one) => one.account.employees ?? 0));
    await vi.waitFor(() => expect(cells(4)[0]).toBe(most.toLocaleString('en')));
    expect(steps).toEqual(['Sort by employees']);
  });

  test('shows and hides columns, also those of the list’s own, without a new result', async () => {
    const { output } = show();
    await ready();
    const before = output();
    await userEvent.click(button('Columns'));
    const owner = await vi.waitFor(() => screen.getByRole('checkbox', { name: 'Owner' }));
    owner.focus();
    await userEvent.keyboard('   ');
    expect(document.activeElement).toBe(owner);
    await userEvent.click(screen.getByRole('checkbox', { name: 'Industry' }));
    await vi.waitFor(() => expect(screen.getByRole('columnheader', { name: 'Owner' })).toBeTruthy());
    expect(screen.queryByRole('columnheader', { name: 'Industry' })).toBeNull();
    const at = screen.getAllByRole('columnheader').findIndex((each) => each.textContent === 'Owner');
    await vi.waitFor(() => expect(cells(at)).toContain('Tom'));
    expect(output()?.ids).toEqual(before?.ids);
    await userEvent.click(button('Usual columns'));
    expect(screen.queryByRole('columnheader', { name: 'Owner' })).toBeNull();
  });

  test('shows tiers where they were given', async () => {
    show({ type: 'tiering', ids: Int32Array.from(everybody, (one) => one.id) });
    await ready();
    expect(screen.getByRole('columnheader', { name: 'Tier' })).toBeTruthy();
    expect(cells(3)[0]).toMatch(/^Tier [123]$/);
  });

  test('is one with the map: hover, selection, only the selected', async () => {
    const { selection } = show();
    await ready();
    await userEvent.hover(screen.getAllByText(everybody[2]?.title ?? '')[0] as HTMLElement);
    expect(selection.hovered()).toBeDefined();

    // As a lasso on the map does; one of them is not in this cell.
    selection.select([3, 7, 11, 100_000]);
    expect(grid().querySelectorAll('tr[aria-selected="true"]')).toHaveLength(3);
    await userEvent.click(button('Only the 3 selected'));
    await filled('3 of 600');
    selection.select([3]);
    await filled('1 of 600');
    selection.select([]);
    await vi.waitFor(() => expect(screen.getByText(/None of the selected/)).toBeTruthy());
    await userEvent.click(button('Show all'));
    await filled('600 of 600');
  });

  test('selecting in the table selects for all', async () => {
    const { selection } = show();
    await ready();
    grid().focus();
    await userEvent.keyboard(' {ArrowDown} ');
    expect([...selection.selected()]).toEqual([1, 2]);
    await userEvent.keyboard(' ');
    expect([...selection.selected()]).toEqual([1]);
  });
});

describe('the panel', () => {
  test('opens by Enter, follows the cursor, walks the set, closes by Escape', async () => {
    const { selection, output } = show();
    await ready();
    await userEvent.click(screen.getByRole('columnheader', { name: /Name/ }));
    await vi.waitFor(() => expect(cells(0)[0]).toMatch(/^Ada/));
    grid().focus();
    await userEvent.keyboard('{Home}{Enter}');
    const ids = output()?.ids ?? new Int32Array();
    expect(selection.open()).toBe(ids[0]);
    await vi.waitFor(() => expect(panel().querySelector('h2')?.textContent).toMatch(/^Ada/));
    expect(panel().textContent).toContain('1 of 600');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(selection.open()).toBe(ids[2]);

    // A second Enter goes into the panel, whose own keys walk on.
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(panel());
    await userEvent.keyboard('jjk');
    expect(selection.open()).toBe(ids[3]);
    await userEvent.click(button('Next prospect'));
    expect(selection.open()).toBe(ids[4]);
    panel().focus();
    await userEvent.keyboard('{Escape}');
    expect(selection.open()).toBeUndefined();
    expect(screen.queryByRole('complementary')).toBeNull();
    expect(document.activeElement).toBe(grid());
  });

  test('Escape closes it before it means anything to what lies below', async () => {
    const { selection } = show();
    await ready();
    grid().focus();
    await userEvent.keyboard(' {Enter}');
    const below = vi.fn();
    document.addEventListener('keydown', below);
    await userEvent.keyboard('{Escape}');
    expect(selection.open()).toBeUndefined();
    expect([...selection.selected()]).toEqual([1]);
    expect(below).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect([...selection.selected()]).toEqual([]);
    document.removeEventListener('keydown', below);
  });

  test('Escape in a field or an open menu does not close it', async () => {
    const { selection } = show();
    await ready();
    selection.show(1, Int32Array.of(1));
    await userEvent.click(screen.getByRole('searchbox'));
    await userEvent.keyboard('{Escape}');
    expect(selection.open()).toBe(1);
    await userEvent.click(button('Columns'));
    await userEvent.keyboard('{Escape}');
    expect(document.querySelector(':popover-open')).toBeNull();
    expect(selection.open()).toBe(1);
  });

  test('says of each signal how old it is and whether it still counts', async () => {
    const { selection } = show();
    await ready();
    const words = () =>
      Array.from(panel().querySelectorAll('section:first-of-type li'), (each) => each.textContent);
    const open = async (wanted: (age: number, kind: string) => boolean) => {
      const one = everybody.find(({ signals: [signal] }) =>
        signal
          ? wanted((Date.parse(today) - Date.parse(signal.happenedOn)) / 86_400_000, signal.kind)
          : false,
      );
      selection.show(one?.id);
      await vi.waitFor(() =>
        expect(panel().querySelector('h2')?.textContent).toBe(`${one?.firstName} ${one?.lastName}`),
      );
      return words()[0];
    };
    expect(await open((age, kind) => kind === 'post' && age < 30)).toMatch(/post.*days ago.*fresh/);
    expect(await open((age, kind) => kind === 'post' && age > 31 && age < 89)).toMatch(
      /(weeks|months) ago.*fading/,
    );
    expect(await open((age, kind) => kind === 'post' && age > 91)).toMatch(/months ago.*stale/);
    const none = everybody.find((one) => one.signals.length === 0);
    selection.show(none?.id);
    await vi.waitFor(() => expect(panel().textContent).toContain('No signal yet'));
  });

  test('shows facts, history and what else the list had; links only to the web', async () => {
    const { selection } = show();
    await ready();
    const one = everybody.find(
      (each) => each.tierHistory.length > 0 && each.engagement.length > 0 && each.signals[0],
    );
    selection.show(one?.id);
    await vi.waitFor(() => expect(panel().textContent).toContain('A fresh signal arrived'));
    for (const text of [
      one?.title,
      one?.account.industry,
      one?.email,
      one?.engagement[0]?.kind,
      'Owner',
      one?.extra.Owner,
    ])
      expect(panel().textContent).toContain(text);
    for (const link of panel().querySelectorAll('a')) expect(link.href).toMatch(/^(https?|mailto|tel):/);
  });

  test('takes a signal down once it is dated, sourced, and not out of the list', async () => {
    const { selection, recorded } = show();
    await ready();
    const one = everybody.find((each) => each.signals.length === 0)!;
    selection.show(one.id);
    await userEvent.click(await screen.findByRole('button', { name: 'Add a signal' }));
    const quote = screen.getByRole('textbox', { name: /own words/ });
    const submit = () => userEvent.click(button('Add the signal'));
    expect(quote).toHaveFocus();
    await submit();
    expect(screen.getByRole('alert').textContent).toContain('Write down what was said');
    await userEvent.fill(quote, one.account.description.slice(0, 40));
    await submit();
    expect(screen.getByRole('alert').textContent).toContain(
      'in the list already (description of the company)',
    );
    await userEvent.fill(quote, 'We plan the jk line by hand.');
    await submit();
    expect(screen.getByRole('alert').textContent).toContain('on which day');
    expect(screen.getByLabelText('On which day')).toHaveFocus();
    await userEvent.fill(screen.getByLabelText('On which day'), today);
    await submit();
    expect(screen.getByRole('alert').textContent).toContain('where it can be read');
    await userEvent.type(screen.getByRole('textbox', { name: 'Where it can be read' }), 'talk, minute 5');
    // Letters typed are no commands: the panel still shows the same prospect.
    expect(selection.open()).toBe(one.id);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'What kind' }), 'talk');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'About' }), 'account');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await vi.waitFor(() => expect(button('Add a signal')).toHaveFocus());
    expect(recorded).toEqual([
      {
        prospectId: one.id,
        about: 'account',
        kind: 'talk',
        happenedOn: today,
        source: 'talk, minute 5',
        quote: 'We plan the jk line by hand.',
        confidence: 1,
      },
    ]);
  });

  test('takes down what came back; Escape leaves the form alone, not the panel', async () => {
    const { selection, recorded } = show();
    await ready();
    selection.show(2);
    await userEvent.click(await screen.findByRole('button', { name: 'Add what came back' }));
    await userEvent.keyboard('{Escape}');
    expect(selection.open()).toBe(2);
    await userEvent.click(button('Add what came back'));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'What came' }), 'meeting');
    await userEvent.fill(screen.getByLabelText('On which day'), '2999-01-01');
    await userEvent.click(button('Add'));
    expect(screen.getByRole('alert').textContent).toContain('today at the latest');
    await userEvent.fill(screen.getByLabelText('On which day'), today);
    await userEvent.click(button('Add'));
    await vi.waitFor(() => expect(recorded).toEqual([{ prospectId: 2, kind: 'meeting', happenedOn: today }]));
  });

  test('removes a signal, and brings it back as it was', async () => {
    const { selection, recorded } = show();
    await ready();
    const one = everybody.find((each) => each.signals[0]?.prospectId === null)!;
    selection.show(one.id);
    await userEvent.click(await screen.findByRole('button', { name: /^Remove the signal/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    const { id, accountId: _, ...signal } = one.signals[0]!;
    expect(recorded).toEqual([{ removed: id }, { ...signal, prospectId: one.id, about: 'account' }]);
    await vi.waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
  });

  test('a prospect that is gone: a sentence', async () => {
    const { selection } = show();
    await ready();
    selection.show(987_654);
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('no longer'));
  });
});

test.each([1280, 390])('axe finds nothing, at %i px, with panel and chips', async (width) => {
  await page.viewport(width, 800);
  const { container, selection, params, setParams } = show();
  await ready();
  setParams({ ...params(), filters: [{ column: 'title', contains: 'head' }] });
  await ready();
  selection.select([1]);
  const one = everybody.find((each) => each.signals[0] && each.tierHistory[0] && each.engagement[0]);
  selection.show(
    one?.id,
    Int32Array.from(everybody, (each) => each.id),
  );
  await vi.waitFor(() => expect(panel().querySelector('h2')).toBeTruthy());
  await expectAccessible(container);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
});
