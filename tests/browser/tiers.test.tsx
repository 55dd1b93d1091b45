import '../../src/ui/base.css';
import { cleanup, configure, screen, within } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createSelection } from '../../src/boundary/selection';
import type { Services } from '../../src/boundary/services';
import { type TiersParams, tiersKind } from '../../src/cells/tiers/kind';
import View from '../../src/cells/tiers/View';
import { succeed } from '../../src/domain/result';
import { expectAccessible } from './accessible';
import { showCell } from './cellUnderTest';
import { people, prospectsOf } from './prospectsInMemory';

const count = 400;
const everybody = people(count, '2026-09-14');
const ids = Int32Array.from(everybody, (one) => one.id);

/** The cell with its kind run as the notebook runs it; the database is arrays. Scores go evenly from 25 to 72.5. */
function show(given: Partial<TiersParams> = { thresholds: [60, 40], floor: 0 }) {
  const selection = createSelection();
  const factors = {
    fit: Float32Array.from(ids, (_, i) => i / count),
    cluster: new Float32Array(count).fill(0.5),
    signals: Float32Array.from(ids, (_, i) => i / count),
    engagement: new Float32Array(count),
  };
  const standing = {
    ignoredTouches: new Uint8Array(count),
    hasReplied: new Uint8Array(count),
    unsubscribed: new Uint8Array(count),
  };
  const current = new Uint8Array(count);
  const keptScore = new Float32Array(count);
  let keptRules: string | null = null;
  const assigned: number[] = [];
  const services = {
    selection,
    prospects: prospectsOf(everybody),
    tiers: {
      factors: async () =>
        succeed({ ...structuredClone({ ...factors, ...standing, current, keptScore }), keptRules }),
      async assign(assignment) {
        const before = current.slice();
        assignment.ids.forEach((id, i) => {
          current[ids.indexOf(id)] = assignment.tier[i]!;
          keptScore[ids.indexOf(id)] = assignment.score[i]!;
        });
        keptRules = assignment.rules;
        assigned.push(current.reduce((sum, tier, i) => sum + Number(tier !== before[i]), 0));
        return succeed(assigned.at(-1)!);
      },
    } satisfies Services['tiers'],
  } as Partial<Services> as Services;
  const inputs = { from: { type: 'prospects' as const, ids } };
  const cell = showCell({ kind: tiersKind, View, services, inputs, params: given });
  return { ...cell, selection, assigned, factors, standing };
}

const handle = (tier: 1 | 2) => screen.getByRole('slider', { name: `Where tier ${tier} begins` });
const inTier = (tier: 1 | 2) =>
  Number(screen.getByRole<HTMLInputElement>('textbox', { name: `How many in tier ${tier}` }).value);
const ready = () => vi.waitFor(() => expect(handle(1)).toBeInstanceOf(HTMLElement));
const moves = () => screen.getByRole('region', { name: 'Who moves' });
const key = (target: Element, type: 'keydown' | 'keyup', name: string) =>
  target.dispatchEvent(new KeyboardEvent(type, { key: name, bubbles: true, cancelable: true }));
/** Scores are `7.5 + 65 i / count`. */
const atLeast = (score: number) =>
  Array.from(ids.keys()).filter((i) => 7.5 + (65 * i) / count >= score - 1e-4).length;

configure({ getElementError: (message) => new Error(message ?? 'not found') });
beforeEach(() => page.viewport(1280, 900));
afterEach(cleanup);

describe('a threshold', () => {
  test('moves counts, hours and the list of moves in the same frame, and is kept when let go', async () => {
    const { steps, params, assigned, output } = show();
    await ready();
    expect(inTier(1)).toBe(atLeast(60));
    expect(moves().textContent).toContain('Nobody moves');
    key(handle(1), 'keydown', 'PageDown');
    // No waiting: all of it stands there when the event has been handled.
    expect(inTier(1)).toBe(atLeast(55));
    expect(inTier(2)).toBe(atLeast(40) - atLeast(55));
    expect(moves().textContent).toContain(`${atLeast(55) - atLeast(60)} up, 0 down`);
    expect(moves().textContent).toContain('Kept when you let go.');
    expect(moves().textContent).toContain('Scores at least 55.0, where tier 1 begins.');
    expect(steps).toEqual([]);
    key(handle(1), 'keyup', 'PageDown');
    expect(steps).toEqual(['Threshold of tier 1']);
    expect(params().thresholds).toEqual([55, 40]);
    await vi.waitFor(() => expect(assigned).toEqual([count, atLeast(55) - atLeast(60)]));
    await vi.waitFor(() => expect(output()?.tier.filter((tier) => tier === 1)).toHaveLength(atLeast(55)));
    expect(moves().textContent).toContain(`Kept: ${atLeast(55) - atLeast(60)} up.`);
  });

  test('goes back with undo, and so do the tiers', async () => {
    const { params, setParams, output } = show();
    await ready();
    const before = params();
    key(handle(1), 'keydown', 'PageDown');
    key(handle(1), 'keyup', 'PageDown');
    await vi.waitFor(() => expect(output()?.tier.filter((tier) => tier === 1)).toHaveLength(atLeast(55)));
    setParams(before);
    await vi.waitFor(() => expect(output()?.tier.filter((tier) => tier === 1)).toHaveLength(atLeast(60)));
    expect(handle(1).getAttribute('aria-valuenow')).toBe('60');
  });

  test('follows a number that is typed', async () => {
    const { params, steps } = show();
    await ready();
    await userEvent.fill(screen.getByRole('textbox', { name: 'How many in tier 1' }), '25');
    await userEvent.keyboard('{Enter}');
    expect(inTier(1)).toBe(25);
    expect(atLeast(params().thresholds![0])).toBe(25);
    expect(steps).toEqual(['Capacity of tier 1']);
    await userEvent.fill(screen.getByRole('textbox', { name: 'How many in tier 2' }), '100');
    await userEvent.keyboard('{Enter}');
    expect([inTier(1), inTier(2)]).toEqual([25, 100]);
  });

  test('begins where three in ten are personalised', async () => {
    show({ floor: 0 });
    await ready();
    expect([inTier(1), inTier(2)]).toEqual([11, 109]);
  });
});

describe('week after week', () => {
  test('moves are proposed with their reason, and made when the rep says so', async () => {
    const { standing, run, assigned, output } = show();
    await ready();
    standing.hasReplied[10] = 1;
    standing.ignoredTouches[399] = 3;
    await run();
    await vi.waitFor(() => expect(moves().textContent).toContain('1 up, 1 down'));
    expect(moves().textContent).toContain('Replied in the last 90 days');
    expect(moves().textContent).toContain('Ignored 3 touches in a row: drops to tier 2.');
    expect(output()?.tier[10]).toBe(3);
    await userEvent.click(within(moves()).getByRole('button', { name: 'Make these moves' }));
    await vi.waitFor(() => expect(output()?.tier[10]).toBe(1));
    expect(output()?.tier[399]).toBe(2);
    expect(assigned).toEqual([count, 2]);
    await vi.waitFor(() => expect(moves().textContent).toContain('Nobody moves'));
  });

  test('drift within the band moves nobody', async () => {
    const { factors, run, output } = show();
    await ready();
    const before = output()!.tier;
    for (const [i, value] of factors.signals.entries())
      factors.signals[i] = Math.min(1, value + (i % 2 ? 0.1 : -0.1));
    await run();
    await vi.waitFor(() => expect(output()!.score[300]).toBeLessThan(7.5 + (65 * 300) / count - 2));
    expect(moves().textContent).toContain('Nobody moves');
    expect(output()!.tier).toEqual(before);
  });

  test('all that move one way can be picked at once', async () => {
    const { selection } = show();
    await ready();
    key(handle(1), 'keydown', 'PageUp');
    await userEvent.click(screen.getByRole('button', { name: /^Pick all \d+ that move down$/ }));
    expect(selection.selected().size).toBe(atLeast(60) - atLeast(65));
  });
});

describe('one score', () => {
  test('is taken apart for whoever is pointed at', async () => {
    const { selection, container } = show();
    await ready();
    selection.hover(ids[200]);
    const parts = screen.getByRole('region', { name: 'What the score is made of' });
    expect(parts.textContent).toContain('Fit17.5 of 35.0');
    expect(parts.textContent).toContain('Signals15.0 of 30.0');
    expect(parts.textContent).toContain('40.0');
    expect(parts.textContent).toContain('Scores at least 40.0, where tier 2 begins, and less than 60.0.');
    const name = `${everybody[200]!.firstName} ${everybody[200]!.lastName}`;
    await vi.waitFor(() => expect(container.textContent).toContain(name));
  });
});

describe('what decides', () => {
  test('a weight is dragged live and kept once', async () => {
    const { params, steps } = show();
    await ready();
    await userEvent.click(screen.getByText('What counts how much'));
    const weight = screen.getByRole<HTMLInputElement>('slider', { name: 'Engagement' });
    const before = inTier(1);
    weight.value = '1';
    weight.dispatchEvent(new Event('input', { bubbles: true }));
    expect(inTier(1)).toBeLessThan(before);
    expect(steps).toEqual([]);
    weight.dispatchEvent(new Event('change', { bubbles: true }));
    expect(params().weights.engagement).toBe(1);
    expect(steps).toEqual(['Weight of engagement']);
  });

  test('a criterion is added, written in words, and removed', async () => {
    const { params, steps } = show();
    await ready();
    await userEvent.click(screen.getByText('Your ideal customer'));
    await userEvent.click(screen.getByRole('button', { name: 'Add a criterion' }));
    await userEvent.fill(screen.getByRole('textbox', { name: /^Any of these words/ }), 'freight, cold chain');
    await userEvent.keyboard('{Tab}');
    expect(params().icp).toEqual([
      { field: 'industry', anyOf: ['freight', 'cold chain'], min: null, max: null, weight: 1 },
    ]);
    expect(screen.getByText('Industry mentions freight or cold chain')).toBeInstanceOf(HTMLElement);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'What is looked at' }), 'employees');
    await userEvent.fill(screen.getByRole('textbox', { name: 'Fewest employees' }), '50');
    await userEvent.keyboard('{Enter}');
    expect(screen.getByText('50 employees or more')).toBeInstanceOf(HTMLElement);
    await userEvent.click(screen.getByRole('button', { name: /^Remove: / }));
    expect(params().icp).toEqual([]);
    expect(steps.at(-1)).toBe('Remove from the ideal customer');
  });

  test('a list unlike the ideal customer is said to be, with the way to its description', async () => {
    const { setParams, params } = show({ thresholds: [60, 40], floor: 0.4 });
    await ready();
    expect(screen.getByText(/^Grey: 160 fit below 40 %/)).toBeInstanceOf(HTMLElement);
    expect(screen.queryByRole('button', { name: 'Look at the description' })).toBeNull();
    setParams({ ...params(), floor: 0.6 });
    await userEvent.click(screen.getByRole('button', { name: 'Look at the description' }));
    expect(screen.getByRole('button', { name: 'Add a criterion' })).toBeVisible();
    expect(screen.getByText('Your ideal customer')).toHaveFocus();
  });

  test('what a signal is worth can be changed, and goes back to the usual', async () => {
    const { params } = show();
    await ready();
    await userEvent.click(screen.getByText('What signals and answers are worth'));
    await userEvent.fill(screen.getByRole('textbox', { name: 'Half-life of funding, days' }), '45');
    await userEvent.keyboard('{Enter}');
    expect(params().signalRules).toEqual({ funding: { weight: 0.5, halfLifeDays: 45 } });
    await userEvent.click(screen.getByRole('button', { name: 'Back to the usual numbers' }));
    expect(params().signalRules).toEqual({});
  });

  test('hours that are not there are told', async () => {
    const { container, params } = show();
    await ready();
    await userEvent.fill(screen.getByRole('textbox', { name: 'Hours there are' }), '10');
    await userEvent.keyboard('{Enter}');
    expect(params().hours).toBe(10);
    expect(container.textContent).toContain('too many: raise a threshold.');
  });
});

test('has nothing that axe finds wrong, open and closed, wide and on a phone', async () => {
  const { container } = show();
  await ready();
  for (const summary of container.querySelectorAll('summary')) summary.click();
  key(handle(1), 'keydown', 'PageDown');
  await vi.waitFor(() => expect(moves().textContent).not.toContain('…'));
  await expectAccessible(container);
  await page.viewport(390, 844);
  await expectAccessible(container);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
});
