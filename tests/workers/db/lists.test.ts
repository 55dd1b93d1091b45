import { describe, expect, test } from 'vitest';
import { failure, importRows, listOf, onward, openWorkbench, type Row, value } from './workbench';

const ana: Row = {
  first_name: 'Ana',
  last_name: 'Ruiz',
  title: 'COO',
  email: 'ana@clarus.example',
  company: 'Clarus',
  domain: 'clarus.example',
  industry: 'Payments',
  employees: 120,
  extra: '{"Region":"South"}',
};

describe('a list', () => {
  test('is stored whole: prospects in file order, accounts once, the report as it was given', async () => {
    const { pg, db } = await openWorkbench();
    const list = await importRows(db, [
      ana,
      { first_name: 'Bo', email: 'bo@clarus.example', company: 'Clarus', domain: 'clarus.example' },
      { first_name: '李', last_name: 'Wěi "Q", Jr', company: 'Größe\nGmbH', email: 'li@x.example' },
    ]);

    expect(Array.from(list.ids)).toEqual([1, 2, 3]);
    expect(list).toMatchObject({
      name: 'people.csv',
      rowCount: 6,
      rejectedCount: 2,
      mergedCount: 1,
      encoding: 'UTF-8',
      delimiter: ',',
    });
    expect(Date.parse(list.importedAt)).toBeGreaterThan(Date.now() - 60_000);
    const { rows } = await pg.query(
      `SELECT first_name, last_name, name, domain, employees, extra FROM prospect JOIN account USING (account_id)
        ORDER BY prospect_id`,
    );
    expect(rows).toEqual([
      {
        first_name: 'Ana',
        last_name: 'Ruiz',
        name: 'Clarus',
        domain: 'clarus.example',
        employees: 120,
        extra: { Region: 'South' },
      },
      {
        first_name: 'Bo',
        last_name: '',
        name: 'Clarus',
        domain: 'clarus.example',
        employees: 120,
        extra: {},
      },
      {
        first_name: '李',
        last_name: 'Wěi "Q", Jr',
        name: 'Größe\nGmbH',
        domain: '',
        employees: null,
        extra: {},
      },
    ]);
    expect(Array.from(value(await db.listReport(list.id)))).toEqual([1, 2, 3]);
    expect(value(await db.list(list.id))).toEqual(list);
    expect(value(await db.lists()).map(({ id }) => id)).toEqual([list.id]);
  });

  test('of many rows keeps the order of the file', async () => {
    const { db } = await openWorkbench();
    const rows = Array.from({ length: 3000 }, (_, i) => ({
      first_name: `P${i}`,
      email: `p${i}@c${i % 700}.example`,
      company: `Company ${i % 700}`,
      domain: `c${i % 700}.example`,
    }));
    const { ids } = await importRows(db, rows);
    const shown = value(await db.prospectRows(ids.slice(2990), ['name', 'company']));
    expect(shown.map(({ values }) => values.name)).toEqual(
      rows.slice(2990).map(({ first_name }) => first_name),
    );
  });

  test('that is stopped leaves nothing', async () => {
    const { pg, db } = await openWorkbench();
    let calls = 0;
    const stopped = await db.importList(listOf([ana]), async () => ++calls < 3);
    expect(failure(stopped).code).toBe('cancelled');
    const { rows } = await pg.query(
      'SELECT (SELECT count(*) FROM list) + (SELECT count(*) FROM account) + (SELECT count(*) FROM prospect) AS left',
    );
    expect(rows).toEqual([{ left: 0 }]);
    await importRows(db, [ana]);
  });

  test('that would be merged into a prospect who is gone is refused', async () => {
    const { db } = await openWorkbench();
    const answer = failure(await db.importList(listOf([{ ...ana, merge_into: 7 }]), onward));
    expect(answer.code).toBe('list-outdated');
    expect(value(await db.lists())).toEqual([]);
  });

  test('that is not there says so', async () => {
    const { db } = await openWorkbench();
    expect(failure(await db.list(9)).code).toBe('list-gone');
    expect(failure(await db.listReport(9)).code).toBe('list-gone');
  });
});

describe('a prospect known already', () => {
  test('has blanks filled, keeps what is there, and is in both lists', async () => {
    const { db } = await openWorkbench();
    const first = await importRows(db, [{ ...ana, title: '', phone: '1' }]);
    const id = first.ids[0]!;
    const second = await importRows(db, [
      { first_name: 'Zoe', company: 'Zed', email: 'z@zed.example' },
      {
        first_name: 'Anna',
        title: 'CFO',
        phone: '2',
        company: 'Clarus',
        merge_into: id,
        extra: '{"Region":"North","Tag":"x"}',
      },
      { title: 'CEO', location: 'Oslo', company: 'Clarus', description: 'Pays.', merge_into: id },
    ]);
    expect(Array.from(second.ids)).toEqual([id + 1, id]);
    expect(second.knownCount).toBe(2);
    const person = value(await db.prospect(id));
    expect(person).toMatchObject({
      firstName: 'Ana',
      title: 'CFO',
      phone: '1',
      location: 'Oslo',
      extra: { Region: 'South', Tag: 'x' },
      account: { name: 'Clarus', domain: 'clarus.example', industry: 'Payments', description: 'Pays.' },
    });
  });

  test('who is at another company in the new list stays at theirs, which learns nothing from it', async () => {
    const { pg, db } = await openWorkbench();
    const { ids } = await importRows(db, [{ ...ana, industry: '' }]);
    await importRows(db, [
      { company: 'Nova', domain: 'nova.example', industry: 'Mining', merge_into: ids[0]! },
    ]);
    expect(value(await db.prospect(ids[0]!)).account).toMatchObject({ name: 'Clarus', industry: '' });
    expect((await pg.query('SELECT name FROM account')).rows).toEqual([{ name: 'Clarus' }]);
  });

  test('without a company moves to the one that becomes known, with the signals', async () => {
    const { pg, db } = await openWorkbench();
    const { ids } = await importRows(db, [
      { first_name: 'Ana', email: 'ana@mail.example' },
      { first_name: 'Bo', company: 'Clarus' },
    ]);
    value(
      await db.addSignals([
        {
          prospectId: ids[0]!,
          kind: 'post',
          happenedOn: '2026-01-05',
          source: 's',
          quote: 'q',
          confidence: 1,
        },
      ]),
    );
    await importRows(db, [{ company: 'clarus', merge_into: ids[0]! }]);
    const moved = value(await db.prospect(ids[0]!));
    expect(moved.account.id).toBe(value(await db.prospect(ids[1]!)).account.id);
    expect(moved.signals).toHaveLength(1);
    expect((await pg.query('SELECT count(*)::int AS n FROM account')).rows).toEqual([{ n: 1 }]);
  });
});

describe('accounts', () => {
  const accounts = async (...lists: Row[][]) => {
    const { pg, db } = await openWorkbench();
    for (const rows of lists) await importRows(db, rows);
    const { rows } = await pg.query<{ name: string; domain: string; people: string[] }>(
      `SELECT name, domain, array_agg(first_name ORDER BY prospect_id) AS people
        FROM account JOIN prospect USING (account_id) GROUP BY account_id ORDER BY account_id`,
    );
    return rows;
  };

  test('are one where the domain is one, whatever the names', async () => {
    expect(
      await accounts([
        { first_name: 'a', company: 'Acme', domain: 'acme.example' },
        { first_name: 'b', company: 'Acme Inc.', domain: 'acme.example' },
      ]),
    ).toEqual([{ name: 'Acme', domain: 'acme.example', people: ['a', 'b'] }]);
  });

  test('are matched by name where a row has no domain', async () => {
    expect(
      await accounts([
        { first_name: 'a', company: 'ACME' },
        { first_name: 'b', company: 'Acme', domain: 'acme.example' },
        { first_name: 'c', company: 'acme' },
      ]),
    ).toEqual([{ name: 'ACME', domain: 'acme.example', people: ['a', 'b', 'c'] }]);
  });

  test('learn their domain from a later list', async () => {
    expect(
      await accounts(
        [{ first_name: 'a', company: 'Acme' }],
        [
          { first_name: 'b', company: 'Acme', domain: 'acme.example' },
          { first_name: 'c', company: 'Acme GmbH', domain: 'acme.example' },
        ],
      ),
    ).toEqual([{ name: 'Acme', domain: 'acme.example', people: ['a', 'b', 'c'] }]);
  });

  test('of one name and two domains stay apart, and a row without a domain joins neither', async () => {
    expect(
      await accounts(
        [
          { first_name: 'a', company: 'Apollo', domain: 'apollo.example' },
          { first_name: 'b', company: 'Apollo', domain: 'apollo.test' },
        ],
        [{ first_name: 'c', company: 'Apollo' }],
      ),
    ).toEqual([
      { name: 'Apollo', domain: 'apollo.example', people: ['a'] },
      { name: 'Apollo', domain: 'apollo.test', people: ['b'] },
      { name: 'Apollo', domain: '', people: ['c'] },
    ]);
  });

  test('without name and domain belong to one prospect each', async () => {
    const rows = await accounts([{ first_name: 'a', industry: 'Mining' }, { first_name: 'b' }]);
    expect(rows.map(({ people }) => people)).toEqual([['a'], ['b']]);
  });
});

test('the keys of what is stored come back aligned with the ids', async () => {
  const { db } = await openWorkbench();
  await importRows(db, [
    { ...ana, profile_key: 'in/ana', name_key: 'ana ruiz|clarus.example' },
    { first_name: 'Ø', company: 'Zed' },
  ]);
  const keys = value(await db.existingKeys());
  const read = ({ bytes, offsets }: { bytes: Uint8Array; offsets: Uint32Array }) =>
    Array.from({ length: offsets.length - 1 }, (_, i) =>
      new TextDecoder().decode(bytes.subarray(offsets[i], offsets[i + 1])),
    );
  expect(Array.from(keys.ids)).toEqual([1, 2]);
  expect(read(keys.emailKeys)).toEqual(['ana@clarus.example', '']);
  expect(read(keys.profileKeys)).toEqual(['in/ana', '']);
  expect(read(keys.nameKeys)).toEqual(['ana ruiz|clarus.example', '']);
  expect(read(keys.names)).toEqual(['Ana Ruiz', 'Ø']);
  expect(read(keys.companies)).toEqual(['Clarus', 'Zed']);
});
