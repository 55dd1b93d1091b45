import '../../src/ui/base.css';
import { PGlite } from '@electric-sql/pglite';
import { cleanup, configure, render, screen } from '@solidjs/testing-library';
import { batch, createEffect, createSignal, on } from 'solid-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createSelection } from '../../src/boundary/selection';
import type { Services } from '../../src/boundary/services';
import { type SqlInputs, type SqlOutput, sqlKind } from '../../src/cells/sql/kind';
import View from '../../src/cells/sql/View';
import type { CellStatus } from '../../src/notebook/kind';
import { createDatabase } from '../../workers/db/database';
import { migrate } from '../../workers/db/migrate';
import { migrations } from '../../workers/db/migrations';
import { expectAccessible } from './accessible';

let pg: PGlite;
let sql: Services['sql'];

beforeAll(async () => {
  pg = await PGlite.create();
  await migrate(pg, migrations);
  await pg.exec(`
    INSERT INTO account (name, industry) SELECT 'Company ' || i, 'Industry ' || i % 3 FROM generate_series(1, 150) AS i;
    INSERT INTO prospect (account_id, first_name, last_name, title, email, email_status, linkedin_url, phone, location,
        extra, email_key, profile_key, name_key)
      SELECT i, 'First ' || i, 'Last ' || i, '', '', '', '', '', '', '{}', '', '', '' FROM generate_series(1, 150) AS i`);
  const db = createDatabase(pg);
  sql = {
    rowLimit: 100,
    select: (query, input) => db.sqlSelect(query, input, 100),
    schema: () => db.sqlSchema(),
  };
});
afterAll(() => pg.close());

/** The cell over a real database, its kind run as the notebook runs it. */
function show(query?: string, inputs: SqlInputs = {}) {
  const selection = createSelection();
  const services = { sql, selection } as Partial<Services> as Services;
  const [params, setParams] = createSignal(sqlKind.params.parse(query === undefined ? {} : { query }));
  const [output, setOutput] = createSignal<SqlOutput>();
  const [status, setStatus] = createSignal<CellStatus>({ state: 'idle' });
  const onRun = vi.fn();
  async function run() {
    onRun(params().query);
    const result = await sqlKind.run({
      cellId: 'query',
      params: params(),
      inputs,
      services,
      signal: new AbortController().signal,
      progress() {},
    });
    batch(() => {
      setOutput(result.ok ? result.value : undefined);
      setStatus(
        result.ok ? { state: 'done', milliseconds: 1 } : { state: 'failed', failure: result.failure },
      );
    });
  }
  const { container } = render(() => {
    createEffect(on(params, run));
    return (
      <>
        <View
          cellId="query"
          name="query"
          params={params()}
          setParams={setParams}
          inputs={inputs}
          output={output()}
          status={status()}
          services={services}
          run={run}
        />
        <button type="button">Elsewhere</button>
      </>
    );
  });
  return { container, selection, params, setParams, output, status, onRun };
}

const area = () => screen.getByRole('textbox', { name: 'Query of query' }) as HTMLTextAreaElement;
const grid = () => screen.getByRole('grid');
const column = (at: number) =>
  Array.from(grid().querySelectorAll('tbody tr'))
    .sort((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
    .map((row) => row.querySelectorAll('td')[at]?.textContent);
const button = (name: string) => screen.getByRole('button', { name });
const shows = (values: readonly string[]) =>
  vi.waitFor(() => expect(column(0).slice(0, values.length)).toEqual(values));

configure({ getElementError: (message) => new Error(message ?? 'not found') });
beforeEach(() => page.viewport(1280, 800));
afterEach(cleanup);

describe('the query', () => {
  test('a new cell answers a question at once', async () => {
    show();
    await vi.waitFor(() => expect([...column(0)].sort()).toEqual(['Industry 0', 'Industry 1', 'Industry 2']));
    expect(column(1)).toEqual(['50', '50', '50']);
  });

  test('Ctrl-Enter and Shift-Enter run what is written, and run again what is not changed', async () => {
    const { onRun, params } = show('SELECT 1 AS one');
    await shows(['1']);
    await userEvent.fill(area(), 'SELECT 2 AS two');
    expect(screen.getByText('Edited, not run yet')).toBeTruthy();
    expect(params().query).toBe('SELECT 1 AS one');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await shows(['2']);
    expect(screen.queryByText('Edited, not run yet')).toBeNull();
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}');
    expect(onRun.mock.calls).toEqual([['SELECT 1 AS one'], ['SELECT 2 AS two'], ['SELECT 2 AS two']]);
    expect(area().value).toBe('SELECT 2 AS two');
  });

  test('what is written is kept when the focus leaves the cell, and undo brings the old one back', async () => {
    const { params, setParams } = show('SELECT 1 AS one');
    await userEvent.fill(area(), 'SELECT 3 AS three');
    await userEvent.click(button('Tables and columns'));
    expect(params().query).toBe('SELECT 1 AS one');
    await userEvent.click(area());
    await userEvent.click(button('Elsewhere'));
    expect(params().query).toBe('SELECT 3 AS three');
    setParams({ query: 'SELECT 1 AS one' });
    expect(area().value).toBe('SELECT 1 AS one');
  });

  test('the place of an error is marked, told by line and character, and gone to; the last result stays', async () => {
    const { container } = show('SELECT industry FROM account ORDER BY 1');
    await shows(['Industry 0']);
    await userEvent.fill(area(), 'SELECT industry,\n  emplyees FROM account');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await vi.waitFor(() => expect(button('Line 2, character 3')).toBeTruthy());
    expect(container.querySelector('mark')?.textContent).toBe('emplyees');
    expect(area().getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/last query that worked/)).toBeTruthy();
    await shows(['Industry 0']);
    await userEvent.click(button('Line 2, character 3'));
    expect(area().selectionStart).toBe('SELECT industry,\n  '.length);

    await userEvent.keyboard('{Delete}');
    expect(container.querySelector('mark')).toBeNull();
    // At the very first character too.
    await userEvent.fill(area(), 'SELECT FROM FROM account');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await vi.waitFor(() => expect(container.querySelector('mark')?.textContent).toBe('FROM'));
  });

  test('an example replaces the query and runs', async () => {
    const { params } = show('SELECT 1 AS one');
    await userEvent.click(button('Examples'));
    await userEvent.click(button('Who was never written to?'));
    await vi.waitFor(() => expect(column(1)[0]).toMatch(/^First/));
    expect(params().query).toContain('NOT EXISTS');
  });

  test('names of the schema are written where the caret is, and the field’s own undo takes them back', async () => {
    show('SELECT  FROM account');
    await userEvent.click(button('Tables and columns'));
    await vi.waitFor(() => expect(screen.getAllByRole('button', { name: 'industry' })).toHaveLength(1));
    area().focus();
    area().setSelectionRange(7, 7);
    await userEvent.click(button('industry'));
    expect(area().value).toBe('SELECT industry FROM account');
    expect(document.activeElement).toBe(area());
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(area().value).toBe('SELECT  FROM account');
  });

  test('the field is as high as its text', async () => {
    show('SELECT 1 AS one');
    const before = area().clientHeight;
    await userEvent.fill(area(), Array(8).fill('-- a line').join('\n'));
    expect(area().clientHeight).toBeGreaterThan(before);
    expect(area().scrollHeight).toBeLessThanOrEqual(area().clientHeight + 1);
  });
});

describe('the result', () => {
  test('sorts by a header: numbers as numbers, nulls last', async () => {
    show(`SELECT * FROM (VALUES (9), (NULL), (10), (2)) AS given (number)`);
    await shows(['9', 'null', '10', '2']);
    await userEvent.click(screen.getByRole('columnheader', { name: 'number' }));
    await shows(['10', '9', '2', 'null']);
    await userEvent.click(screen.getByRole('columnheader', { name: /number/ }));
    await shows(['2', '9', '10', 'null']);
  });

  test('says when rows are cut off, passes all prospects on, and does not sort a part', async () => {
    const { output } = show('SELECT prospect_id FROM prospect ORDER BY prospect_id DESC');
    await shows(['150', '149']);
    expect(screen.getByText(/The first 100 of 150 rows/)).toBeTruthy();
    expect(output()?.table.prospectIds).toHaveLength(150);
    await userEvent.click(screen.getByRole('columnheader', { name: 'prospect_id' }));
    expect(screen.getByRole('columnheader').getAttribute('aria-sort')).toBeNull();
    await shows(['150', '149']);
  });

  test('two columns of one name stay two', async () => {
    show('SELECT 1 AS same, 2 AS same');
    await shows(['1']);
    expect(column(1)).toEqual(['2']);
  });

  test('rows that name prospects open them and are one with the map', async () => {
    const { selection } = show(
      'SELECT last_name, prospect_id FROM prospect WHERE prospect_id < 10 ORDER BY 2 DESC',
    );
    await shows(['Last 9', 'Last 8']);
    await userEvent.click(screen.getByText('Last 8'));
    expect(selection.open()).toBe(8);
    expect(Array.from(selection.openAmong())).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(selection.hovered()).toBe(8);
  });

  test('rows that name none open nothing', async () => {
    const { selection } = show('SELECT 5 AS five');
    await shows(['5']);
    await userEvent.click(screen.getByText('5'));
    expect(selection.open()).toBeUndefined();
    expect(grid().querySelector('[data-check]')).toBeNull();
  });

  test('input holds the prospects of the cell it comes from', async () => {
    show('SELECT count(*) FROM input', { from: { type: 'prospects', ids: Int32Array.of(4, 5, 6) } });
    await shows(['3']);
  });

  test('no row: said as such', async () => {
    show('SELECT 1 AS one WHERE false');
    await vi.waitFor(() => expect(screen.getByText(/nothing matches/)).toBeTruthy());
  });
});

test.each([1280, 390])('axe finds nothing, at %i px, with the schema open and an error', async (width) => {
  await page.viewport(width, 800);
  const { container } = show('SELECT prospect_id, last_name FROM prospect ORDER BY 1');
  await shows(['1']);
  await userEvent.click(button('Tables and columns'));
  await vi.waitFor(() =>
    expect(screen.getAllByRole('button', { name: 'prospect_id' }).length).toBeGreaterThan(1),
  );
  await expectAccessible(container);
  await userEvent.fill(area(), 'SELECT nothing_such');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await vi.waitFor(() => expect(container.querySelector('mark')).toBeTruthy());
  await expectAccessible(container);
});
