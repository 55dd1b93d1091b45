import '../../src/ui/base.css';
import { cleanup, configure, screen, within } from '@solidjs/testing-library';
import { Show } from 'solid-js';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { generateList } from '../../seeds/generate';
import { openAnalysis } from '../../src/boundary/analysis';
import { openDatabase } from '../../src/boundary/db';
import { createLists } from '../../src/boundary/lists';
import type { Services } from '../../src/boundary/services';
import { type ListParams, listKind } from '../../src/cells/list/kind';
import View from '../../src/cells/list/View';
import { expectAccessible } from './accessible';
import { showCell } from './cellUnderTest';

const folder = `test-list-${Date.now()}`;
const database = openDatabase({ name: folder, onState: () => {} });
const analysis = openAnalysis();
const lists = createLists(analysis, database.api);
const services = { lists } as Partial<Services> as Services;

configure({ getElementError: (message) => new Error(message ?? 'not found') });
beforeEach(() => page.viewport(1280, 800));
afterEach(cleanup);
afterAll(async () => {
  analysis.close();
  await database.close();
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(folder, { recursive: true }).catch(() => {});
});

/** The cell as the notebook shows it, with its headline. */
function show(params: Partial<ListParams> = {}) {
  return showCell({
    kind: listKind,
    View,
    name: 'list',
    services,
    inputs: {},
    params,
    around: (view, cell) => (
      <main>
        <article tabindex={0} aria-label="list">
          <h2>list</h2>
          <Show when={cell.output()}>{(made) => <p>{listKind.headline(made(), cell.params())}</p>}</Show>
          {view}
        </article>
      </main>
    ),
  });
}

function filesOf(...files: readonly File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

function choose(container: Element, file: File) {
  const input = container.querySelector<HTMLInputElement>('input[type=file]');
  if (!input) throw new Error('no file input');
  input.files = filesOf(file).files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

function drop(element: Element, ...files: readonly File[]) {
  const dataTransfer = filesOf(...files);
  element.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
  element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}

const csv = (name: string, ...parts: BlobPart[]) => new File(parts, name, { type: 'text/csv' });
const button = (name: string | RegExp) => screen.getByRole('button', { name }) as HTMLButtonElement;
const appears = (text: string | RegExp, timeout = 30_000) =>
  vi.waitFor(() => expect(screen.getByText(text)).toBeTruthy(), { timeout });
const isReady = (name: string | RegExp) =>
  vi.waitFor(() => expect(button(name).disabled).toBe(false), { timeout: 30_000 });
const stored = async () => {
  const all = await lists.all();
  return all.ok ? all.value.map(({ name }) => name) : [];
};

/** Five rows: a repeated person, two that may be one, and one that is nobody. Each `tag` has companies of its own. */
const people = (tag: string) =>
  [
    'First Name,Last Name,Company,Email,Shade',
    `Ann,Lee,Acme ${tag},ann@acme-${tag}.example,blue`,
    `Ann,Lee,Acme ${tag},ANN@acme-${tag}.example,red`,
    `Katarzyna,Kowalska,Bolt ${tag},kk@bolt-${tag}.example,`,
    `Katarzyna,Kowalskaa,Bolt ${tag},,`,
    ',,Nobody,,',
    '',
  ].join('\n');

describe('from a file to prospects', () => {
  test('chosen, looked at, imported; the report can be opened again', async () => {
    const { container, params, steps } = show();
    await expectAccessible(container);
    choose(container, csv('first.csv', people('first')));
    await isReady('Import 3 prospects');
    await appears(
      '3 prospects are ready. 1 row is merged into another. 1 row can’t be used; the list below says why.',
    );
    expect(await stored()).not.toContain('first.csv');

    await userEvent.click(screen.getByText('1 row can’t be used'));
    await appears(/only a company/);
    await userEvent.click(screen.getByText('1 prospect occurs more than once, 1 group may be one person'));
    await expectAccessible(container);

    await userEvent.click(button('Import 3 prospects'));
    await appears('3 prospects, 1 duplicate merged, 1 row not used');
    expect(params()).toMatchObject({ name: 'first.csv' });
    expect(steps).toEqual(['Import first.csv']);
    await appears(/5 rows: 3 prospects, 1 merged into them, 1 not used\./);
    await userEvent.click(button('What became of the rows'));
    await appears('1 row can’t be used');
    await expectAccessible(container);
  });

  test('what is merged is the rep’s to decide, for all and one by one', async () => {
    const { container } = show();
    choose(container, csv('choices.csv', people('choices')));
    await isReady('Import 3 prospects');
    await userEvent.click(screen.getByText(/occurs more than once/));
    const [same, similar] = screen.getAllByRole('checkbox', { name: 'merge' }) as HTMLInputElement[];
    expect([same?.checked, similar?.checked]).toEqual([true, false]);
    await userEvent.click(similar!);
    await isReady('Import 2 prospects');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /same email/ }), 'Keep all apart');
    await isReady('Import 3 prospects');
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: /may be one person/ }),
      'Merge each into one',
    );
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: /may be one person/ }),
      'Keep all apart',
    );
    await isReady('Import 4 prospects');
  });

  test('only what was guessed is asked about, and the preview follows', async () => {
    const { container } = show();
    choose(
      container,
      csv('guess.csv', 'Reach,Whole,Shade\nann@guess.example,Ann Lee,blue\nbob@guess.example,Bob Bolt,red\n'),
    );
    await isReady('Import 2 prospects');
    await appears('2 columns to check:');
    expect(screen.getAllByRole('combobox').map((picker) => picker.getAttribute('aria-label'))).toEqual([
      '“Reach” is',
      '“Whole” is',
    ]);
    const table = () => within(screen.getByRole('table'));
    expect(table().getByRole('cell', { name: 'Bolt' })).toBeTruthy();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: '“Whole” is' }), 'Company');
    await vi.waitFor(() => expect(table().getByRole('cell', { name: 'Bob Bolt' })).toBeTruthy());
    expect(table().queryByRole('columnheader', { name: 'First name' })).toBeNull();

    await userEvent.click(button('All columns'));
    await userEvent.selectOptions(
      screen.getByRole('combobox', { name: '“Reach” is' }),
      'Kept under its own name',
    );
    await appears('No row can be used as the columns stand.');
    await appears(/No column holds an email, a profile link, or a name with a company/);
    expect(button('Import 0 prospects').disabled).toBe(true);
    await expectAccessible(container);
  });

  test('pasted from a spreadsheet', async () => {
    show();
    await userEvent.click(button('Paste rows'));
    await userEvent.fill(
      screen.getByRole('textbox', { name: 'Rows, with their header' }),
      'Name\tEmail\nPia Paste\tpia@paste.example\n',
    );
    await userEvent.click(button('Read these rows'));
    await isReady('Import 1 prospect');
    await appears(/1 row, 2 columns\. UTF-8, separated by tabs\./);
  });

  test('dropped anywhere in the cell, one at a time', async () => {
    show();
    const cell = screen.getByRole('article');
    drop(cell, csv('dropped.csv', people('dropped')), csv('other.csv', people('other')));
    await isReady(/^Import/);
    await appears('One list at a time: “dropped.csv” is read. Drop the others into cells of their own.');
  });

  test('a first row that is data is said to be data', async () => {
    const { container } = show();
    choose(container, csv('bare.csv', 'Red,Blue\nAnn Lee,ann@bare.example\nBob Bolt,bob@bare.example\n'));
    await isReady('Import 2 prospects');
    await userEvent.click(screen.getByRole('checkbox', { name: 'The first row names the columns' }));
    await appears(/3 rows, 2 columns/);
  });
});

describe('what goes wrong is said, and harms nothing', () => {
  const alert = () =>
    vi.waitFor(() => expect(screen.getByRole('alert').textContent).toBeTruthy(), { timeout: 30_000 });

  test.each([
    ['an empty file', csv('e.csv', ''), /“e.csv” is empty/],
    [
      'a workbook renamed',
      csv('x.csv', Uint8Array.of(0x50, 0x4b, 3, 4), 'xl/workbook.xml'),
      /is an Excel file renamed to .csv/,
    ],
    ['only headers', csv('h.csv', 'Name,Email\n'), /has a header in line 1 and no rows under it/],
    ['too many columns', csv('w.csv', `${'c,'.repeat(1200)}\n`), /has 1,201 columns; a list may have 1,000/],
  ])('%s', async (_, file, sentence) => {
    const { container, params } = show();
    choose(container, file);
    await alert();
    expect(screen.getByRole('alert').textContent).toMatch(sentence);
    expect(params().listId).toBeNull();
    expect(button('Choose a file').disabled).toBe(false);
    await expectAccessible(container);
  });

  test('a list that is there stays while another is tried', async () => {
    const { container, params } = show();
    choose(container, csv('stays.csv', people('stays')));
    await isReady('Import 3 prospects');
    await userEvent.click(button('Import 3 prospects'));
    await appears(/^3 prospects, 1 duplicate merged/);
    const before = params();
    drop(screen.getByRole('article'), csv('bad.csv', '%PDF-1.7'));
    await alert();
    expect(params()).toEqual(before);
    await appears(/^3 prospects, 1 duplicate merged/);

    await userEvent.click(button('Replace with another file'));
    choose(container, csv('next.csv', people('next')));
    await isReady('Import 3 prospects');
    await userEvent.click(button('Keep the present list'));
    await vi.waitFor(() => expect(screen.queryByText('Import 3 prospects')).toBeNull());
    expect(params()).toEqual(before);
    expect(await stored()).not.toContain('next.csv');
  });

  test('windows-1252 is read as it was written, the euro included', async () => {
    const { container } = show();
    const text = 'Name;Firma;E-Mail\nJörg Größe;100 € Shop;joerg@euro.example\n';
    const bytes = Uint8Array.from(text, (letter) => (letter === '€' ? 0x80 : letter.charCodeAt(0)));
    choose(container, csv('alt.csv', bytes));
    await isReady('Import 1 prospect');
    await appears('100 € Shop');
    await appears(/was read as windows-1252/);
  });

  test('a list that is not in this workbench', async () => {
    const { status } = show({ listId: 99_999, name: 'october.csv' });
    await appears('Drop a list here');
    expect(status()).toMatchObject({ state: 'failed', failure: { code: 'list-gone' } });
  });
});

describe('a long list', () => {
  test('says how far it is, can be stopped, and leaves the page free', async () => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((seen) => {
      for (const { duration } of seen.getEntries()) tasks.push(duration);
    });
    const file = csv('long.csv', generateList({ rows: 60_000, seed: 4, dirt: 0.02 }));
    const { container } = show();
    await new Promise((resolve) => setTimeout(resolve, 100));
    observer.observe({ type: 'longtask' });

    choose(container, file);
    await vi.waitFor(() => expect(screen.getByRole('progressbar')).toBeTruthy(), { timeout: 30_000 });
    await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy());
    await isReady(/^Import 5/);
    await userEvent.click(button(/^Import 5/));
    await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy());
    await userEvent.click(button('Stop'));
    await isReady(/^Import 5/);
    expect(await stored()).not.toContain('long.csv');
    observer.disconnect();
    // The longest task takes 15 ms of the processor; other tests run beside this one and stretch it. Reading the list on
    // the page would take seconds.
    expect(Math.max(0, ...tasks)).toBeLessThan(300);
  });

  test('a thousand columns stay a list one can scroll', async () => {
    const { container } = show();
    const headers = Array.from({ length: 1000 }, (_, i) => (i === 500 ? 'Email' : `c${i}`));
    const row = headers.map((header) => (header === 'Email' ? 'wide@wide.example' : 'x'));
    choose(container, csv('wide.csv', `${headers.join(',')}\n${row.join(',')}\n`));
    await isReady('Import 1 prospect');
    await userEvent.click(button('All columns'));
    expect(screen.getAllByRole('combobox')).toHaveLength(50);
    await userEvent.click(button('Show 50 more of 1,000 columns'));
    expect(screen.getAllByRole('combobox')).toHaveLength(100);
  });
});

test.each([
  [1440, 900],
  [390, 844],
])('nothing is wider than the page at %i px', async (width, height) => {
  await page.viewport(width, height);
  const { container } = show();
  choose(
    container,
    csv('a-file-with-a-very-long-name-that-somebody-exported-twice-in-october.csv', people('wide')),
  );
  await isReady(/^Import/);
  for (const summary of container.querySelectorAll('summary')) summary.click();
  await userEvent.click(button('All columns'));
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
});
