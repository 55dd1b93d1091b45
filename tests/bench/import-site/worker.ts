// The database as the product opens it, on the browser's private file system; timed here, without the way to the page.
import type { PGlite } from '@electric-sql/pglite';
import { type PreparedList, preparedColumns } from '../../../src/domain/list';
import emptyFolder from '../../../workers/db/built/empty.gz?url';
import systemFiles from '../../../workers/db/built/system.gz?url';
import { createDatabase } from '../../../workers/db/database';
import { openStorage } from '../../../workers/db/storage';
import { write } from '../../../workers/db/write';
import type { ImportTimes } from './page';

type Row = Readonly<Record<(typeof preparedColumns)[number], string | number | null>>;

self.onmessage = async ({ data: count }: MessageEvent<number>) => {
  const opened = await openStorage(`bench-${Date.now()}`, {
    systemFiles: () => unpacked(systemFiles),
    emptyFolder: () => unpacked(emptyFolder),
  });
  if (!opened.ok) throw new Error(opened.failure.sentence);
  const { pg } = opened.value;
  await pg.exec(`CREATE TABLE copied (${preparedColumns.map((column) => `${column} text`).join(', ')})`);
  await pg.exec('CREATE TABLE inserted (LIKE copied)');

  // Once each in turns, so that a busy spell of the machine falls on all; the best of three.
  const best: Record<keyof ImportTimes, number> = { copy: 1e9, insert: 1e9, whole: 1e9, loop: 1e9 };
  for (let round = 0; round < 3; round++) {
    const times = {
      copy: await timed(() => copy(pg, listOf(people(count, `a${round}`)))),
      insert: await timed(() => insert(pg, people(count, `b${round}`))),
      whole: await timed(() =>
        createDatabase(pg).importList(listOf(people(count, `c${round}`)), async () => true),
      ),
      loop: await timed(() => loop(pg, people(count, `d${round}`))),
    };
    for (const way of Object.keys(best) as (keyof ImportTimes)[]) best[way] = Math.min(best[way], times[way]);
  }
  self.postMessage(best);
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const copy = (pg: PGlite, { csv }: PreparedList) =>
  write(pg, (tx) =>
    tx.query(`COPY copied FROM '/dev/blob' WITH (FORMAT csv)`, [], {
      blob: new Blob([csv as Uint8Array<ArrayBuffer>]),
    }),
  );

const insert = (pg: PGlite, rows: readonly Row[]) =>
  write(pg, async (tx) => {
    const places = preparedColumns.map((_, i) => `$${i + 1}`).join(', ');
    for (const row of rows)
      await tx.query(
        `INSERT INTO inserted VALUES (${places})`,
        preparedColumns.map((column) => String(row[column] ?? '')),
      );
  });

/** What a first version of an import would do: look the account up, and insert three rows for each row. */
const loop = (pg: PGlite, rows: readonly Row[]) =>
  write(pg, async (tx) => {
    const list = await tx.query<{ list_id: number }>(
      `INSERT INTO list (name, encoding, delimiter, row_count, rejected_count, merged_count, known_count)
        VALUES ('people', 'UTF-8', ',', $1, 0, 0, 0) RETURNING list_id`,
      [rows.length],
    );
    for (const row of rows) {
      const account = await tx.query<{ account_id: number }>(
        `INSERT INTO account (name, domain, industry, keywords, employees, description)
          VALUES ($1, $2, $3, $4, $5, $6)
          ON CONFLICT (domain) WHERE domain <> '' DO UPDATE SET name = account.name RETURNING account_id`,
        [row.company, row.domain, row.industry, row.keywords, row.employees, row.description],
      );
      const prospect = await tx.query<{ prospect_id: number }>(
        `INSERT INTO prospect (account_id, first_name, last_name, title, email, email_status, linkedin_url, phone,
            location, extra, email_key, profile_key, name_key)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '{}', $10, $11, $12) RETURNING prospect_id`,
        [
          account.rows[0]!.account_id,
          row.first_name,
          row.last_name,
          row.title,
          row.email,
          row.email_status,
          row.linkedin_url,
          row.phone,
          row.location,
          row.email_key,
          row.profile_key,
          row.name_key,
        ],
      );
      await tx.query('INSERT INTO list_prospect VALUES ($1, $2, $3)', [
        list.rows[0]!.list_id,
        prospect.rows[0]!.prospect_id,
        row.line,
      ]);
    }
  });

function people(count: number, run: string): Row[] {
  return Array.from({ length: count }, (_, i) => {
    const domain = `company${i % 4000}-${run}.example`;
    const email = `person${i}@${domain}`;
    return {
      line: i + 2,
      first_name: `First${i % 300}`,
      last_name: `Last${i}`,
      title: 'Head of Operations',
      email,
      email_status: 'verified',
      linkedin_url: `https://profiles.example/in/person${i}-${run}`,
      phone: `+47 22 ${i}`,
      location: 'Oslo',
      company: `Company ${i % 4000} ${run}`,
      domain,
      industry: 'Logistics',
      keywords: 'freight, depots, warehouses, parcels',
      employees: i % 900,
      description: `Runs depots and trunks for parcels, number ${i % 4000}, with a fleet and a planning team of its own.`,
      extra: '{}',
      email_key: email,
      profile_key: `in/person${i}-${run}`,
      name_key: `first${i % 300} last${i}|${domain}`,
      merge_into: null,
    };
  });
}

function listOf(rows: readonly Row[]): PreparedList {
  const lines = rows.map((row) =>
    preparedColumns
      .map((column) =>
        typeof row[column] === 'string' ? `"${row[column].replaceAll('"', '""')}"` : (row[column] ?? ''),
      )
      .join(','),
  );
  return {
    name: 'people.csv',
    encoding: 'UTF-8',
    delimiter: ',',
    headers: [],
    mapping: [],
    rowCount: rows.length,
    csv: new TextEncoder().encode(lines.join('\n')),
    prospectCount: rows.length,
    mergedCount: 0,
    rejectedCount: 0,
    knownCount: 0,
    report: new Uint8Array(0),
  };
}

async function unpacked(url: string): Promise<Blob> {
  const file = await fetch(new URL(url, import.meta.url));
  return new Response(file.body!.pipeThrough(new DecompressionStream('gzip'))).blob();
}
