import '../../src/ui/base.css';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { QuestionDialog } from '../../src/ui/Dialog';
import { expectAccessible } from './accessible';

beforeEach(() => page.viewport(1000, 700));
afterEach(cleanup);

/** A question behind a button that has the focus; `answers` fills as it is answered. */
async function ask(): Promise<{ readonly opener: HTMLElement; readonly answers: string[] }> {
  const [isOpen, setOpen] = createSignal(false);
  const answers: string[] = [];
  const answer = (what: string) => {
    setOpen(false);
    answers.push(what);
  };
  render(() => (
    <main>
      <button type="button" onClick={() => setOpen(true)}>
        Ask
      </button>
      <QuestionDialog
        isOpen={isOpen()}
        title="Start anew?"
        onClose={() => answer('no')}
        actions={
          <button type="button" data-primary onClick={() => answer('yes')}>
            Remove everything
          </button>
        }
      >
        <p>All of it is removed.</p>
      </QuestionDialog>
    </main>
  ));
  const opener = screen.getByRole('button', { name: 'Ask' });
  await userEvent.click(opener);
  expect(screen.getByRole('dialog', { name: 'Start anew?' })).toBeVisible();
  return { opener, answers };
}

describe('a question', () => {
  test.each([
    ['Escape', 'no', () => userEvent.keyboard('{Escape}')],
    ['"Cancel"', 'no', () => userEvent.click(screen.getByRole('button', { name: 'Cancel' }))],
    ['its answer', 'yes', () => userEvent.click(screen.getByRole('button', { name: 'Remove everything' }))],
  ])('is closed by %s, answers once, and gives the focus back', async (_, given, act) => {
    const { opener, answers } = await ask();
    await act();
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
    expect(opener).toHaveFocus();
    // The dialog's own event comes late.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(answers).toEqual([given]);
  });

  test('keeps the focus, and stays where the click is beside it', async () => {
    const { answers } = await ask();
    expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus();
    screen.getByRole('dialog').click();
    expect(screen.getByRole('dialog')).toBeVisible();
    expect(answers).toEqual([]);
  });

  test.each([1000, 390])('axe finds nothing at %i px', async (width) => {
    await page.viewport(width, 700);
    await ask();
    await expectAccessible(document.body);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
  });
});
