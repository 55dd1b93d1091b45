import { expect, test } from 'vitest';
import { createSelection } from '../../src/boundary/selection';
import type { Services } from '../../src/boundary/services';
import { type ProspectsInputs, type ProspectsParams, prospectsKind } from '../../src/cells/prospects/kind';
import { listOf, onward, openWorkbench, value } from '../workers/db/workbench';

async function workbench() {
  const { db } = await openWorkbench();
  const list = listOf([
    {
      first_name: 'Ada',
      last_name: 'Aalto',
      title: 'VP Sales',
      company: 'Harrow',
      industry: 'Freight',
      employees: 40,
    },
    {
      first_name: 'Bo',
      last_name: 'Brandt',
      title: 'Clerk',
      company: 'Clarus',
      industry: 'Payments',
      employees: 900,
    },
    { first_name: 'Cem', last_name: 'Costa', title: 'Founder', company: 'Juno', industry: 'Payments' },
  ]);
  const { ids } = value(await db.importList(list, onward));
  const selection = createSelection();
  const services = {
    prospects: { order: (query) => db.prospectOrder(query) },
    selection,
  } as Pick<Services, 'selection'> & { prospects: Pick<Services['prospects'], 'order'> } as Services;
  const run = (
    params: Partial<ProspectsParams>,
    from: ProspectsInputs['from'] = { type: 'prospects', ids },
  ) =>
    prospectsKind.run({
      cellId: 'people',
      params: { ...prospectsKind.params.parse({}), ...params },
      inputs: { from },
      services,
      signal: new AbortController().signal,
      progress() {},
    });
  /** Places in the list, from 0, of what a run passes on. */
  const places = async (params: Partial<ProspectsParams>) =>
    Array.from(value(await run(params)).ids, (id) => ids.indexOf(id));
  return { ids, selection, run, places };
}

test('passes on what matches search and filters, in the order asked for', async () => {
  const { places } = await workbench();
  expect(await places({})).toEqual([0, 1, 2]);
  expect(await places({ search: 'payments' })).toEqual([1, 2]);
  expect(await places({ search: ' founder  JUNO ' })).toEqual([2]);
  expect(await places({ filters: [{ column: 'employees', min: 40, max: null }] })).toEqual([0, 1]);
  expect(await places({ filters: [{ column: 'employees', min: null, max: 100 }] })).toEqual([0]);
  expect(await places({ filters: [{ column: 'industry', contains: 'PAY' }], search: 'clerk' })).toEqual([1]);
  expect(await places({ sort: { column: 'employees', descending: true } })).toEqual([1, 0, 2]);
  expect(await places({ sort: { column: 'name', descending: true } })).toEqual([2, 1, 0]);
});

test('only the selected: those of the input, and none where none is selected', async () => {
  const { ids, places, selection } = await workbench();
  expect(await places({ onlySelected: true })).toEqual([]);
  selection.select([ids[2] ?? 0, ids[0] ?? 0, 999_999]);
  expect(await places({ onlySelected: true })).toEqual([0, 2]);
});

test('takes the prospects of a query; one that names none is refused with a way out', async () => {
  const { ids, run } = await workbench();
  const named = await run({}, { type: 'table', table: { prospectIds: ids.slice(1) } });
  expect(value(named)).toEqual({ type: 'prospects', ids: ids.slice(1), total: 2 });
  const nameless = await run({}, { type: 'table', table: {} });
  expect(nameless).toMatchObject({
    ok: false,
    failure: { sentence: expect.stringContaining('prospect_id') },
  });
});

test('says how many of how many', () => {
  const params = prospectsKind.params.parse({});
  const headline = (ids: number, total: number) =>
    prospectsKind.headline({ type: 'prospects', ids: new Int32Array(ids), total }, params);
  expect(headline(312, 2916)).toBe('312 of 2,916 prospects');
  expect(headline(2916, 2916)).toBe('2,916 prospects');
  expect(headline(1, 1)).toBe('1 prospect');
});

test('parameters: everything has a default, and what is none is refused', () => {
  expect(prospectsKind.params.parse({})).toMatchObject({ search: '', filters: [], sort: null, columns: [] });
  const parse = (params: unknown) => prospectsKind.params.safeParse(params).success;
  expect(parse({ columns: ['name', 'extra:Owner'], sort: { column: 'extra:', descending: true } })).toBe(
    true,
  );
  expect(parse({ columns: ['drop table'] })).toBe(false);
  expect(parse({ filters: [{ column: 'name' }] })).toBe(false);
});
