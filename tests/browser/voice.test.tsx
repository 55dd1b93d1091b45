import '../../src/ui/base.css';
import { cleanup, screen } from '@solidjs/testing-library';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import starter from '../../seeds/voice/starter.json';
import { voiceKind } from '../../src/cells/voice/kind';
import View from '../../src/cells/voice/View';
import { expectAccessible } from './accessible';
import { showCell } from './cellUnderTest';
import { openBrowserWorkbench } from './workbench';

let bench: Awaited<ReturnType<typeof openBrowserWorkbench>>;
/** Runs of the cell under way; one that the end of the test breaks off is nobody's. */
const running = new Set<Promise<unknown>>();
beforeEach(async () => {
  bench = await openBrowserWorkbench();
});
afterEach(async () => {
  cleanup();
  await Promise.all(running);
  await bench.close();
});

/** The kind with its runs counted: the workbench stays open until the last has ended. */
const watchedKind: typeof voiceKind = {
  ...voiceKind,
  run(context) {
    const under = voiceKind.run(context).finally(() => running.delete(under));
    running.add(under);
    return under;
  },
};

function show() {
  return showCell({
    kind: watchedKind,
    View,
    services: bench.services,
    inputs: {},
    around: (view) => (
      <main>
        <h3>voice</h3>
        {view}
      </main>
    ),
  });
}

/** Gives files as if they were chosen. */
function choose(files: readonly File[]) {
  const picker = screen.getByLabelText<HTMLInputElement>('Choose mail files');
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  picker.files = transfer.files;
  picker.dispatchEvent(new Event('change', { bubbles: true }));
}

const slow = { timeout: 60_000 };
const quoted =
  'Hi Ada,\n\nThe rota moved to Thursday, and nobody has complained so far.\n\nAll the best,\nInes\n\nOn Tue, 3 Mar 2026, Ada <ada@x.example> wrote:\n> Can you move it?';

describe('the voice cell', { timeout: 180_000 }, () => {
  test('takes pasted mails, says how many are missing, and shows what was cut, to be taken back', async () => {
    const { container, output } = show();
    await vi.waitFor(() => expect(output()).toBeDefined(), slow);
    expect(screen.getByText(/Drop mails you really sent/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Paste' }));
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Mails, pasted' });
    field.value = '   ';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await userEvent.click(screen.getAllByRole('button', { name: 'Add' })[0] as HTMLElement);
    await vi.waitFor(() => expect(screen.getByText(/nothing in the paste/)).toBeTruthy(), slow);
    field.value = quoted;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await userEvent.click(screen.getAllByRole('button', { name: 'Add' })[0] as HTMLElement);
    await vi.waitFor(() => expect(screen.getByText(/1 mail added/)).toBeTruthy(), slow);
    await vi.waitFor(
      () => expect(screen.getByText(/Not enough mails: the personal voice has one mail/)).toBeTruthy(),
      slow,
    );

    await userEvent.click(await screen.findByRole('button', { name: /The rota moved to Thursday/ }));
    const cut = await screen.findByRole('button', { name: /Can you move it/ });
    expect(cut.dataset.cut).toBe('quoted reply');
    await userEvent.click(cut);
    await vi.waitFor(async () => {
      const [sample] = await samples();
      expect(sample?.text).toContain('Can you move it?');
    }, slow);
    await userEvent.click(screen.getByRole('button', { name: /^The rota moved/ }));
    await vi.waitFor(async () => {
      const [sample] = await samples();
      expect(sample?.text).not.toContain('The rota moved');
      expect(sample?.removed.some(({ kind }) => kind === 'by hand')).toBe(true);
    }, slow);
    await expectAccessible(container);
  });

  test('describes a CSV of mails, traces each claim to its mails, and counts copies once', async () => {
    const { container, output } = show();
    await vi.waitFor(() => expect(output()).toBeDefined(), slow);
    const texts = [
      ...starter.personal.map(({ text }) => text),
      ...Array.from({ length: 3 }, (_, i) => `${starter.personal[0]?.text}\n\nP.S. ${i}`),
    ];
    const csv = [
      'date,subject,body,replied',
      ...texts.map(
        (text, i) =>
          `2026-03-${String((i % 28) + 1).padStart(2, '0')},a ${i},"${text.replaceAll('"', '""')}",${i % 2 ? 'yes' : 'no'}`,
      ),
    ].join('\n');
    choose([new File([csv], 'sent.csv', { type: 'text/csv' })]);
    await vi.waitFor(() => expect(screen.getByText(/31 mails added/)).toBeTruthy(), slow);
    await vi.waitFor(() => expect(output()?.voices.personal?.unready).toBeNull(), slow);
    await vi.waitFor(() => expect(screen.getByText('Counted once')).toBeTruthy(), slow);
    expect(screen.getByText('All the best,')).toBeTruthy();
    await vi.waitFor(() => expect(screen.getAllByText('got a reply').length).toBeGreaterThan(0), slow);
    await userEvent.click(screen.getByRole('button', { name: /^my guess/ }));
    await vi.waitFor(() =>
      expect(screen.getByRole('heading', { name: /mails that say “my guess”/ })).toBeTruthy(),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    await expectAccessible(container);
  });

  test('asks whose mails they are where several wrote, and says what was not used', async () => {
    const { output } = show();
    await vi.waitFor(() => expect(output()).toBeDefined(), slow);
    const mbox = ['ines@x.example', 'ines@x.example', 'ada@x.example']
      .map(
        (from, i) =>
          `From ${from} Tue Mar 0${i + 1} 10:00:00 2026\nFrom: ${from}\nDate: Tue, 0${i + 1} Mar 2026 10:00:00 +0000\nMessage-ID: <${i}@x.example>\nSubject: rota ${i}\n\nThe rota of week ${i} is ready, and you may look at it.\n`,
      )
      .join('\n');
    choose([new File([mbox], 'sent.mbox'), new File([], 'empty.txt')]);
    const other = await screen.findByRole('button', { name: /ada@x.example \(1\)/ }, slow);
    expect(screen.getByText(/1 not used/)).toBeTruthy();
    await userEvent.click(other);
    await vi.waitFor(() => expect(screen.getByText(/1 mail from ada@x.example added/)).toBeTruthy(), slow);
    const [sample] = await samples();
    expect(sample).toMatchObject({ subject: 'rota 2', sentOn: '2026-03-03' });
  });

  test('keeps rules, the brand’s over the rep’s own', async () => {
    const { output } = show();
    await vi.waitFor(() => expect(output()).toBeDefined(), slow);
    await userEvent.fill(screen.getByRole('textbox', { name: 'Sign off with' }), 'Cheers,');
    await userEvent.tab();
    await vi.waitFor(() => expect(output()?.states.personal.rules.signOff).toBe('Cheers,'), slow);
    await userEvent.click(screen.getByRole('tab', { name: /brand/ }));
    await userEvent.fill(screen.getByRole('textbox', { name: 'Sign off with' }), 'Kind regards,');
    await userEvent.tab();
    await vi.waitFor(
      () => expect(screen.getByText(/The brand’s rules hold over your own/)).toBeTruthy(),
      slow,
    );
  });

  test('goes on where the keyboard is after a cut, and takes back what was removed or added', async () => {
    const { container, output } = show();
    await vi.waitFor(() => expect(output()).toBeDefined(), slow);
    choose([new File([quoted], 'one.txt')]);
    await vi.waitFor(() => expect(screen.getByText(/Something was cut from 1 of them/)).toBeTruthy(), slow);
    const opener = await screen.findByRole('button', { name: /The rota moved to Thursday/ }, slow);
    await vi.waitFor(() => expect(output()?.states.personal.samples).toBe(1), slow);
    opener.focus();
    await userEvent.keyboard('{Enter}');
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    const line = screen.getByRole('button', { name: /^The rota moved/ });
    expect(document.activeElement).toBe(line);
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(line.getAttribute('aria-pressed')).toBe('true'), slow);
    expect(document.activeElement).toBe(line);

    const before = await samples();
    const remove = screen.getByRole('button', { name: 'Remove' });
    remove.focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(output()?.states.personal.samples).toBe(0), slow);
    const undo = screen.getByRole('button', { name: 'Undo' });
    expect(document.activeElement).toBe(undo);
    await expectAccessible(container);
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(output()?.states.personal.samples).toBe(1), slow);
    const [sample] = await samples();
    expect(sample).toEqual({ ...before[0], id: sample?.id });

    choose([new File(['Nobody asked for a second rota, and there is one now.'], 'two.txt')]);
    await vi.waitFor(() => expect(screen.getByText(/^1 mail added\./)).toBeTruthy(), slow);
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await vi.waitFor(() => expect(output()?.states.personal.samples).toBe(1), slow);
  });

  test('forgets whose mails were asked about once the other corpus is looked at', async () => {
    const { output } = show();
    await vi.waitFor(() => expect(output()).toBeDefined(), slow);
    const eml = (from: string) =>
      new File(
        [`From: ${from}\nMessage-ID: <${from}>\nSubject: rota\n\nThe rota is ready.\n`],
        `${from}.eml`,
      );
    choose([eml('ines@x.example'), eml('ada@x.example')]);
    await screen.findByRole('button', { name: /ada@x.example \(1\)/ }, slow);
    await userEvent.click(screen.getByRole('tab', { name: /brand/ }));
    expect(screen.queryByText(/Whose mails are these/)).toBeNull();
  });

  test('takes back a rule, and says of a rep’s rule where the brand’s sets it aside', async () => {
    const { container, output } = show();
    await vi.waitFor(() => expect(output()).toBeDefined(), slow);
    const rules = { say: [{ phrase: 'rota', insteadOf: 'schedule' }], neverSay: [], signOff: '' };
    await bench.services.voices.setRules('brand', rules);
    const field = screen.getByRole('textbox', { name: 'Never say' });
    await userEvent.fill(field, 'rota');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(output()?.states.personal.rules.neverSay).toEqual(['rota']), slow);
    expect(screen.getByText(/gives way to the brand’s: say “rota” instead of “schedule”/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Remove the rule “rota”' }));
    await vi.waitFor(() => expect(output()?.states.personal.rules.neverSay).toEqual([]), slow);
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(output()?.states.personal.rules.neverSay).toEqual(['rota']), slow);
    await expectAccessible(container);
  });

  async function samples() {
    const ids = await bench.services.voices.sampleIds('personal');
    const found = ids.ok ? await bench.services.voices.samples(ids.value) : ids;
    return found.ok ? found.value : [];
  }
});
