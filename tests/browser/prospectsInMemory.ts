import type {
  ProspectColumn,
  ProspectDetail,
  ProspectQuery,
  ProspectRow,
  Prospects,
} from '../../src/boundary/services';
import { fail, succeed } from '../../src/domain/result';

/**
 * What the database answers about prospects, over an array: for tests of the views, where the database itself is not
 * what is tested. `pause` is how long each answer takes, in milliseconds.
 */
export function prospectsOf(people: readonly ProspectDetail[], pause = 0): Prospects {
  const byId = new Map(people.map((person) => [person.id, person]));
  const waits = () => new Promise((done) => setTimeout(done, pause));
  const present = (ids: Int32Array) =>
    Array.from(ids, (id) => byId.get(id)).filter((one) => one !== undefined);

  return {
    revision: () => 0,

    async order({ ids, search, filters, sort }: ProspectQuery) {
      await waits();
      const words = (search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
      const found = present(ids).filter((person) => {
        const text = searched
          .map((column) => valueIn(person, column) ?? '')
          .join(' ')
          .toLowerCase();
        return (
          words.every((word) => text.includes(word)) &&
          (filters ?? []).every((filter) => {
            const value = valueIn(person, filter.column);
            if ('contains' in filter)
              return String(value ?? '')
                .toLowerCase()
                .includes(filter.contains.toLowerCase());
            const { min = -Infinity, max = Infinity } = filter;
            return typeof value === 'number' && value >= min && value <= max;
          })
        );
      });
      if (sort) {
        const { column, descending } = sort;
        found.sort((a, b) => compare(valueIn(a, column), valueIn(b, column), descending ? -1 : 1));
      }
      return succeed(Int32Array.from(found, (person) => person.id));
    },

    async rows(ids: Int32Array, columns: readonly ProspectColumn[]) {
      await waits();
      return succeed(
        present(ids).map(
          (person): ProspectRow => ({
            id: person.id,
            values: Object.fromEntries(columns.map((column) => [column, valueIn(person, column)])),
          }),
        ),
      );
    },

    async columns(ids: Int32Array) {
      await waits();
      const people = present(ids);
      const extras = new Set(people.flatMap((person) => Object.keys(person.extra)));
      return succeed([...ownColumns, ...Array.from(extras, (header) => `extra:${header}` as const)]);
    },

    async get(id: number) {
      await waits();
      const person = byId.get(id);
      return person
        ? succeed(person)
        : fail('no-such-prospect', 'This prospect is no longer in the workbench.');
    },
  };
}

const searched = ['name', 'title', 'company', 'industry', 'keywords', 'description'] as const;
const ownColumns = [
  ...searched,
  'email',
  'employees',
  'location',
  'linkedinUrl',
  'phone',
  'domain',
  'signals',
  'lastSignal',
  'tier',
  'score',
] as const satisfies readonly ProspectColumn[];

function valueIn(person: ProspectDetail, column: ProspectColumn): string | number | null {
  switch (column) {
    case 'name':
      return `${person.firstName} ${person.lastName}`;
    case 'company':
      return person.account.name;
    case 'industry':
    case 'keywords':
    case 'description':
    case 'domain':
    case 'employees':
      return person.account[column];
    case 'title':
    case 'email':
    case 'location':
    case 'linkedinUrl':
    case 'phone':
      return person[column];
    case 'signals':
      return person.signals.length;
    case 'lastSignal':
      return person.signals[0]?.happenedOn ?? null;
    case 'lastEngagement':
      return person.engagement[0]?.happenedOn ?? null;
    case 'tier':
      return person.tierHistory[0]?.tier ?? null;
    case 'score':
      return person.tierHistory[0]?.score ?? null;
    case 'list':
      return 'in memory';
    default:
      return person.extra[column.slice('extra:'.length)] ?? null;
  }
}

/** Empty ones last, whichever way. */
function compare(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || a === '') return b === null || b === '' ? 0 : 1;
  if (b === null || b === '') return -1;
  const order =
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');
  return sign * order;
}

/** Fictional people, the same for the same number: every third has a signal, every second a tier. */
export function people(count: number, today: string): ProspectDetail[] {
  return Array.from({ length: count }, (_, index): ProspectDetail => {
    const pick = <T>(from: readonly T[], salt: number): T =>
      from[(index * 7919 + salt * 104729) % from.length] as T;
    const daysAgo = (days: number) =>
      new Date(Date.parse(today) - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const id = index + 1;
    const firstName = pick(
      ['Ada', 'Bruno', 'Carmen', 'Dmitri', 'Elif', 'Femi', 'Greta', 'Hiro', 'Ines', 'Jonas'],
      1,
    );
    const lastName = pick(
      ['Aalto', 'Brandt', 'Costa', 'Duval', 'Eriksen', 'Fischer', 'Gupta', 'Haddad', 'Ito'],
      2,
    );
    const company = `${pick(['Northwind', 'Clarus', 'Bluefin', 'Harrow', 'Juniper', 'Quartz', 'Saltmarsh'], 3)} ${pick(['Finance', 'Logistics', 'Labs', 'Energy', 'Health'], 4)}`;
    const tier = pick([1, 2, 3, 3] as const, 5);
    return {
      id,
      firstName,
      lastName,
      title: pick(['Head of Sales', 'VP Operations', 'Chief Financial Officer', 'RevOps Lead', 'Founder'], 6),
      email: `${firstName}.${lastName}${id}@example.com`.toLowerCase(),
      linkedinUrl:
        index % 4 === 0 ? '' : `https://www.linkedin.com/in/${firstName}-${lastName}-${id}`.toLowerCase(),
      phone: index % 5 === 0 ? `+49 30 5550 ${1000 + (index % 9000)}` : '',
      location: pick(['Berlin', 'Lisbon', 'Oslo', 'Toronto', 'Nairobi', ''], 7),
      account: {
        id,
        name: company,
        domain: `${company.replace(' ', '-').toLowerCase()}.example`,
        industry: pick(['Payments', 'Freight', 'Biotech', 'Solar', 'Insurance', 'Retail'], 8),
        keywords: pick(['card issuing, fraud', 'customs, routing', 'assays', 'grid storage', 'claims'], 9),
        employees: index % 11 === 0 ? null : 5 + ((index * 37) % 4000),
        description: `${company} moves ${pick(['goods', 'money', 'data', 'samples'], 10)} for mid-size firms across Europe, and has done so since ${1990 + (index % 30)}. Its teams work from four offices, and most of its customers came through partners rather than through the front door, which shows in how it hires and in what it publishes.`,
      },
      extra: index % 2 === 0 ? { Owner: pick(['Mara', 'Tom'], 11), 'Last touch': daysAgo(index % 90) } : {},
      signals:
        index % 3 === 0
          ? [
              {
                id: id * 10,
                prospectId: index % 2 === 0 ? id : null,
                accountId: id,
                kind: pick(['funding', 'post', 'hiring', 'job change'] as const, 12),
                happenedOn: daysAgo(3 + (index % 200)),
                source: pick(['https://www.example.com/news/1', 'podcast, minute 12'], 13),
                quote:
                  'We are rebuilding how we hand leads over, and we would rather lose a week than a customer.',
                confidence: 0.9,
              },
            ]
          : [],
      engagement:
        index % 6 === 0
          ? [
              {
                id,
                prospectId: id,
                kind: pick(['reply', 'click', 'ignored'] as const, 14),
                happenedOn: daysAgo(8),
              },
            ]
          : [],
      tierHistory:
        index % 2 === 0
          ? [
              {
                tier,
                score: 95 - (index % 80),
                since: `${daysAgo(12)}T09:00:00Z`,
                reason: 'A fresh signal arrived',
              },
            ]
          : [],
    };
  });
}
