import '../../src/ui/base.css';
import { cleanup, configure, screen, within } from '@solidjs/testing-library';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type CompareInputs, compareKind } from '../../src/cells/compare/kind';
import View from '../../src/cells/compare/View';
import { expectAccessible } from './accessible';
import { showCell } from './cellUnderTest';
import { openCompareWorkbench, value, variants } from './compareWorkbench';

let workbench: Awaited<ReturnType<typeof openCompareWorkbench>>;
beforeAll(async () => {
  workbench = await openCompareWorkbench(12);
});
afterAll(() => workbench.database.close());

/** The cell with its kind run as the notebook runs it, over a real database. */
async function show(more: Partial<CompareInputs> = {}) {
  const { services, ids } = workbench;
  const inputs: CompareInputs = { from: { type: 'prospects', ids }, ...more };
  const shown = showCell({ kind: compareKind, View, services, inputs });
  await vi.waitFor(() => expect(cell(0, 0).textContent).toContain('All the best'));
  return shown;
}

const free = { input: 0, output: 0 };
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const grid = () => screen.getByRole('grid');
const heads = () => within(grid()).getAllByRole('columnheader');
function cell(row: number, column: number): HTMLElement {
  const found = grid().querySelector(`[data-cell="${row} ${column}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`No cell ${row} ${column}.`);
  return found;
}
const markedIn = (of: Element) =>
  Array.from(of.querySelectorAll('mark'), (mark) => mark.textContent).join('|');

configure({ getElementError: (message) => new Error(message ?? 'not found') });
beforeEach(() => page.viewport(1280, 900));
afterEach(cleanup);

describe('side by side', () => {
  test('ten variants in columns, the words marked that differ from the first', async () => {
    const { container } = await show();
    expect(heads().map((head) => head.querySelector('span')?.textContent)).toEqual(variants);
    await vi.waitFor(() => expect(cell(0, 9).textContent).toContain('All the best'));
    expect(markedIn(cell(0, 0))).toBe('');
    expect(markedIn(cell(0, 1))).toContain('Who answers the text messages when');
    expect(cell(0, 1).querySelector('[data-look="gold"]')?.textContent).toContain('Who answers');
    expect(cell(0, 1).textContent).toContain('38 of 100 generic');
    expect(cell(0, 1).textContent).toMatch(/\$0\.00\d+ · \d+ tokens · \d\.\d s/);
    expect(cell(0, 3).textContent).toContain('cached');
    await expectAccessible(container);
  });

  test('the first column stays while the others pass beside it', async () => {
    await show();
    const scroller = grid().parentElement!;
    scroller.scrollLeft = 1200;
    await vi.waitFor(() => expect(scroller.scrollLeft).toBeGreaterThan(1000));
    const box = scroller.getBoundingClientRect();
    expect(cell(0, 0).getBoundingClientRect().left).toBeCloseTo(box.left + 1, 0);
    expect(heads()[0]!.getBoundingClientRect().left).toBeCloseTo(box.left + 1, 0);
  });

  test('all ten within the width of a laptop', async () => {
    const { container, steps } = await show();
    await userEvent.click(button('All in view'));
    expect(steps).toEqual(['All variants in view']);
    const right = grid().parentElement!.getBoundingClientRect().right;
    await vi.waitFor(() => expect(heads()[9]!.getBoundingClientRect().right).toBeLessThanOrEqual(right));
    expect(grid().parentElement!.scrollWidth).toBeLessThanOrEqual(grid().parentElement!.clientWidth);
    await expectAccessible(container);
  });

  test('on a phone one variant at a time: by the switch, by keys, by a swipe', async () => {
    await page.viewport(390, 844);
    const { container } = await show();
    await vi.waitFor(() => expect(heads()).toHaveLength(1));
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    const shown = () => heads()[0]!.querySelector('span')?.textContent;
    expect(shown()).toBe(variants[0]);
    await userEvent.click(button('The next variant'));
    expect(shown()).toBe(variants[1]);
    await vi.waitFor(() => expect(markedIn(cell(0, 0))).toContain('Who answers'));
    cell(0, 0).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(shown()).toBe(variants[2]);

    const scroller = grid().parentElement!;
    const at = (clientX: number) => [new Touch({ identifier: 1, target: scroller, clientX, clientY: 300 })];
    scroller.dispatchEvent(new TouchEvent('touchstart', { touches: at(80), changedTouches: at(80) }));
    scroller.dispatchEvent(new TouchEvent('touchend', { touches: [], changedTouches: at(240) }));
    expect(shown()).toBe(variants[1]);
    await userEvent.selectOptions(screen.getByLabelText('Variant shown'), `10 of 10: ${variants[9]}`);
    expect(shown()).toBe(variants[9]);
    await expectAccessible(container);
  });

  test('shows those that differ or failed, and says why', async () => {
    const { params } = await show();
    expect(button(/^Differ/).textContent).toBe('Differ 11');
    expect(button(/^Failed/).textContent).toBe('Failed 2');
    await userEvent.click(button(/^Failed/));
    expect(params().filter).toBe('failed');
    await vi.waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('3'));
    expect(cell(0, 0).textContent).toContain('The model refused to write this one.');
    await userEvent.click(button('Worst first'));
    await vi.waitFor(() => expect(grid().getAttribute('aria-rowcount')).toBe('13'));
  });

  test('any variant can be what the others are marked against', async () => {
    const { steps } = await show();
    cell(0, 0).focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    await vi.waitFor(() => expect(document.activeElement).toBe(cell(0, 2)));
    await userEvent.keyboard('r');
    expect(steps).toEqual([`Mark against ${variants[2]}`]);
    expect(heads()[0]?.textContent).toContain(variants[2]);
    await vi.waitFor(() => expect(markedIn(cell(0, 1))).toContain('You wrote that your night crew'));
  });
});

describe('the number of a draft', () => {
  const scores = (sameness: number): NonNullable<CompareInputs['scores']> => ({
    type: 'scores',
    context: 'context',
    draftIds: workbench.draftIds,
    // The first draft shares half of its shape with others, the rest nothing.
    repeated: Float32Array.from(workbench.draftIds, (_, at) => (at === 0 ? 0.5 : 0)),
    weights: { substitution: 0.5, voice: 0.3, sameness },
    voice: 'personal',
  });

  test('is that of the scores cell: its weights, and what it found of sameness', async () => {
    const { setInputs } = await show({ scores: scores(0.5) });
    // 100 - (62 + 50) / 2, and its neighbour 100 - (62 + 100) / 2.
    expect(cell(0, 0).textContent).toContain('44 of 100 generic');
    await vi.waitFor(() => expect(cell(0, 1).textContent).toContain('19 of 100 generic'));
    await userEvent.click(within(cell(0, 0)).getByText(/of 100 generic/));
    expect(cell(0, 0).textContent).toContain('About this prospect62 × 50 %');
    expect(cell(0, 0).textContent).toContain('In the voicenot measured');
    expect(cell(0, 0).textContent).toContain('Unlike the other drafts50 × 50 %');
    expect(cell(0, 0).textContent).toContain('100 − 56 = 44.');

    const before = cell(0, 0).querySelector('p');
    const { ids } = workbench;
    setInputs({ from: { type: 'prospects', ids }, scores: scores(0) });
    await vi.waitFor(() => expect(cell(0, 0).textContent).toContain('38 of 100 generic'));
    // Moving a weight fetches and draws no text anew.
    expect(cell(0, 0).querySelector('p')).toBe(before);
  });

  test('puts the worst first', async () => {
    await show();
    await userEvent.click(button('Worst first'));
    // What must not be sent; then those with a draft that narrows the field least.
    await vi.waitFor(() => expect(grid().textContent).toMatch(/First3 Last3.*First0 Last0/s));
  });
});

describe('what a draft cost', () => {
  test('is by the prices of the drafts cell, and free on an endpoint of one’s own', async () => {
    const prices = {
      asOf: '2026-11-22',
      perMillion: { 'openai/gpt-5-mini': { input: 1000, output: 0 }, 'compatible/claude-sonnet-5': free },
    };
    const { ids, draftIds } = workbench;
    await show({ from: { type: 'drafts', ids, draftIds, prices } });
    expect(cell(0, 0).textContent).toContain('$0.80 · ');
    await vi.waitFor(() => expect(cell(0, 9).textContent).toMatch(/free · \d+ tokens/));
    expect(screen.getByText(/prices of the drafts cell, of 2026-11-22/)).toBeTruthy();
  });
});

describe('the draft to send', () => {
  test('is none with a field that is not filled in, and the reason stands there', async () => {
    const { container, output } = await show();
    await userEvent.click(button(/^Failed/));
    await vi.waitFor(() => expect(cell(1, 1).textContent).toContain('All the best'));
    const reason = 'Not filled in: “{{first_name}}”. Mend it first.';
    expect(cell(1, 1).textContent).toContain(reason);
    expect(within(cell(1, 1)).getByRole('button', { description: reason }).hasAttribute('disabled')).toBe(
      true,
    );
    cell(1, 1).focus();
    await userEvent.keyboard('c');
    expect((await screen.findByRole('alert')).textContent).toBe(`Not chosen. ${reason}`);
    expect(output()!.draftIds.every((id) => id === 0)).toBe(true);
    await expectAccessible(container);
  });

  test('that had to be stopped after it was chosen says so', async () => {
    const { services, draftIds } = workbench;
    const stopped = draftIds[3 * variants.length + 1 - 1]!;
    const choice = value(await services.comparisons.choose(stopped));
    const { output } = await show();
    expect(compareKind.headline(output()!, compareKind.params.parse({}))).toContain(
      '1 chosen, 1 of them must not be sent',
    );
    await userEvent.click(button(/^Failed/));
    await vi.waitFor(() =>
      expect(cell(1, 1).textContent).toContain('Chosen, but it must not be sent as it is.'),
    );
    value(await services.comparisons.undoChoice(choice));
  });

  test('is chosen by a key, kept, and taken back', async () => {
    const { output } = await show();
    cell(0, 0).focus();
    await userEvent.keyboard('c');
    await vi.waitFor(() => expect(output()?.draftIds[0]).not.toBe(0));
    const first = output()!.draftIds[0]!;
    expect(cell(0, 0).textContent).toContain('Chosen');
    await userEvent.keyboard('{ArrowRight}');
    await vi.waitFor(() => expect(document.activeElement).toBe(cell(0, 1)));
    await userEvent.keyboard('c');
    await vi.waitFor(() => expect(output()?.draftIds[0]).not.toBe(first));
    expect(within(cell(0, 0)).getByRole('button').textContent).toBe('Choose');
    await userEvent.keyboard('z');
    await vi.waitFor(() => expect(output()?.draftIds[0]).toBe(first));
    expect(compareKind.headline(output()!, compareKind.params.parse({}))).toContain('1 chosen');
    await userEvent.click(button('Undo the choice'));
    await vi.waitFor(() => expect(output()?.draftIds[0]).toBe(0));
  });
});

describe('choosing blind', () => {
  const duel = () => screen.getByRole('region', { name: 'Blind choice' });
  const sides = () =>
    within(duel())
      .getAllByRole('article')
      .map((side) => side.textContent);
  const ready = (position: string) =>
    vi.waitFor(() => {
      expect(duel().textContent).toContain(position);
      expect(sides().every((text) => text?.includes('All the best'))).toBe(true);
      expect(button(/Left is better/).hasAttribute('disabled')).toBe(false);
    });

  test('by keys alone: a win survives the swap, undo takes a vote back, votes are kept', async () => {
    const { container, output } = await show();
    await userEvent.click(button('Choose blind'));
    await ready('1 of 20');
    expect(duel().textContent).not.toMatch(/small|large|gpt|claude|Specific/);
    await expectAccessible(container);

    // Prefers the longer text wherever it stands; where both are as long, neither.
    const seen: string[] = [];
    let clear = 0;
    for (let at = 1; at <= 20; at++) {
      await ready(`${at} of 20`);
      const [left = '', right = ''] = sides() as string[];
      seen.push([left, right].sort().join());
      if (left.length !== right.length) clear++;
      await userEvent.keyboard(
        left.length > right.length
          ? '{ArrowLeft}'
          : right.length > left.length
            ? '{ArrowRight}'
            : '{ArrowDown}',
      );
      if (at === 3) {
        await ready('4 of 20');
        await userEvent.keyboard('z');
        await ready('3 of 20');
        expect(sides()).toEqual([left, right]);
        await userEvent.keyboard(left.length > right.length ? '{ArrowLeft}' : '{ArrowRight}');
      }
    }
    // Every pair came twice.
    expect(new Set(seen).size).toBe(10);
    await vi.waitFor(() => expect(duel().textContent).toContain('10 pairs seen both ways round'));
    expect(duel().textContent).toContain(`in ${clear / 2} one draft won on both sides`);
    await expectAccessible(container);

    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(output()?.votes).toHaveLength(20));
    const board = screen.getByRole('table', { name: 'By variant' });
    expect(within(board).getAllByRole('row')).toHaveLength(11);
    const won = Array.from(board.querySelectorAll('tbody tr'), (row) => Number(row.children[1]?.textContent));
    expect(won.reduce((sum, wins) => sum + wins, 0)).toBe(clear / 2);
    expect(screen.getByRole('table', { name: 'By who wrote it' }).textContent).toContain('claude-sonnet-5');
    await expectAccessible(container);
  });

  test('half seen pairs wait for their second showing, said where the scores will stand', async () => {
    const { services, ids } = workbench;
    const { drafts, votes } = value(
      await services.comparisons.gather({ prospectIds: ids, touch: null, scoreContext: null }),
    );
    // Of a prospect whose drafts nobody compared; those of the second are all one text.
    const draftsTo = (to: number) =>
      [...drafts.draftIds].filter((_, place) => drafts.prospectIds[place] === to);
    const unseen = Array.from(ids, draftsTo).find(
      (own, at) => at !== 1 && votes.every(({ left }) => !own.includes(left)),
    ) as [number, number, number];
    const made = [
      value(await services.comparisons.vote({ left: unseen[0], right: unseen[1] }, 'left')),
      value(await services.comparisons.vote({ left: unseen[2], right: unseen[1] }, 'left')),
    ];
    const { container } = await show();
    const board = screen.getByRole('region', { name: 'Scoreboard' });
    expect(board.textContent).toContain('2 pairs wait to be seen a second time, with the sides swapped');
    await expectAccessible(container);
    await userEvent.click(button('Choose blind'));
    // Two second showings, and eight new pairs twice.
    await ready('1 of 18');
    await userEvent.keyboard('{Escape}');
    for (const id of made) value(await services.comparisons.undoVote(id));
  });

  test('goes on where it was left, and fits a phone', async () => {
    await page.viewport(390, 844);
    const { container } = await show();
    expect(screen.getByRole('table', { name: 'By variant' })).toBeTruthy();
    await userEvent.click(button('Choose blind'));
    await ready('1 of 20');
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    await expectAccessible(container);
    await userEvent.click(button(/Close/));
    await vi.waitFor(() => expect(grid()).toBeTruthy());
  });
});

describe('export', () => {
  test('has every draft and every reason for none, with the ratings', async () => {
    await show();
    const made: Blob[] = [];
    const spy = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      made.push(blob as Blob);
      return '#';
    });
    await userEvent.click(button('Export'));
    await userEvent.click(button('Save as CSV'));
    await vi.waitFor(() => expect(made).toHaveLength(1), { timeout: 10_000 });
    const csv = await made[0]!.text();
    expect(csv.match(/\r\n/g)).toHaveLength(1 + 12 * 10);
    expect(csv).toContain('The model refused to write this one.');
    expect(csv).toContain('“You wrote that your night crew swaps shifts by text message.” Fits 1 of 120');
    await userEvent.click(button('Export'));
    await userEvent.click(button('Save as one HTML page'));
    await vi.waitFor(() => expect(made).toHaveLength(2), { timeout: 10_000 });
    const document = new DOMParser().parseFromString(await made[1]!.text(), 'text/html');
    expect(document.querySelectorAll('.drafts tbody tr')).toHaveLength(12);
    expect(document.querySelectorAll('.drafts tbody .mail')).toHaveLength(119);
    expect(document.querySelectorAll('h2')[0]?.textContent).toBe('By variant');
    spy.mockRestore();
  });
});
