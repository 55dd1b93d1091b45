import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Duplicates, findDuplicates, resolve } from '../../../src/domain/prospect/duplicates';
import type { Identity } from '../../../src/domain/prospect/row';

const nobody: Identity = { email: '', profile: '', name: '', domain: '', company: '' };
const person = (identity: Partial<Identity>): Identity => ({ ...nobody, ...identity });

/** Runs the search to its end. */
function find(rows: readonly Identity[], existing: readonly Identity[] = []): Duplicates[] {
  const search = findDuplicates(rows, existing);
  for (let last = -1; ; ) {
    const step = search.next();
    if (step.done) return step.value;
    expect(step.value).toBeGreaterThanOrEqual(Math.min(last, 1) - 1e-9);
    expect(step.value).toBeLessThanOrEqual(1);
    last = step.value;
  }
}

const ann = person({
  email: 'ann@acme.example',
  profile: 'ann-lee',
  name: 'ann lee',
  domain: 'acme.example',
  company: 'acme',
});

describe('certain', () => {
  test.each([
    ['same email', person({ email: ann.email, name: 'ann lee' })],
    ['same email', person({ email: ann.email })],
    ['same profile link', person({ profile: ann.profile, email: 'ann@home.example', name: 'a lee' })],
    ['same name and company', person({ name: ann.name, domain: ann.domain })],
    ['same name and company', person({ name: ann.name, company: ann.company, email: 'ann@home.example' })],
  ])('%s', (reason, again) => {
    const other = person({ email: 'bob@bolt.example', name: 'bob bolt', domain: 'bolt.example' });
    expect(find([ann, other, again])).toEqual([
      expect.objectContaining({ certain: true, reason, existing: -1, rows: [0, 2] }),
    ]);
  });

  test('links pass on: one by address, the next by profile', () => {
    const chain = [
      person({ email: 'a@acme.example', name: 'ann lee' }),
      person({ email: 'a@acme.example', profile: 'ann', name: 'ann lee' }),
      person({ profile: 'ann', name: 'ann lee' }),
    ];
    expect(find(chain)).toEqual([
      expect.objectContaining({ certain: true, rows: [0, 1, 2], reason: 'same email; same profile link' }),
    ]);
  });

  test('who is stored already', () => {
    const [group] = find(
      [person({ email: 'new@acme.example' }), person({ email: ann.email })],
      [nobody, ann],
    );
    expect(group).toMatchObject({ certain: true, existing: 1, rows: [1] });
    expect(find([person({ email: 'new@acme.example' })], [ann, ann])).toEqual([]);
  });
});

describe('not certain', () => {
  test.each([
    [
      'a mailbox that two people share',
      'same email, different names',
      [
        person({ email: 'info@acme.example', name: 'ann lee' }),
        person({ email: 'info@acme.example', name: 'peter brown' }),
      ],
    ],
    [
      'a profile link copied down a column',
      'same profile link, different names',
      [person({ profile: 'me', name: 'ann lee' }), person({ profile: 'me', name: 'peter brown' })],
    ],
    [
      'two addresses at one host for one name',
      'same name and company, different addresses',
      [
        person({ email: 'john.smith@acme.example', name: 'john smith', domain: 'acme.example' }),
        person({ email: 'john.smith2@acme.example', name: 'john smith', domain: 'acme.example' }),
      ],
    ],
    [
      'two companies of one name',
      'same name and company, different addresses',
      [
        person({ name: 'john smith', company: 'apollo', domain: 'apollo.example' }),
        person({ name: 'john smith', company: 'apollo', domain: 'apollo-tyres.example' }),
      ],
    ],
    [
      'a first name alone',
      'same name and company, different addresses',
      [person({ name: 'john', company: 'acme' }), person({ name: 'john', company: 'acme' })],
    ],
    [
      'a slip of the pen',
      'similar name, same company',
      [
        person({ name: 'katarzyna kowalska', company: 'acme', email: 'kk@acme.example' }),
        person({ name: 'katarzyna kowalskaa', company: 'acme' }),
      ],
    ],
  ])('%s', (_, reason, rows) => {
    expect(find(rows)).toEqual([expect.objectContaining({ certain: false, reason, rows: [0, 1] })]);
  });

  test('a stored prospect stands for its rows', () => {
    const rows = [ann, person({ name: 'ann leee', domain: 'acme.example' })];
    const groups = find(rows, [ann]);
    expect(groups).toEqual([
      expect.objectContaining({ certain: true, existing: 0, rows: [0] }),
      expect.objectContaining({ certain: false, existing: 0, rows: [1] }),
    ]);
  });

  test('other people at one company are not asked about', () => {
    const names = ['ann lee', 'dan lee', 'maria garcia', 'mario garza', 'john smith', 'joan smyth'];
    expect(find(names.map((name) => person({ name, company: 'acme' })))).toEqual([]);
  });
});

const anyone = fc.record({
  email: fc.constantFrom('', '', 'a@x.example', 'b@x.example', 'info@x.example'),
  profile: fc.constantFrom('', '', '', 'p', 'q'),
  name: fc.constantFrom(
    '',
    'ann lee',
    'ann leee',
    'peter brown',
    'petra braun',
    'katarzyna kowalska',
    'katarzyna kowalskaa',
  ),
  domain: fc.constantFrom('', 'x.example', 'y.example'),
  company: fc.constantFrom('', 'x', 'y'),
});

test('the order of the rows does not matter to who is a duplicate', () => {
  fc.assert(
    fc.property(
      fc
        .array(anyone, { minLength: 2, maxLength: 12 })
        .chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length })),
        ),
      fc.array(anyone, { maxLength: 4 }),
      ([rows, order], existing) => {
        const asSets = (groups: readonly Duplicates[], name: (row: number) => number) =>
          groups
            .filter(({ certain }) => certain)
            .map(
              (group) => `${group.existing}: ${group.rows.map(name).sort((a, b) => a - b)} ${group.reason}`,
            )
            .sort();
        const shuffled = order.map((row) => rows[row]!);
        expect(asSets(find(shuffled, existing), (row) => order[row]!)).toEqual(
          asSets(find(rows, existing), (row) => row),
        );
        // Which row speaks for a person may change, not which persons are put to the question.
        const asked = (list: readonly Identity[], groups: readonly Duplicates[]) =>
          groups
            .filter(({ certain }) => !certain)
            .map(({ rows, existing, reason }) => `${rows.length} ${existing} ${reason}`)
            .sort()
            .concat(String(list.length));
        expect(asked(shuffled, find(shuffled, existing))).toEqual(asked(rows, find(rows, existing)));
      },
    ),
    { numRuns: 300 },
  );
});

test('whatever is merged, every row ends up once', () => {
  fc.assert(
    fc.property(
      fc.array(anyone, { maxLength: 14 }),
      fc.array(anyone, { maxLength: 4 }),
      fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
      (rows, existing, coins) => {
        const groups = find(rows, existing);
        const merged = groups.filter((_, i) => coins[i % coins.length]);
        const { target, into } = resolve(rows.length, groups, (group) => merged.includes(group));
        const standIns: number[] = [];
        for (const row of rows.keys()) {
          const head = target[row]!;
          // A row is merged into one that stands, above it in the file.
          if (head >= 0) expect([target[head], head < row]).toEqual([-1, true]);
          else if (into[row]! >= 0) standIns.push(into[row]!);
        }
        // A stored prospect is filled from one line alone.
        expect(new Set(standIns).size).toBe(standIns.length);
        for (const group of merged) {
          const heads = new Set(group.rows.map((row) => (target[row]! < 0 ? row : target[row]!)));
          expect(heads.size).toBe(1);
          if (group.existing >= 0) expect(into[[...heads][0]!]).toBeGreaterThanOrEqual(0);
        }
        if (merged.length === 0) expect([...target, ...into].every((value) => value === -1)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('a company of twenty thousand and a mailbox of ten thousand are compared in seconds', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const word = (n: number) =>
    Array.from({ length: 7 }, (_, i) => letters[(Math.imul(n + 1, 2654435761 + i * 40503) >>> 9) % 26]).join(
      '',
    );
  const rows = Array.from({ length: 20_000 }, (_, i) =>
    person({
      name: `${word(i)} ${word(i + 99_991)}`,
      company: 'giant',
      email: i % 2 ? 'info@giant.example' : '',
    }),
  );
  const began = performance.now();
  const groups = find(rows);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(groups.some(({ certain, rows }) => !certain && rows.length >= 10_000)).toBe(true);
});
