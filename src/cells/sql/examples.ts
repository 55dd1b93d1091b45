/** A query to start from. */
export interface Example {
  /** The question it answers, as a rep would ask it. */
  readonly title: string;
  readonly query: string;
}

/** The first one is what a new cell holds. */
export const examples: readonly Example[] = [
  {
    title: 'How many prospects has each industry?',
    query: `SELECT industry, count(*) AS prospects, count(DISTINCT account_id) AS companies
FROM prospect JOIN account USING (account_id)
GROUP BY industry
ORDER BY prospects DESC`,
  },
  {
    title: 'Who has a signal from the last 60 days?',
    query: `SELECT prospect_id, first_name, last_name, account.name AS company,
  kind, happened_on, quote
FROM signal JOIN prospect USING (prospect_id)
  JOIN account ON account.account_id = prospect.account_id
WHERE happened_on >= current_date - 60
ORDER BY happened_on DESC`,
  },
  {
    title: 'Where do we know several people at one company?',
    query: `SELECT account.name AS company, count(*) AS people,
  string_agg(title, ', ' ORDER BY title) AS titles
FROM prospect JOIN account USING (account_id)
GROUP BY account_id, account.name
HAVING count(*) > 1
ORDER BY people DESC`,
  },
  {
    title: 'Who was never written to?',
    query: `SELECT prospect_id, first_name, last_name, title, account.name AS company
FROM prospect JOIN account USING (account_id)
WHERE NOT EXISTS (
  SELECT FROM engagement WHERE engagement.prospect_id = prospect.prospect_id
)
ORDER BY company, last_name`,
  },
  {
    title: 'What comes back from each tier?',
    query: `SELECT tier, kind, count(*) AS times
FROM engagement JOIN tier_assignment USING (prospect_id)
WHERE valid_to IS NULL
GROUP BY tier, kind
ORDER BY tier, times DESC`,
  },
  {
    title: 'Of the input alone: who are the decision makers?',
    query: `SELECT prospect_id, first_name, last_name, title, account.name AS company
FROM input JOIN prospect USING (prospect_id)
  JOIN account USING (account_id)
WHERE title ~* '\\m(chief|head|vp|director|founder|owner)\\M'
ORDER BY company`,
  },
];
