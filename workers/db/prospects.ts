import type { PGlite } from '@electric-sql/pglite';
import type { Account, Prospect } from '../../src/domain/prospect';
import { fail, succeed } from '../../src/domain/result';
import type { Tier } from '../../src/domain/tier';
import type { ProspectApi, ProspectColumn, ProspectDetail, ProspectQuery, ProspectRow } from './api';
import { asked } from './copy';

export function createProspects(pg: PGlite): ProspectApi {
  return {
    async prospectOrder(query) {
      const { sql, values } = orderQuery(query);
      const { rows } = await pg.query<{ ids: string | null }>(
        `SELECT string_agg(prospect_id::text, ',') AS ids FROM (${sql}) AS found`,
        values,
      );
      const ids = rows[0]?.ids;
      return succeed(Int32Array.from(ids ? ids.split(',') : [], Number));
    },

    async prospectRows(ids, columns) {
      const values: string[] = [];
      const selected = columns.map((column, i) => `${expression(column, values)} AS c${i}`);
      const { rows } = await pg.query<Record<string, string | number | null>>(
        `SELECT ${['prospect_id AS id', ...selected].join(', ')}
          FROM ${asked(ids.subarray(0, windowLimit))} JOIN ${known} USING (prospect_id) ORDER BY place`,
        values,
      );
      return succeed(
        rows.map(
          (row): ProspectRow => ({
            id: Number(row.id),
            values: Object.fromEntries(columns.map((column, i) => [column, row[`c${i}`] ?? null])),
          }),
        ),
      );
    },

    async prospectColumns(ids) {
      const columns = Object.keys(expressions) as Fixed[];
      const { rows } = await pg.query<Record<string, boolean> & { extra: string[] | null }>(
        `SELECT ${columns.map((column) => `${anyValue(column)} AS "${column}"`).join(', ')},
            (SELECT array_agg(header ORDER BY count DESC, header) FROM (
              SELECT header, count(*) FROM ${asked(ids)} JOIN prospect USING (prospect_id),
                jsonb_each_text(extra) AS field (header, value) WHERE value <> '' GROUP BY 1
            ) AS headers) AS extra
          FROM ${asked(ids)} JOIN ${known} USING (prospect_id)`,
      );
      const found = rows[0]!;
      const extra = (found.extra ?? []).map((header): ProspectColumn => `extra:${header}`);
      const has = (column: Fixed) => found[column] === true;
      return succeed([...columns.filter(has), ...extra, ...columns.filter((column) => !has(column))]);
    },

    async prospect(id) {
      const [person, signals, engagement, tiers] = [
        await pg.query<Person>(`${personQuery} WHERE prospect_id = $1`, [id]),
        await pg.query<ProspectDetail['signals'][number]>(
          `SELECT signal_id AS id, signal.prospect_id AS "prospectId", signal.account_id AS "accountId", kind,
              coalesce(happened_on::text, '') AS "happenedOn", source, quote, confidence
            FROM signal JOIN prospect ON prospect.prospect_id = $1
            WHERE signal.prospect_id = $1
              OR signal.prospect_id IS NULL AND signal.account_id = prospect.account_id
            ORDER BY happened_on DESC NULLS LAST, signal_id DESC`,
          [id],
        ),
        await pg.query<ProspectDetail['engagement'][number]>(
          `SELECT engagement_id AS id, prospect_id AS "prospectId", kind, happened_on::text AS "happenedOn"
            FROM engagement WHERE prospect_id = $1 ORDER BY happened_on DESC, engagement_id DESC`,
          [id],
        ),
        await pg.query<{ tier: Tier; score: number; since: Date; reason: string }>(
          `SELECT tier, score, valid_from AS since, reason FROM tier_assignment
            WHERE prospect_id = $1 ORDER BY valid_from DESC, tier_assignment_id DESC`,
          [id],
        ),
      ];
      const found = person.rows[0];
      if (!found) return fail('prospect-gone', 'This prospect is no longer in the workbench.');
      const { accountId, accountName, domain, industry, keywords, employees, description, ...rest } = found;
      return succeed({
        ...rest,
        account: { id: accountId, name: accountName, domain, industry, keywords, employees, description },
        signals: signals.rows,
        engagement: engagement.rows,
        tierHistory: tiers.rows.map((change) => ({ ...change, since: change.since.toISOString() })),
      });
    },
  };
}

/** The most rows that a window of a table asks for. */
const windowLimit = 500;

/** Prospects with their account and the tier they have now. */
const known = `(
  SELECT prospect.*, account.name AS company, account.domain, account.industry, account.keywords,
    account.employees, account.description, current.tier, current.score
  FROM prospect JOIN account USING (account_id)
    LEFT JOIN tier_assignment AS current ON current.prospect_id = prospect.prospect_id
      AND current.valid_to IS NULL
) AS known`;

const itsSignals = `signal
  WHERE signal.prospect_id = known.prospect_id
    OR signal.prospect_id IS NULL AND signal.account_id = known.account_id`;

type Fixed = Exclude<ProspectColumn, `extra:${string}`>;

const expressions: Readonly<Record<Fixed, string>> = {
  name: `btrim(first_name || ' ' || last_name)`,
  title: 'title',
  company: 'company',
  email: 'email',
  industry: 'industry',
  employees: 'employees',
  location: 'location',
  keywords: 'keywords',
  description: 'description',
  linkedinUrl: 'linkedin_url',
  phone: 'phone',
  domain: 'domain',
  list: `(SELECT string_agg(list.name, ', ' ORDER BY list_id) FROM list_prospect JOIN list USING (list_id)
    WHERE list_prospect.prospect_id = known.prospect_id)`,
  signals: `(SELECT count(*)::int FROM ${itsSignals})`,
  lastSignal: `(SELECT max(happened_on)::text FROM ${itsSignals})`,
  lastEngagement: `(SELECT max(happened_on)::text FROM engagement
    WHERE engagement.prospect_id = known.prospect_id)`,
  tier: 'tier::int',
  score: 'score',
};

const numberColumns: readonly string[] = ['employees', 'signals', 'tier', 'score'];
/** These sort by their bytes: no letter case, no accents. */
const dayColumns: readonly string[] = ['lastSignal', 'lastEngagement'];

const searched = `lower(concat_ws(' ', first_name, last_name, title, company, industry, keywords, description))`;

/** The SQL of a column of {@link known}. A header of the rep's goes into `values`, never into the text. */
function expression(column: ProspectColumn, values: string[]): string {
  if (!column.startsWith('extra:')) return expressions[column as Fixed];
  values.push(column.slice('extra:'.length));
  return `extra ->> $${values.length}`;
}

function anyValue(column: Fixed): string {
  if (column === 'signals') return `bool_or(EXISTS (SELECT FROM ${itsSignals}))`;
  if (numberColumns.includes(column)) return `bool_or(${expressions[column]} IS NOT NULL)`;
  return `bool_or(${expressions[column]} <> '') IS TRUE`;
}

function orderQuery({ ids, search, sort, filters = [] }: ProspectQuery): { sql: string; values: string[] } {
  const values: string[] = [];
  const contains = (text: string, part: string) => {
    values.push(`%${part.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`);
    return `${text} LIKE $${values.length}`;
  };
  const conditions = (search ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => contains(searched, word));
  for (const filter of filters) {
    const column = expression(filter.column, values);
    if ('contains' in filter) {
      if (filter.contains) conditions.push(contains(`lower((${column})::text)`, filter.contains));
      continue;
    }
    const number = numberColumns.includes(filter.column) ? column : asNumber(column);
    if (filter.min !== undefined) conditions.push(`${number} >= ${Number(filter.min)}`);
    if (filter.max !== undefined) conditions.push(`${number} <= ${Number(filter.max)}`);
  }

  const order: string[] = [];
  if (sort) {
    const isPlain = numberColumns.includes(sort.column) || dayColumns.includes(sort.column);
    const column = isPlain
      ? expression(sort.column, values)
      : `nullif(${expression(sort.column, values)}, '') COLLATE "und-x-icu"`;
    const direction = sort.descending ? 'DESC' : 'ASC';
    // Numbers that a list brought as text ("1,200", "12 %") sort as numbers, before what is none.
    if (sort.column.startsWith('extra:'))
      order.push(`${asNumber(expression(sort.column, values))} ${direction} NULLS LAST`);
    // What is empty comes last, whichever way.
    order.push(`${column} ${direction} NULLS LAST`);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  return {
    sql: `SELECT prospect_id FROM ${asked(ids)} JOIN ${known} USING (prospect_id) ${where}
      ORDER BY ${[...order, 'place'].join(', ')}`,
    values,
  };
}

/** A text as a number, null where it is none; signs of currency, per cent and thousands don't count. */
function asNumber(text: string): string {
  return `CASE WHEN ${text} ~ '^[^0-9A-Za-z.-]*-?[0-9][0-9,]*(\\.[0-9]+)?[^0-9A-Za-z.-]*$'
    THEN regexp_replace(${text}, '[^0-9.-]', '', 'g')::numeric END`;
}

/** A prospect and their account in one row. */
interface Person extends Omit<Prospect, 'account'>, Omit<Account, 'id' | 'name'> {
  readonly accountId: number;
  readonly accountName: string;
}

const personQuery = `SELECT prospect_id AS id, first_name AS "firstName", last_name AS "lastName", title, email,
    linkedin_url AS "linkedinUrl", phone, location, extra, account_id AS "accountId", name AS "accountName",
    domain, industry, keywords, employees, description
  FROM prospect JOIN account USING (account_id)`;
