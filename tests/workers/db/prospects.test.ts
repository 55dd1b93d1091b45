import { describe, expect, test } from 'vitest';
import type { ProspectColumn, ProspectQuery } from '../../../workers/db/api';
import { failure, importRows, openWorkbench, type Row, value } from './workbench';

const rows: Row[] = [
  {
    first_name: 'Zoë',
    title: 'COO',
    company: 'Clarus',
    domain: 'c.example',
    industry: 'Payments',
    employees: 9,
    extra: '{"Revenue":"$1,200","Tag":""}',
  },
  {
    first_name: 'ada',
    title: 'CFO',
    company: 'Nova',
    industry: 'Mining',
    employees: 100,
    extra: '{"Revenue":"$90"}',
  },
  {
    first_name: 'Éric',
    title: '50% partner',
    company: 'Zed',
    email: 'e@zed.example',
    description: 'Payments for mines.',
  },
  { first_name: 'Ben', company: 'Übel', employees: 20, extra: '{"Revenue":"unknown"}' },
];

async function names(query: Omit<ProspectQuery, 'ids'>, ids?: Int32Array): Promise<unknown[]> {
  const { db } = await openWorkbench();
  const list = await importRows(db, rows);
  const found = value(await db.prospectOrder({ ids: ids ?? list.ids, ...query }));
  return value(await db.prospectRows(found, ['name'])).map((row) => row.values.name);
}

describe('the order', () => {
  test('without a sort is the order of the ids given, without those that are gone', async () => {
    expect(await names({}, Int32Array.of(3, 1, 99, 2))).toEqual(['Éric', 'Zoë', 'ada']);
  });

  test('of a text column knows letters, not bytes', async () => {
    expect(await names({ sort: { column: 'name', descending: false } })).toEqual([
      'ada',
      'Ben',
      'Éric',
      'Zoë',
    ]);
    expect(await names({ sort: { column: 'name', descending: true } })).toEqual([
      'Zoë',
      'Éric',
      'Ben',
      'ada',
    ]);
  });

  test('puts what is empty last, whichever way', async () => {
    expect(await names({ sort: { column: 'employees', descending: false } })).toEqual([
      'Zoë',
      'Ben',
      'ada',
      'Éric',
    ]);
    expect(await names({ sort: { column: 'employees', descending: true } })).toEqual([
      'ada',
      'Ben',
      'Zoë',
      'Éric',
    ]);
    expect((await names({ sort: { column: 'industry', descending: true } })).slice(0, 2)).toEqual([
      'Zoë',
      'ada',
    ]);
  });

  test("of a list's own column sorts numbers as numbers, then texts", async () => {
    expect(await names({ sort: { column: 'extra:Revenue', descending: false } })).toEqual([
      'ada',
      'Zoë',
      'Ben',
      'Éric',
    ]);
  });
});

describe('what is searched', () => {
  test('is every word, anywhere, regardless of case', async () => {
    expect(await names({ search: 'PAYMENTS' })).toEqual(['Zoë', 'Éric']);
    expect(await names({ search: 'payments zed' })).toEqual(['Éric']);
    expect(await names({ search: 'übel' })).toEqual(['Ben']);
    expect(await names({ search: '  ' })).toHaveLength(4);
  });

  test('is taken literally', async () => {
    expect(await names({ search: '50%' })).toEqual(['Éric']);
    expect(await names({ search: '_da' })).toEqual([]);
    expect(await names({ search: "'; DROP TABLE prospect; --" })).toEqual([]);
  });

  test('can be a filter by column: a part of a text, or an interval', async () => {
    expect(await names({ filters: [{ column: 'industry', contains: 'min' }] })).toEqual(['ada']);
    expect(await names({ filters: [{ column: 'employees', min: 10, max: 100 }] })).toEqual(['ada', 'Ben']);
    expect(await names({ filters: [{ column: 'extra:Revenue', min: 100 }] })).toEqual(['Zoë']);
    expect(await names({ filters: [{ column: 'extra:it\'s "odd"', contains: 'x' }] })).toEqual([]);
  });
});

describe('a window of rows', () => {
  test('holds every column, in the order asked for', async () => {
    const { db } = await openWorkbench();
    const list = await importRows(db, rows, 'spring.csv');
    value(
      await db.importHistory({
        signals: [
          {
            email: 'e@zed.example',
            kind: 'post',
            happenedOn: '2026-03-01',
            source: 's',
            quote: 'q',
            confidence: 1,
          },
          {
            email: 'E@Zed.example ',
            about: 'account',
            kind: 'press',
            happenedOn: '2026-04-01',
            source: 's',
            quote: 'q',
            confidence: 1,
          },
        ],
        engagement: [{ email: 'e@zed.example', kind: 'reply', happenedOn: '2026-05-01' }],
      }),
    );
    const columns: ProspectColumn[] = [
      'list',
      'signals',
      'lastSignal',
      'lastEngagement',
      'tier',
      'score',
      'extra:Revenue',
      'description',
    ];
    const found = value(await db.prospectRows(Int32Array.of(list.ids[2]!, list.ids[0]!), columns));
    expect(found).toEqual([
      {
        id: list.ids[2],
        values: {
          list: 'spring.csv',
          signals: 2,
          lastSignal: '2026-04-01',
          lastEngagement: '2026-05-01',
          tier: null,
          score: null,
          'extra:Revenue': null,
          description: 'Payments for mines.',
        },
      },
      {
        id: list.ids[0],
        values: {
          list: 'spring.csv',
          signals: 0,
          lastSignal: null,
          lastEngagement: null,
          tier: null,
          score: null,
          'extra:Revenue': '$1,200',
          description: '',
        },
      },
    ]);
  });

  test('is told which columns have any value', async () => {
    const { db } = await openWorkbench();
    const { ids } = await importRows(db, rows);
    const columns = value(await db.prospectColumns(ids));
    const some = columns.slice(0, columns.indexOf('extra:Revenue') + 1);
    expect(some).toEqual([
      'name',
      'title',
      'company',
      'email',
      'industry',
      'employees',
      'description',
      'domain',
      'list',
      'extra:Revenue',
    ]);
    expect(columns).toContain('phone');
    expect(columns).not.toContain('extra:Tag');
    expect(value(await db.prospectColumns(new Int32Array(0)))).toContain('name');
  });
});

test('a prospect comes with what is known of them, newest first; one who is gone is said so', async () => {
  const { db } = await openWorkbench();
  const { ids } = await importRows(db, rows);
  const id = ids[2]!;
  const signal = {
    prospectId: id,
    kind: 'post',
    source: 'profile',
    quote: 'We opened a mine.',
    confidence: 0.5,
  } as const;
  const given = value(
    await db.addSignals([
      { ...signal, happenedOn: '2026-01-01' },
      { ...signal, happenedOn: '' },
      { ...signal, happenedOn: '2026-02-01' },
    ]),
  );
  value(await db.addEngagement([{ prospectId: id, kind: 'reply', happenedOn: '2026-02-02' }]));
  const found = value(await db.prospect(id));
  expect(found).toMatchObject({ firstName: 'Éric', account: { name: 'Zed', employees: null } });
  expect(found.signals.map(({ id }) => id)).toEqual([given[2], given[0], given[1]]);
  expect(found.signals[2]).toMatchObject({ happenedOn: '', confidence: 0.5, prospectId: id });
  expect(found.engagement).toMatchObject([{ kind: 'reply', happenedOn: '2026-02-02' }]);

  value(await db.removeSignal(given[0]!));
  value(await db.removeEngagement(found.engagement[0]!.id));
  const later = value(await db.prospect(id));
  expect([later.signals.length, later.engagement.length]).toEqual([2, 0]);
  expect(failure(await db.prospect(999)).code).toBe('prospect-gone');
});

test('a signal about the company is everybody’s there', async () => {
  const { db } = await openWorkbench();
  const { ids } = await importRows(db, [
    { first_name: 'Ann', company: 'Zed', email: 'ann@zed.example' },
    { first_name: 'Bo', company: 'Zed', email: 'bo@zed.example' },
  ]);
  const [ann, bo] = ids;
  const about = 'account' as const;
  const signal = {
    kind: 'talk',
    happenedOn: '2026-02-01',
    source: 's',
    quote: 'q\0',
    confidence: 1,
  } as const;
  value(await db.addSignals([{ ...signal, prospectId: ann!, about }]));
  value(await db.addSignals([{ ...signal, prospectId: ann! }]));
  expect(value(await db.prospect(bo!)).signals).toMatchObject([{ prospectId: null, quote: 'q' }]);
  expect(value(await db.prospect(ann!)).signals).toHaveLength(2);
});

test('signals of somebody who is gone are refused, all of them', async () => {
  const { db } = await openWorkbench();
  const { ids } = await importRows(db, rows);
  const signal = { kind: 'post', happenedOn: '2026-01-01', source: '', quote: '', confidence: 1 } as const;
  const refused = await db.addSignals([
    { ...signal, prospectId: ids[0]! },
    { ...signal, prospectId: 999 },
  ]);
  expect(failure(refused).code).toBe('prospect-gone');
  expect(value(await db.prospect(ids[0]!)).signals).toEqual([]);
});

test('a history says which emails nobody has', async () => {
  const { db } = await openWorkbench();
  await importRows(db, rows);
  const stored = await db.importHistory({
    signals: [],
    engagement: [
      { email: 'nobody@x.example', kind: 'sent', happenedOn: '2026-01-01' },
      { email: 'E@ZED.example', kind: 'sent', happenedOn: '2026-01-01' },
    ],
  });
  expect(value(stored)).toEqual({ signals: 0, engagement: 1, unknown: ['nobody@x.example'] });
});
