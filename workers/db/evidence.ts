import type { PGlite } from '@electric-sql/pglite';
import { succeed } from '../../src/domain/result';
import { isLive, type SignalKind } from '../../src/domain/signal';
import type { EvidenceApi } from './api';
import { asked, readColumns } from './copy';
import { decodeTexts } from './texts';

/** What is known of prospects: what the list says, and the signals found since. */
export function createEvidence(pg: PGlite): EvidenceApi {
  return {
    async evidence(ids) {
      const columns = await readColumns(
        pg,
        {
          accounts: 'int4',
          firstNames: 'text',
          lastNames: 'text',
          companies: 'text',
          domains: 'text',
          descriptions: 'text',
          exported: 'text',
        },
        `SELECT account_id AS accounts, first_name AS "firstNames", last_name AS "lastNames", name AS companies,
            domain AS domains, description AS descriptions, ${exported} AS exported
          FROM ${asked(ids)} JOIN prospect USING (prospect_id) JOIN account USING (account_id) ORDER BY place`,
      );
      const signals = await readColumns(
        pg,
        { places: 'int4', days: 'text', kinds: 'text', sources: 'text', quotes: 'text' },
        `SELECT (place - 1)::int AS places, coalesce(happened_on::text, '') AS days, kind AS kinds,
            source AS sources, quote AS quotes
          FROM ${itsSignals(ids)} ORDER BY place, happened_on DESC NULLS LAST, signal_id`,
      );
      return succeed({ ...columns, signals });
    },

    async evidenceFingerprint(ids, today) {
      const { rows } = await pg.query<{ fingerprint: string }>(
        `SELECT md5(coalesce(string_agg(md5(prospect_id || first_name || E'\\x1f' || last_name || E'\\x1f' || name
              || E'\\x1f' || domain || E'\\x1f' || description || E'\\x1f' || ${exported}), ',' ORDER BY place), ''))
            AS fingerprint
          FROM ${asked(ids)} JOIN prospect USING (prospect_id) JOIN account USING (account_id)`,
      );
      const { days, kinds, hashes } = await readColumns(
        pg,
        { days: 'text', kinds: 'text', hashes: 'text' },
        `SELECT coalesce(happened_on::text, '') AS days, kind AS kinds, md5(place || source || quote) AS hashes
          FROM ${itsSignals(ids)} ORDER BY place, signal_id`,
      );
      // Not the day itself: scores hold until a signal goes stale.
      const signalKinds = decodeTexts(kinds) as SignalKind[];
      const live = decodeTexts(days).map((happenedOn, i) =>
        isLive({ kind: signalKinds[i]!, happenedOn }, today) ? 1 : 0,
      );
      const signals = await pg.query<{ fingerprint: string }>('SELECT md5($1) AS fingerprint', [
        `${live.join('')}${decodeTexts(days).join()}${new TextDecoder().decode(hashes.bytes)}`,
      ]);
      return succeed(`${rows[0]!.fingerprint}-${signals.rows[0]!.fingerprint}`);
    },
  };
}

/** All the list says beside names and description, a line each. Columns of its own go in with their values. */
const exported = `concat_ws(E'\\n', title, industry, keywords, employees, location,
  (SELECT string_agg(value, E'\\n' ORDER BY key) FROM jsonb_each_text(extra)))`;

function itsSignals(ids: Int32Array): string {
  return `${asked(ids)} JOIN prospect USING (prospect_id)
    JOIN signal ON signal.prospect_id = prospect.prospect_id
      OR signal.prospect_id IS NULL AND signal.account_id = prospect.account_id`;
}
