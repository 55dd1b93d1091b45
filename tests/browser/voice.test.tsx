import '../../src/ui/base.css';
import { cleanup, render, screen } from '@solidjs/testing-library';
import { createEffect, createSignal, on } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import starter from '../../seeds/voice/starter.json';
import { type VoiceOutput, voiceKind } from '../../src/cells/voice/kind';
import View from '../../src/cells/voice/View';
import { expectAccessible } from './accessible';
import { openBrowserWorkbench } from './workbench';

let bench: Awaited<ReturnType<typeof openBrowserWorkbench>>;
beforeEach(async () => {
  bench = await openBrowserWorkbench();
});
afterEach(async () => {
  cleanup();
  await bench.close();
});

function show() {
  const [params, setParams] = createSignal(voiceKind.params.parse({}));
  const [output, setOutput] = createSignal<VoiceOutput>();
  async function run() {
    const result = await voiceKind.run({
      cellId: 'voice',
      params: params(),
      inputs: {},
      services: bench.services,
      signal: new AbortController().signal,
      progress() {},
    });
    // A run that the end of the test breaks off is nobody's.
    if (result.ok) setOutput(result.value);
  }
  const { container } = render(() => {
    createEffect(
      on(
        () => undefined,
        () => void run(),
      ),
    );
    return (
      <main>
        <h3>voice</h3>
        <View
          cellId="voice"
          name="voice"
          params={params()}
          setParams={setParams}
          inputs={{}}
          output={output()}
          status={{ state: 'done', milliseconds: 1 }}
          services={bench.services}
          run={() => void run()}
        />
      </main>
    );
  });
  return { container, output, params };
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
    await vi.waitFor(() => expect(screen.getByText(/with “my guess”/)).toBeTruthy());
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
    expect(screen.getByText(/1 mail not used/)).toBeTruthy();
    await userEvent.click(other);
    await vi.waitFor(() => expect(screen.getByText(/1 mail added/)).toBeTruthy(), slow);
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

  async function samples() {
    const ids = await bench.services.voices.sampleIds('personal');
    const found = ids.ok ? await bench.services.voices.samples(ids.value) : ids;
    return found.ok ? found.value : [];
  }
});
