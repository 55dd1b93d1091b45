import '../../src/ui/base.css';
import { cleanup, configure, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Services } from '../../src/boundary/services';
import { type BudgetInputs, budgetKind } from '../../src/cells/budget/kind';
import View from '../../src/cells/budget/View';
import { expectAccessible } from './accessible';
import { showCell } from './cellUnderTest';

const score = Float32Array.from({ length: 12_200 }, (_, i) => 100 * (i / 12_200) ** 2);
const tiers: BudgetInputs['tiers'] = {
  type: 'tiering',
  ids: Int32Array.from(score.keys()),
  score,
  tier: Uint8Array.from(score, (_, i) => (i >= 12_000 ? 1 : i >= 10_000 ? 2 : 3)),
  factors: { fit: score, cluster: score, signals: score, engagement: score },
};

function show(inputs: BudgetInputs = {}) {
  return showCell({ kind: budgetKind, View, services: {} as Services, inputs });
}

const row = (name: RegExp) =>
  Array.from(screen.getByRole('row', { name }).querySelectorAll('td'), (cell) => cell.textContent);
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });

configure({ getElementError: (message) => new Error(message ?? 'not found') });
beforeEach(() => page.viewport(1280, 900));
afterEach(cleanup);

test('shows the two worked days side by side', () => {
  show();
  expect(row(/^Minutes a touch/)).toEqual(['16', '4', '÷ 4']);
  expect(row(/^Touches/)).toEqual(['30', '120', '× 4']);
  expect(row(/^Replies touches/)).toEqual(['3.6', '14.4', '× 4']);
});

test('follows what is typed, as one step each', async () => {
  const { steps, params } = show();
  await userEvent.fill(field('Research, minutes: Deep, by hand'), '4');
  await userEvent.keyboard('{Enter}');
  expect(row(/^Touches/)).toEqual(['60', '120', '× 2']);
  await userEvent.fill(field('Value of a deal'), '20,000');
  await userEvent.keyboard('{Enter}');
  expect(row(/^Value/).slice(0, 2)).toEqual(['7,200', '14,400']);
  expect(params().scenarios[0].research).toBe(4);
  expect(steps).toEqual(['Research', 'Value of a deal']);
});

test('answers the question of a thousand generic mails or ten personal ones', async () => {
  const { container } = show();
  expect(container.textContent).toContain('1 % against 10 % reply.');
  expect(container.textContent).toContain('up to 2.5 minutes before generic ones bring more an hour');
  expect(container.textContent).toContain(
    'With 1,200 prospects or fewer, personal mail brings more all the same',
  );
  await userEvent.fill(field('How many generic replies a personal one is worth'), '2');
  await userEvent.keyboard('{Enter}');
  expect(container.textContent).toContain('personal mail brings more with any number of prospects');
  await userEvent.fill(field('Replies, generic'), '0');
  await userEvent.keyboard('{Enter}');
  expect(container.textContent).toContain('Both need a reply and some minutes');
});

test('finds the best use of the hours for the tiers connected, and what one more is worth', async () => {
  const { container } = show({ tiers });
  await vi.waitFor(() => expect(container.textContent).toMatch(/One more hour is worth about [\d,]+/));
  expect(container.textContent).toContain('hours on 12,200 prospects');
  expect(row(/^Hours/).slice(-2)).toEqual(['160', '228']);
  expect(container.textContent).toContain('The tiers as they are take 68.3 hours more than there are.');
  await userEvent.fill(field('Hours for this list'), '10000');
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(container.textContent).toContain('one more would bring nothing'));
});

test('says what was measured and over how many, keeps the assumed number, and goes back to it', async () => {
  const measured = { drafts: 23, people: 20, minutes: 12 };
  const { container, steps } = show({ tiers, drafts: { type: 'drafts', measured } });
  await vi.waitFor(() =>
    expect(container.textContent).toContain(
      'Measured in the queue over 23 drafts for 20 people: 12 minutes in all, 0.6 a person.',
    ),
  );
  const minutes = () => row(/ drafted/)[0];
  expect(minutes()).toContain('0.6 measured, assumed');
  expect(field('Minutes each, drafted').value).toBe('4');
  await userEvent.click(screen.getByRole('button', { name: 'Plan with the assumed 4 minutes' }));
  await vi.waitFor(() => expect(minutes()).not.toContain('measured'));
  expect(row(/^Hours/).at(-1)).toBe('228');
  await userEvent.click(screen.getByRole('button', { name: 'Plan with what was measured' }));
  await vi.waitFor(() => expect(row(/^Hours/).at(-1)).toBe('115'));
  expect(steps).toEqual(['Plan with assumed minutes', 'Plan with measured minutes']);
  await expectAccessible(container);
});

test('has nothing that axe finds wrong, wide and on a phone', async () => {
  const { container } = show({ tiers });
  await vi.waitFor(() => expect(container.textContent).toContain('One more hour'));
  for (const summary of container.querySelectorAll('summary')) summary.click();
  await expectAccessible(container);
  await page.viewport(390, 844);
  await expectAccessible(container);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
});
