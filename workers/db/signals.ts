import type { PGlite } from '@electric-sql/pglite';
import { fail } from '../../src/domain/result';
import type { SignalApi } from './api';
import { refuse, write } from './write';

/** Facts about prospects with their dates: signals found, and engagement that came back. */
export function createSignals(pg: PGlite): SignalApi {
  return {
    addSignals: (signals) =>
      write(pg, async (tx) => {
        const { rows } = await tx.query<{ id: number }>(
          `INSERT INTO signal (account_id, prospect_id, kind, happened_on, source, quote, confidence)
            SELECT account_id, CASE WHEN about = 'account' THEN NULL ELSE prospect_id END, kind,
              nullif("happenedOn", '')::date, source, quote, confidence
            FROM json_to_recordset($1::json) AS given ("prospectId" int, about text, kind text, "happenedOn" text,
                source text, quote text, confidence real)
              JOIN prospect ON prospect_id = "prospectId"
            RETURNING signal_id AS id`,
          [JSON.stringify(signals).replaceAll('\\u0000', '')],
        );
        if (rows.length < signals.length) refuseGone();
        return Int32Array.from(rows, ({ id }) => id);
      }),

    removeSignal: (id) =>
      write(pg, async (tx) => void (await tx.query('DELETE FROM signal WHERE signal_id = $1', [id]))),

    addEngagement: (engagement) =>
      write(pg, async (tx) => {
        const { rows } = await tx.query<{ id: number }>(
          `INSERT INTO engagement (prospect_id, kind, happened_on)
            SELECT prospect_id, kind, "happenedOn"
            FROM json_to_recordset($1::json) AS given ("prospectId" int, kind text, "happenedOn" date)
              JOIN prospect ON prospect_id = "prospectId"
            RETURNING engagement_id AS id`,
          [JSON.stringify(engagement)],
        );
        if (rows.length < engagement.length) refuseGone();
        return Int32Array.from(rows, ({ id }) => id);
      }),

    removeEngagement: (id) =>
      write(pg, async (tx) => void (await tx.query('DELETE FROM engagement WHERE engagement_id = $1', [id]))),

    importHistory({ signals, engagement }) {
      const emails = [...new Set([...signals, ...engagement].map(({ email }) => email.trim().toLowerCase()))];
      return write(pg, async (tx) => {
        await tx.exec(`CREATE TEMP TABLE addressee (email text PRIMARY KEY, prospect_id integer, account_id integer)
          ON COMMIT DROP`);
        await tx.query(
          `INSERT INTO addressee
            SELECT DISTINCT ON (given.email) given.email, prospect_id, account_id
            FROM json_array_elements_text($1::json) AS given (email)
              LEFT JOIN prospect ON lower(btrim(prospect.email)) = given.email
            ORDER BY given.email, prospect_id`,
          [JSON.stringify(emails)],
        );
        const signalsStored = await tx.query(
          `INSERT INTO signal (account_id, prospect_id, kind, happened_on, source, quote, confidence)
            SELECT account_id, CASE WHEN about = 'account' THEN NULL ELSE prospect_id END, kind,
              nullif("happenedOn", '')::date, source, quote, confidence
            FROM json_to_recordset($1::json) AS given (email text, about text, kind text, "happenedOn" text,
                source text, quote text, confidence real)
              JOIN addressee ON addressee.email = lower(btrim(given.email))
            WHERE prospect_id IS NOT NULL`,
          [JSON.stringify(signals)],
        );
        const engagementStored = await tx.query(
          `INSERT INTO engagement (prospect_id, kind, happened_on)
            SELECT prospect_id, kind, "happenedOn"
            FROM json_to_recordset($1::json) AS given (email text, kind text, "happenedOn" date)
              JOIN addressee ON addressee.email = lower(btrim(given.email))
            WHERE prospect_id IS NOT NULL`,
          [JSON.stringify(engagement)],
        );
        const unknown = await tx.query<{ email: string }>(
          'SELECT email FROM addressee WHERE prospect_id IS NULL ORDER BY email',
        );
        await tx.exec('ANALYZE signal, engagement');
        return {
          signals: signalsStored.affectedRows ?? 0,
          engagement: engagementStored.affectedRows ?? 0,
          unknown: unknown.rows.map(({ email }) => email),
        };
      });
    },
  };
}

function refuseGone(): never {
  refuse(fail('prospect-gone', 'One of these prospects is no longer in the workbench. Nothing was changed.'));
}
