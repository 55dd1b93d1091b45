import type { PGlite } from '@electric-sql/pglite';
import { fitFactor, type IcpColumns, type IcpCriterion } from '../../src/domain/icp';
import { cancelled, fail, succeed } from '../../src/domain/result';
import {
  dayNumber,
  engagementKinds,
  engagementSummary,
  signalFactor,
  signalKinds,
} from '../../src/domain/signal';
import { clusterFactor } from '../../src/domain/tier';
import type { TierApi } from './api';
import { asked, readColumns } from './copy';
import { decodeTexts } from './texts';
import { refuse, write } from './write';

/** The formulas are the domain's; here are the columns they are fed with, and what came of them. */
export function createTiers(pg: PGlite): TierApi {
  async function icpColumns(ids: Int32Array, icp: readonly IcpCriterion[]): Promise<IcpColumns> {
    const fields = new Set(icp.filter(({ weight }) => weight > 0).map(({ field }) => field));
    const texts = [...fields].filter((field) => field !== 'employees');
    const found: { [field: string]: (string | number | null)[] } = {};
    // One at a time, so that descriptions of a hundred thousand companies are never all in memory twice.
    for (const field of texts) {
      const { value } = await readColumns(
        pg,
        { value: 'text' },
        `SELECT ${field} AS value FROM ${known(ids)} ORDER BY place`,
      );
      found[field] = decodeTexts(value);
    }
    if (fields.has('employees')) {
      const { value } = await readColumns(
        pg,
        { value: 'int4' },
        `SELECT coalesce(employees, -1) AS value FROM ${known(ids)} ORDER BY place`,
      );
      found.employees = Array.from(value, (count) => (count < 0 ? null : count));
    }
    return found as IcpColumns;
  }

  return {
    async tierFactors({ cellId, ids, icp, signalRules, engagementPoints, assignment, day }, tell) {
      const today = dayNumber(day);
      if (today === undefined) throw new Error(`"${day}" is no day.`);
      const count = ids.length;
      const goOn = (done: number) => tell({ done, total: 4, what: 'factors worked out' });

      if (!(await goOn(0))) return cancelled;
      const { current, keptScore } = await readColumns(
        pg,
        { current: 'int4', keptScore: 'float4' },
        `SELECT coalesce(tier, 0)::int AS current, coalesce(score, 0) AS "keptScore" FROM ${known(ids)}
            LEFT JOIN tier_assignment ON tier_assignment.prospect_id = prospect.prospect_id AND valid_to IS NULL
          ORDER BY place`,
      );
      if (current.length < count) return gone;
      const fit = fitFactor(count, await icpColumns(ids, icp), icp);

      if (!(await goOn(1))) return cancelled;
      const signals = await readColumns(
        pg,
        { prospect: 'int4', kind: 'int4', day: 'int4', confidence: 'float4' },
        `SELECT place::int - 1 AS prospect, ${indexOf('signal.kind', signalKinds)} AS kind,
            happened_on - date '1970-01-01' AS day, confidence
          FROM ${known(ids)} JOIN (
            SELECT prospect_id, kind, happened_on, confidence FROM signal WHERE prospect_id IS NOT NULL
            UNION ALL
            SELECT prospect.prospect_id, kind, happened_on, confidence
            FROM signal JOIN prospect USING (account_id) WHERE signal.prospect_id IS NULL
          ) AS signal ON signal.prospect_id = prospect.prospect_id
          WHERE happened_on IS NOT NULL AND signal.kind = ANY (${textArray(signalKinds)})`,
      );

      if (!(await goOn(2))) return cancelled;
      const engagement = await readColumns(
        pg,
        { prospect: 'int4', kind: 'int4', day: 'int4' },
        `SELECT place::int - 1 AS prospect, ${indexOf('kind', engagementKinds)} AS kind,
            happened_on - date '1970-01-01' AS day
          FROM ${known(ids)} JOIN engagement USING (prospect_id)
          WHERE kind = ANY (${textArray(engagementKinds)})`,
      );
      const summary = engagementSummary(count, engagement, today, engagementPoints);

      if (!(await goOn(3))) return cancelled;
      const { rows } = await pg.query<{ rules: string }>('SELECT rules FROM tier_cell WHERE cell_id = $1', [
        cellId,
      ]);
      return succeed({
        fit,
        cluster: clusterFactor(count, assignment, summary.contacted, summary.won),
        signals: signalFactor(count, signals, today, signalRules),
        engagement: summary.factor,
        current: Uint8Array.from(current),
        ignoredTouches: summary.ignoredTouches,
        hasReplied: summary.hasReplied,
        unsubscribed: summary.unsubscribed,
        keptScore,
        keptRules: rows[0]?.rules ?? null,
      });
    },

    assignTiers: ({ cellId, rules, ids, tier, score, reason, reasons }) =>
      write(pg, async (tx) => {
        await tx.query(
          `INSERT INTO tier_cell (cell_id, rules) VALUES ($1, $2)
            ON CONFLICT (cell_id) DO UPDATE SET rules = excluded.rules`,
          [cellId, rules],
        );
        await tx.exec(`CREATE TEMP TABLE assigned (
            prospect_id integer PRIMARY KEY, tier smallint, score real, reason integer
          ) ON COMMIT DROP`);
        await tx.query(
          `INSERT INTO assigned SELECT DISTINCT ON (id) * FROM unnest(
            $1::text::int[], $2::text::smallint[], $3::text::real[], $4::text::int[]) AS given (id)`,
          [ids, tier, score, reason].map((values) => `{${values.join(',')}}`),
        );
        await tx.exec('ANALYZE assigned');
        const missing = await tx.query(
          'SELECT FROM assigned WHERE prospect_id NOT IN (SELECT prospect_id FROM prospect) LIMIT 1',
        );
        if (missing.rows.length > 0) refuse(gone);
        await tx.exec(`
          UPDATE tier_assignment AS line SET valid_to = now() FROM assigned
          WHERE line.prospect_id = assigned.prospect_id AND valid_to IS NULL AND line.tier <> assigned.tier;

          UPDATE tier_assignment AS line SET score = assigned.score FROM assigned
          WHERE line.prospect_id = assigned.prospect_id AND valid_to IS NULL AND line.score <> assigned.score;
        `);
        const changed = await tx.query(
          `INSERT INTO tier_assignment (prospect_id, cell_id, tier, score, reason)
            SELECT prospect_id, $1, tier, score, coalesce(($2::text[])[reason + 1], '')
            FROM assigned WHERE NOT EXISTS (
              SELECT FROM tier_assignment AS line
              WHERE line.prospect_id = assigned.prospect_id AND valid_to IS NULL)
            ORDER BY prospect_id`,
          [cellId, reasons],
        );
        return changed.affectedRows ?? 0;
      }),
  };
}

const gone = fail(
  'prospect-gone',
  'Some of these prospects are no longer in the workbench. Run the cell above again.',
);

/** The prospects asked for, each with its account and its `place`. */
function known(ids: Int32Array): string {
  return `${asked(ids)} JOIN prospect USING (prospect_id) JOIN account USING (account_id)`;
}

function textArray(words: readonly string[]): string {
  return `'{${words.map((word) => `"${word}"`).join(',')}}'::text[]`;
}

function indexOf(column: string, words: readonly string[]): string {
  return `array_position(${textArray(words)}, ${column}) - 1`;
}
