import type { Transaction } from '@electric-sql/pglite';
import { type PreparedList, preparedColumns } from '../../src/domain/list';
import { fail } from '../../src/domain/result';
import type { Report } from './api';
import { refuse, step } from './write';

/** Stores a list, its accounts and prospects by one COPY and set-based steps; answers the list's id. */
export async function storeList(tx: Transaction, list: PreparedList, tell: Report): Promise<number> {
  const total = list.prospectCount;
  await step(tell, 0, total, 'prospects stored');
  await stage(tx, list.csv);
  await step(tell, Math.round(total * 0.3), total, 'prospects stored');
  // Every row below is made from rows of these very tables, in this transaction: checking each reference again would
  // double the time.
  await tx.exec('SET LOCAL session_replication_role = replica');
  await tx.exec(placeAccounts);
  await tx.exec(storeAccounts);
  await step(tell, Math.round(total * 0.6), total, 'prospects stored');
  await tx.exec(storeProspects);

  const { rows } = await tx.query<{ list_id: number }>(
    `INSERT INTO list (name, encoding, delimiter, row_count, rejected_count, merged_count, known_count)
      VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING list_id`,
    [
      list.name,
      list.encoding,
      list.delimiter,
      list.rowCount,
      list.rejectedCount,
      list.mergedCount,
      list.knownCount,
    ],
  );
  const listId = rows[0]!.list_id;
  await tx.query(
    'INSERT INTO list_report (list_id, headers, mapping, report) VALUES ($1, $2::jsonb, $3::jsonb, $4)',
    [listId, JSON.stringify(list.headers), JSON.stringify(list.mapping), list.report],
  );
  await tx.query(
    `INSERT INTO list_prospect (list_id, prospect_id, line)
      SELECT $1, prospect_id, min(line) FROM placed GROUP BY prospect_id ORDER BY min(line)`,
    [listId],
  );
  // Nothing in this single process does so by itself, and plans made without it are slow.
  await tx.exec('ANALYZE account (account_id), prospect (prospect_id, account_id), list_prospect');
  await step(tell, total, total, 'prospects stored');
  return listId;
}

/** Brings the rows as they are into a table that lasts as long as the transaction. */
async function stage(tx: Transaction, csv: Uint8Array): Promise<void> {
  const numbers = ['line', 'employees', 'merge_into'];
  const texts = preparedColumns.filter((column) => !numbers.includes(column));
  await tx.exec(`CREATE TEMP TABLE staged (
      ${preparedColumns.map((column) => `${column} ${numbers.includes(column) ? 'integer' : 'text'}`).join(', ')}
    ) ON COMMIT DROP`);
  try {
    await tx.query(
      `COPY staged (${preparedColumns.join(', ')}) FROM '/dev/blob'
        WITH (FORMAT csv, FORCE_NOT_NULL (${texts.join(', ')}))`,
      [],
      { blob: new Blob([csv as Uint8Array<ArrayBuffer>]) },
    );
  } catch (error) {
    // A text that PostgreSQL can't hold; anything else in the prepared rows is our own doing.
    if (error instanceof Error && 'code' in error && error.code === '22021')
      refuse(
        fail(
          'list-unstorable',
          `A cell of the list holds a character that can't be stored (${error.message}). Save the file as UTF-8 and import it again.`,
        ),
      );
    throw error;
  }
  const { rows } = await tx.query<{ missing: number }>(
    `SELECT count(*)::int AS missing FROM staged
      WHERE merge_into IS NOT NULL AND merge_into NOT IN (SELECT prospect_id FROM prospect)`,
  );
  if (rows[0]!.missing > 0)
    refuse(
      fail(
        'list-outdated',
        'The workbench has changed since this list was read: some of the prospects it would be merged into are gone. Read the list again.',
      ),
    );
  await tx.exec(place);
}

/** Beside each row its prospect, in file order, and what its account is found by: narrow, for it is rewritten often. */
const place = `
CREATE TEMP TABLE placed ON COMMIT DROP AS
WITH start AS (
  SELECT coalesce(max(prospect_id), 0) AS id FROM prospect
)
SELECT line, merge_into, domain, lower(company) AS name, NULL::integer AS account_id,
  coalesce(merge_into, start.id + row_number() OVER (PARTITION BY merge_into IS NULL ORDER BY line))::integer
    AS prospect_id
FROM staged, start;
ANALYZE staged (line);
ANALYZE placed;
`;

/** Numbers the rows that have no account yet: one new account for each value of `key`, in the order of the file. */
const newAccounts = (key: string, rows: string) => `
WITH start AS (
  SELECT greatest((SELECT max(account_id) FROM account), (SELECT max(account_id) FROM placed), 0) AS id
), keys AS (
  SELECT ${key} AS key, row_number() OVER (ORDER BY min(line)) AS place
  FROM placed WHERE account_id IS NULL AND ${rows} GROUP BY 1
)
UPDATE placed SET account_id = start.id + keys.place
FROM keys, start WHERE account_id IS NULL AND ${rows} AND ${key} = keys.key;
`;

const placeAccounts = `
-- A prospect known already keeps their account, unless it has no name yet and gets one here.
UPDATE placed SET account_id = account.account_id
FROM prospect JOIN account USING (account_id)
WHERE placed.merge_into = prospect.prospect_id
  AND (account.name <> '' OR account.domain <> '' OR placed.name = '' AND placed.domain = '');

UPDATE placed SET account_id = account.account_id
FROM account
WHERE placed.account_id IS NULL AND placed.domain <> '' AND account.domain = placed.domain;

-- An account known by name alone learns its domain, where this list names one and only one for that name.
WITH named AS (
  SELECT name, min(domain) AS domain
  FROM placed WHERE name <> '' AND domain <> '' GROUP BY 1 HAVING count(DISTINCT domain) = 1
), claims AS (
  SELECT named.domain, min(account_id) AS account_id
  FROM named JOIN account ON lower(account.name) = named.name AND account.domain = '' GROUP BY 1
)
UPDATE placed SET account_id = claims.account_id
FROM claims WHERE placed.account_id IS NULL AND placed.domain = claims.domain;

${newAccounts('domain', "domain <> ''")}

-- Without a domain the name decides: first within this list, then among the known accounts, where it is not in question.
WITH named AS (
  SELECT name, min(account_id) AS account_id
  FROM placed WHERE name <> '' AND domain <> '' AND merge_into IS NULL
  GROUP BY 1 HAVING count(DISTINCT account_id) = 1
)
UPDATE placed SET account_id = named.account_id
FROM named WHERE placed.account_id IS NULL AND placed.name = named.name;

WITH named AS (
  SELECT lower(name) AS name,
    coalesce(min(account_id) FILTER (WHERE domain = ''),
      CASE WHEN count(*) = 1 THEN min(account_id) END) AS account_id
  FROM account WHERE name <> '' GROUP BY 1
)
UPDATE placed SET account_id = named.account_id
FROM named WHERE placed.account_id IS NULL AND placed.name = named.name;

${newAccounts('name', "name <> ''")}
${newAccounts('line', 'true')}
`;

/** The first value of a column in file order that is not empty. */
const firstFilled = (column: string) =>
  `coalesce((array_agg(staged.${column} ORDER BY line) FILTER (WHERE staged.${column} <> ''))[1], '')`;

/** Keeps what a column of `table` holds; where it is empty takes what `source` has. */
const fill = (table: string, source: string, columns: readonly string[]) =>
  columns
    .map((column) => `${column} = coalesce(nullif(${table}.${column}, ''), ${source}.${column})`)
    .join(', ');

/** Whether {@link fill} would change anything. */
const gains = (table: string, source: string, columns: readonly string[]) =>
  columns.map((column) => `${table}.${column} = '' AND ${source}.${column} <> ''`).join(' OR ');

const accountTexts = ['name', 'industry', 'keywords', 'description'];

const storeAccounts = `
CREATE TEMP TABLE described ON COMMIT DROP AS
SELECT account_id, name, industry, keywords, employees, description,
  CASE WHEN row_number() OVER (PARTITION BY domain ORDER BY account_id) = 1 THEN domain ELSE '' END AS domain
FROM (
  SELECT account_id, ${firstFilled('company')} AS name, ${firstFilled('domain')} AS domain,
    ${firstFilled('industry')} AS industry, ${firstFilled('keywords')} AS keywords,
    (array_agg(staged.employees ORDER BY line) FILTER (WHERE staged.employees IS NOT NULL))[1] AS employees,
    ${firstFilled('description')} AS description
  FROM staged JOIN placed USING (line) LEFT JOIN account USING (account_id)
  -- What a row says of another company than the one a known prospect is kept at is not said of theirs.
  WHERE account.account_id IS NULL OR staged.merge_into IS NULL
    OR staged.company = '' AND staged.domain = ''
    OR lower(staged.company) = lower(account.name)
    OR staged.domain <> '' AND staged.domain = account.domain
  GROUP BY account_id
) AS said;

UPDATE account SET ${fill('account', 'described', accountTexts)},
  domain = CASE
    WHEN account.domain = '' AND NOT EXISTS (SELECT FROM account other WHERE other.domain = described.domain)
    THEN described.domain ELSE account.domain END,
  employees = coalesce(account.employees, described.employees)
FROM described
WHERE described.account_id = account.account_id AND (
  ${gains('account', 'described', [...accountTexts, 'domain'])}
  OR account.employees IS NULL AND described.employees IS NOT NULL);

INSERT INTO account (account_id, name, domain, industry, keywords, employees, description)
SELECT account_id, name, domain, industry, keywords, employees, description
FROM described WHERE account_id > (SELECT coalesce(max(account_id), 0) FROM account)
ORDER BY account_id;

SELECT setval(pg_get_serial_sequence('account', 'account_id'), max(account_id)) FROM account;
`;

const prospectTexts = [
  'first_name',
  'last_name',
  'title',
  'email',
  'email_status',
  'linkedin_url',
  'phone',
  'location',
  'email_key',
  'profile_key',
  'name_key',
];

const storeProspects = `
INSERT INTO prospect (prospect_id, account_id, extra, ${prospectTexts.join(', ')})
SELECT prospect_id, account_id, coalesce(nullif(extra, ''), '{}')::jsonb, ${prospectTexts.join(', ')}
FROM staged JOIN placed USING (line) WHERE staged.merge_into IS NULL ORDER BY prospect_id;

SELECT setval(pg_get_serial_sequence('prospect', 'prospect_id'), max(prospect_id)) FROM prospect;

CREATE TEMP TABLE filling ON COMMIT DROP AS
SELECT prospect_id, min(account_id) AS account_id,
  ${prospectTexts.map((column) => `${firstFilled(column)} AS ${column}`).join(', ')},
  coalesce(nullif(${firstFilled('extra')}, ''), '{}')::jsonb AS extra
FROM staged JOIN placed USING (line) WHERE staged.merge_into IS NOT NULL GROUP BY prospect_id;

-- Whose company becomes known moves there, with what is known of them, and leaves no nameless account behind.
CREATE TEMP TABLE moving ON COMMIT DROP AS
SELECT prospect_id, prospect.account_id AS source, filling.account_id AS target
FROM prospect JOIN filling USING (prospect_id) WHERE prospect.account_id <> filling.account_id;

UPDATE prospect SET ${fill('prospect', 'filling', prospectTexts)}, account_id = filling.account_id,
  extra = filling.extra || prospect.extra
FROM filling WHERE prospect.prospect_id = filling.prospect_id AND (
  ${gains('prospect', 'filling', prospectTexts)}
  OR prospect.account_id <> filling.account_id OR filling.extra || prospect.extra <> prospect.extra);

UPDATE signal SET account_id = moving.target FROM moving WHERE signal.account_id = moving.source;
DELETE FROM account USING moving WHERE account.account_id = moving.source
  AND NOT EXISTS (SELECT FROM prospect WHERE prospect.account_id = account.account_id);
`;
