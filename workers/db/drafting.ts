import type { PGlite } from '@electric-sql/pglite';
import { signalObstacles } from '../../src/domain/draft/brief';
import { mailFinder, speakVoice } from '../../src/domain/draft/spokenVoice';
import type { MailTemplate } from '../../src/domain/draft/template';
import { fail, succeed } from '../../src/domain/result';
import type { Corpus } from '../../src/domain/voice';
import { combineRules, voiceRules } from '../../src/domain/voice/rules';
import type { DraftFailures, DraftingApi, DraftLine, DraftOrder, SettledOrder, UnwrittenDrafts } from './api';
import { asked, intArray, quoted, readColumns } from './copy';
import { createResearch, gone, isSettled } from './research';
import { decodeTexts } from './texts';
import { refuse, write } from './write';

/** What drafts are written from, what was ordered, and what came of it. */
export function createDrafting(pg: PGlite): DraftingApi {
  return {
    ...createResearch(pg),
    ...createVoices(pg),

    async missingDrafts(cellId, ids, lines) {
      const { rows } = await pg.query<{ present: number; failed: number; missing: string | null }>(
        `WITH compared AS (
            SELECT wanted.prospect_id, wanted.place,
              ${isOpen} AS is_missing, state
            FROM ${wanted(ids)} LEFT JOIN draft_order ON ${sameOrder}
          )
          SELECT count(*) FILTER (WHERE NOT is_missing AND state = 'drafted')::int AS present,
            count(*) FILTER (WHERE NOT is_missing AND state = 'failed')::int AS failed,
            string_agg(prospect_id::text, ',' ORDER BY place) FILTER (WHERE is_missing) AS missing
          FROM compared`,
        [cellId, JSON.stringify(lines)],
      );
      const { present, failed, missing } = rows[0]!;
      return succeed({ present, failed, missing: Int32Array.from(missing?.split(',') ?? [], Number) });
    },

    orderDrafts: (cellId, ids, lines, beyond) =>
      write(pg, async (tx) => {
        const given = [cellId, JSON.stringify(lines satisfies readonly DraftLine[])];
        const { affectedRows } = await tx.query(
          `INSERT INTO draft_order (cell_id, prospect_id, touch, variant, settings)
            SELECT $1, prospect_id, touch, variant, settings FROM ${wanted(ids)}
              JOIN prospect USING (prospect_id) ORDER BY place
            ON CONFLICT (cell_id, prospect_id, touch, variant) DO UPDATE SET is_wanted = true,
              settings = excluded.settings,
              state = CASE WHEN ${isOpenNow} THEN 'waiting' ELSE draft_order.state END`,
          given,
        );
        if ((affectedRows ?? 0) < ids.length * lines.length) refuse(gone);
        await tx.query(
          `UPDATE draft_order SET is_wanted = false WHERE cell_id = $1 AND is_wanted
            AND variant NOT IN ('by hand', 'segment') AND NOT EXISTS (SELECT FROM ${wanted(ids)} WHERE ${sameOrder})
            AND NOT (${isSettled} AND EXISTS (SELECT FROM ${wanted(beyond)} WHERE ${sameOrder}))`,
          given,
        );
        return undefined;
      }),

    retryDrafts: (cellId) =>
      write(pg, async (tx) => {
        const { affectedRows } = await tx.query(
          `UPDATE draft_order SET state = 'waiting', failure = NULL, reason = NULL
            WHERE cell_id = $1 AND is_wanted AND state = 'failed'`,
          [cellId],
        );
        return affectedRows ?? 0;
      }),

    async waitingOrders(cellId, after, most) {
      const { rows } = await pg.query<DraftOrder>(
        `SELECT draft_order_id AS id, prospect_id AS "prospectId", touch, variant FROM draft_order
          WHERE cell_id = $1 AND state = 'waiting' AND is_wanted AND draft_order_id > $2
          ORDER BY draft_order_id LIMIT $3`,
        [cellId, after, most],
      );
      return succeed(rows);
    },

    settleOrders: (orders) =>
      write(pg, async (tx) => {
        await tx.query(settling, [JSON.stringify(orders.map(settledRow)).replaceAll('\\u0000', '')]);
        return undefined;
      }),

    async draftTallies(cellId) {
      const { rows } = await pg.query<{
        touch: number;
        variant: string;
        waiting: number;
        drafted: number;
        failed: number;
        cached: number;
        input: number;
        output: number;
      }>(
        `SELECT touch, variant, count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
            count(*) FILTER (WHERE state = 'drafted')::int AS drafted,
            count(*) FILTER (WHERE state = 'failed')::int AS failed,
            count(*) FILTER (WHERE state = 'drafted' AND is_cached)::int AS cached,
            coalesce(sum(input_tokens) FILTER (WHERE NOT is_cached), 0)::float8 AS input,
            coalesce(sum(output_tokens) FILTER (WHERE NOT is_cached), 0)::float8 AS output
          FROM draft_order WHERE cell_id = $1 AND is_wanted
          GROUP BY touch, variant ORDER BY touch, min(draft_order_id)`,
        [cellId],
      );
      return succeed(rows.map(({ input, output, ...tally }) => ({ ...tally, tokens: { input, output } })));
    },

    async draftFailures(cellId) {
      const { rows } = await pg.query<DraftFailures>(
        `SELECT failure AS code, min(reason) AS sentence, sum(drafts)::int AS drafts, count(*)::int AS people,
            (array_agg(prospect_id ORDER BY first))[1:200] AS "prospectIds"
          FROM (SELECT failure, prospect_id, min(reason) AS reason, count(*) AS drafts, min(draft_order_id) AS first
            FROM draft_order WHERE cell_id = $1 AND is_wanted AND state = 'failed'
            GROUP BY failure, prospect_id) AS failed
          GROUP BY failure ORDER BY count(*) DESC, failure`,
        [cellId],
      );
      return succeed(rows);
    },

    async unwrittenDrafts(cellId) {
      const { rows } = await pg.query<UnwrittenDrafts>(
        `SELECT count(*) FILTER (WHERE drafted = 0)::int AS people,
            coalesce(sum(failed) FILTER (WHERE drafted > 0), 0)::int AS drafts
          FROM (SELECT count(*) FILTER (WHERE state = 'drafted') AS drafted,
              count(*) FILTER (WHERE state = 'failed') AS failed
            FROM draft_order WHERE cell_id = $1 AND is_wanted GROUP BY prospect_id) AS person
          WHERE failed > 0`,
        [cellId],
      );
      return succeed(rows[0]!);
    },

    reopenDrafts: (cellId, draftIds) =>
      write(pg, async (tx) => {
        const { affectedRows } = await tx.query(
          `UPDATE draft_order SET state = 'waiting'
            WHERE cell_id = $1 AND is_wanted AND state = 'drafted' AND draft_id = ANY (${intArray(draftIds)})`,
          [cellId],
        );
        return affectedRows ?? 0;
      }),

    async orderedDrafts(cellId) {
      const of = `draft_order JOIN draft USING (draft_id) WHERE cell_id = ${quoted(cellId)} AND is_wanted
        AND state = 'drafted'`;
      const names = await pg.query<{ variant: string }>(
        `SELECT draft_order.variant FROM ${of} GROUP BY 1 ORDER BY min(draft_order_id)`,
      );
      const variantNames = names.rows.map(({ variant }) => variant);
      const columns = await readColumns(
        pg,
        {
          draftIds: 'int4',
          prospectIds: 'int4',
          touches: 'int4',
          variants: 'int4',
          faults: 'int4',
          verdicts: 'int4',
        },
        `SELECT draft_id AS "draftIds", draft_order.prospect_id AS "prospectIds", draft_order.touch::int AS touches,
            coalesce(array_position(ARRAY[${variantNames.map(quoted).join(', ')}]::text[], draft_order.variant), 1) - 1
              AS variants,
            coalesce(json_array_length(basis -> 'faults'), 0) AS faults,
            coalesce((SELECT CASE verdict WHEN 'accepted' THEN 1 ELSE 2 END FROM draft_review
              WHERE draft_review.draft_id = draft.draft_id AND NOT is_void
              ORDER BY draft_review_id DESC LIMIT 1), 0) AS verdicts
          FROM ${of} ORDER BY draft_order_id`,
      );
      return succeed({ ...columns, variantNames });
    },

    async draftBasis(draftId) {
      const { rows } = await pg.query<{
        basis: Pick<NonNullable<Basis>, 'claims' | 'faults'> | null;
        isCached: boolean;
        input: number;
        output: number;
        milliseconds: number;
      }>(
        `SELECT basis, is_cached AS "isCached", input_tokens AS input, output_tokens AS output, milliseconds
          FROM draft_order WHERE draft_id = $1 ORDER BY draft_order_id DESC LIMIT 1`,
        [draftId],
      );
      const found = rows[0];
      if (!found?.basis) return succeed(undefined);
      const { basis, isCached, input, output, milliseconds } = found;
      return succeed({ ...basis, isCached, tokens: { input, output }, milliseconds });
    },

    async cachedAnswers(hashes) {
      const { rows } = await pg.query<{ hash: string; json: string }>(
        'SELECT request_hash AS hash, answer::text AS json FROM llm_answer WHERE request_hash = ANY ($1)',
        [hashes],
      );
      return succeed(Object.fromEntries(rows.map(({ hash, json }) => [hash, json])));
    },

    async answerPace(model) {
      const { rows } = await pg.query<{ milliseconds: number | null; output: number | null }>(
        `SELECT avg(milliseconds)::float8 AS milliseconds, avg(output_tokens)::float8 AS output
          FROM llm_answer WHERE model = $1`,
        [model],
      );
      const { milliseconds, output } = rows[0]!;
      return succeed(milliseconds === null ? undefined : { milliseconds, output: output ?? 0 });
    },

    reviewDraft: (cellId, { draftId, verdict, isEdited, milliseconds }) =>
      write(pg, async (tx) => {
        const { rows } = await tx.query<{ id: number }>(
          `INSERT INTO draft_review (cell_id, draft_id, verdict, is_edited, milliseconds)
            SELECT $1, draft_id, $3, $4, $5 FROM draft WHERE draft_id = $2 RETURNING draft_review_id AS id`,
          [cellId, draftId, verdict, isEdited, Math.round(milliseconds)],
        );
        return rows[0]?.id ?? refuse(draftGone);
      }),

    undoReview: (id) =>
      write(pg, async (tx) => {
        await tx.query('DELETE FROM draft_review WHERE draft_review_id = $1', [id]);
        return undefined;
      }),

    async reviewTimes(cellId) {
      const { rows } = await pg.query<{
        accepted: number;
        edited: number;
        skipped: number;
        people: number;
        total: number;
        median: number;
      }>(
        `SELECT count(*) FILTER (WHERE verdict = 'accepted')::int AS accepted,
            count(*) FILTER (WHERE is_edited)::int AS edited,
            count(*) FILTER (WHERE verdict = 'skipped')::int AS skipped,
            count(DISTINCT prospect_id)::int AS people,
            coalesce(sum(milliseconds), 0)::float8 AS total,
            coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY milliseconds), 0) AS median
          FROM draft_review JOIN draft USING (draft_id) WHERE cell_id = $1`,
        [cellId],
      );
      return succeed(rows[0]!);
    },

    keepOwnDraft: (cellId, { prospectId, touch, subject, body }) =>
      write(pg, async (tx) => {
        const { rows } = await tx.query<{ id: number }>(ownDrafts('$3', '$4'), [
          cellId,
          touch,
          subject.replaceAll('\0', ''),
          body.replaceAll('\0', ''),
          'by hand',
          `{${prospectId}}`,
        ]);
        return rows[0]?.id ?? refuse(gone);
      }),

    fillSegment: (cellId, { ids, touch, mail, instead }) =>
      write(pg, async (tx) => {
        // A name with a backslash is still a name, not a reference to a part of the match.
        const name = `replace(coalesce(nullif(btrim(first_name), ''), $7), '\\', '\\\\')`;
        const filled = (text: string) => `regexp_replace(${text}, '${firstName}', ${name}, 'gi')`;
        const { rows } = await tx.query(ownDrafts(filled('$3'), filled('$4')), [
          cellId,
          touch,
          mail.subject.replaceAll('\0', ''),
          mail.body.replaceAll('\0', ''),
          'segment',
          `{${ids.join(',')}}`,
          instead,
        ]);
        return rows.length;
      }),

    async segmentMails(cellId) {
      const { rows } = await pg.query<MailTemplate & { key: number }>(
        `SELECT DISTINCT ON (cluster_key) cluster_key AS key, subject, body FROM segment_mail
          WHERE cell_id = $1 ORDER BY cluster_key, segment_mail_id DESC`,
        [cellId],
      );
      return succeed(Object.fromEntries(rows.map(({ key, subject, body }) => [key, { subject, body }])));
    },

    keepSegmentMail: (cellId, clusterKey, { subject, body }) =>
      write(pg, async (tx) => {
        await tx.query(
          'INSERT INTO segment_mail (cell_id, cluster_key, subject, body) VALUES ($1, $2, $3, $4)',
          [cellId, clusterKey, subject.replaceAll('\0', ''), body.replaceAll('\0', '')],
        );
        return undefined;
      }),
  };
}

const draftGone = fail('draft-gone', 'This draft is no longer in the workbench.');

/** A relation `wanted (prospect_id, place, touch, variant, settings)`; `$2` holds the lines as JSON. */
function wanted(ids: Int32Array): string {
  return `(SELECT prospect_id, place, touch, variant, settings
    FROM ${asked(ids)} CROSS JOIN json_to_recordset($2::json) AS line (touch smallint, variant text, settings text)
  ) AS wanted`;
}

/** The order of the cell `$1` for a wanted draft. */
const sameOrder = `draft_order.cell_id = $1 AND draft_order.prospect_id = wanted.prospect_id
  AND draft_order.touch = wanted.touch AND draft_order.variant = wanted.variant`;

const openUnder = (settings: string) => `draft_order.state = 'waiting'
  OR draft_order.state = 'failed' AND draft_order.failure IN (${signalObstacles.map(quoted).join(', ')})
  OR draft_order.settings <> ${settings} AND NOT (${isSettled})`;

const isOpen = `(draft_order.draft_order_id IS NULL OR ${openUnder('wanted.settings')})`;
const isOpenNow = openUnder('excluded.settings');

type Basis = Extract<SettledOrder, { draft: unknown }>['draft'];

/** An order as a row of what {@link settling} is given. */
function settledRow(order: SettledOrder) {
  const { id, isCached, tokens, milliseconds } = order;
  const common = { id, isCached, ...tokens, milliseconds: Math.round(milliseconds) };
  if ('failure' in order) return { ...common, failure: order.failure.code, reason: order.failure.sentence };
  const { subject, body, claims, faults } = order.draft;
  const { origin, answer, knownSignals } = order;
  return {
    ...common,
    subject,
    body,
    origin,
    basis: { claims, faults },
    known: `{${knownSignals.join(',')}}`,
    hash: answer?.hash,
    answer: answer?.json,
  };
}

/** One statement, so that an order and its draft are there together or not at all. */
const settling = `WITH given AS MATERIALIZED (
    SELECT given.*, prospect_id, touch, variant, draft_id, draft_id IS NULL AS is_new,
      coalesce(draft_id, CASE WHEN body IS NOT NULL
        THEN nextval(pg_get_serial_sequence('draft', 'draft_id'))::int END) AS written_id
    FROM json_to_recordset($1::json) AS given (id int, "isCached" boolean, input int, output int, milliseconds int,
        failure text, reason text, subject text, body text, origin text, basis json, known text, hash text, answer text)
      JOIN draft_order ON draft_order_id = given.id
    WHERE state = 'waiting'
  ), versions AS (
    INSERT INTO draft_version (draft_id, subject, body, origin, made_at)
      SELECT draft_id, draft.subject, draft.body, draft.origin, draft.updated_at
      FROM given JOIN draft USING (draft_id)
      WHERE given.body IS NOT NULL AND (draft.subject, draft.body) IS DISTINCT FROM (given.subject, given.body)
  ), changed AS (
    UPDATE draft SET subject = given.subject, body = given.body, origin = given.origin, updated_at = now()
      FROM given WHERE draft.draft_id = given.draft_id AND given.body IS NOT NULL
  ), added AS (
    INSERT INTO draft (draft_id, prospect_id, touch, variant, subject, body, origin)
      SELECT written_id, prospect_id, touch, variant, subject, body, origin
      FROM given WHERE is_new AND body IS NOT NULL
  ), voided AS (
    UPDATE draft_review SET is_void = true
      FROM given WHERE draft_review.draft_id = given.draft_id AND given.body IS NOT NULL
  ), answered AS (
    INSERT INTO llm_answer (request_hash, model, answer, input_tokens, output_tokens, milliseconds)
      SELECT DISTINCT ON (hash) hash, origin, answer::json, input, output, milliseconds
      FROM given WHERE hash IS NOT NULL
      ON CONFLICT (request_hash) DO NOTHING
  )
  UPDATE draft_order SET state = CASE WHEN given.body IS NULL THEN 'failed' ELSE 'drafted' END,
    draft_id = coalesce(written_id, draft_order.draft_id), text_hash = hashtextextended(given.body, 5),
    failure = given.failure, reason = given.reason, basis = given.basis, known_signals = known::int[],
    is_cached = "isCached",
    input_tokens = input, output_tokens = output, milliseconds = given.milliseconds
  FROM given WHERE draft_order_id = given.id`;

/** The one field of a segment's mail, as PostgreSQL's patterns have it. */
const firstName = '\\{\\s*first name\\s*(\\|[^{}]*)?\\}';

/**
 * Keeps texts that nobody ordered as drafts of the cell `$1`, touch `$2`, one for each prospect of `$6`: what was there
 * of the same origin (`$5`) is changed, and kept as a version. Answers the ids of the drafts.
 */
function ownDrafts(subject: string, body: string): string {
  return `WITH given AS MATERIALIZED (
      SELECT prospect.prospect_id, ${subject} AS subject, ${body} AS body, own.draft_id,
        coalesce(own.draft_id, nextval(pg_get_serial_sequence('draft', 'draft_id'))::int) AS written_id
      FROM prospect LEFT JOIN draft_order AS own ON own.cell_id = $1 AND own.touch = $2 AND own.variant = $5
        AND own.prospect_id = prospect.prospect_id
      WHERE prospect.prospect_id = ANY ($6::text::int[])
    ), versions AS (
      INSERT INTO draft_version (draft_id, subject, body, origin, made_at)
        SELECT draft_id, draft.subject, draft.body, draft.origin, draft.updated_at
        FROM given JOIN draft USING (draft_id)
        WHERE (draft.subject, draft.body) IS DISTINCT FROM (given.subject, given.body)
    ), changed AS (
      UPDATE draft SET subject = given.subject, body = given.body, origin = $5, updated_at = now()
        FROM given WHERE draft.draft_id = given.draft_id
    ), added AS (
      INSERT INTO draft (draft_id, prospect_id, touch, variant, subject, body, origin)
        SELECT written_id, prospect_id, $2, $5, subject, body, $5 FROM given WHERE draft_id IS NULL
    )
    INSERT INTO draft_order (cell_id, prospect_id, touch, variant, settings, state, draft_id, text_hash)
      SELECT $1, prospect_id, $2, $5, '', 'drafted', written_id, hashtextextended(body, 5) FROM given
      ON CONFLICT (cell_id, prospect_id, touch, variant) DO UPDATE
        SET state = 'drafted', draft_id = excluded.draft_id, text_hash = excluded.text_hash, is_wanted = true
      RETURNING draft_id AS id`;
}

/** Voices in words, and their mails, prepared when first asked for and again when the mails change. */
function createVoices(pg: PGlite): Pick<DraftingApi, 'spokenVoice' | 'nearestMails'> {
  const finders = new Map<Corpus, { readonly mark: string; readonly find: ReturnType<typeof mailFinder> }>();

  async function samplesOf(of: Corpus) {
    const { ids, texts } = await readColumns(
      pg,
      { ids: 'int4', texts: 'text' },
      `SELECT voice_sample_id AS ids, body AS texts FROM voice_sample
        WHERE corpus = ${quoted(of)} AND NOT is_excluded AND btrim(body) <> '' ORDER BY voice_sample_id`,
    );
    return decodeTexts(texts).map((text, i) => ({ id: ids[i]!, text }));
  }

  async function rulesOf(of: Corpus) {
    const { rows } = await pg.query<{ rules: unknown }>('SELECT rules FROM voice_rules WHERE corpus = $1', [
      of,
    ]);
    return voiceRules.parse(rows[0]?.rules ?? {});
  }

  return {
    async spokenVoice(of) {
      const brand = await rulesOf('brand');
      const own = of === 'brand' ? voiceRules.parse({}) : await rulesOf('personal');
      return succeed(speakVoice(of, await samplesOf(of), combineRules(brand, own).rules));
    },

    async nearestMails(of, texts, most) {
      const { rows } = await pg.query<{ mark: string | null }>(
        `SELECT md5(string_agg(voice_sample_id || md5(body), ',' ORDER BY voice_sample_id)) AS mark
          FROM voice_sample WHERE corpus = $1 AND NOT is_excluded AND btrim(body) <> ''`,
        [of],
      );
      const mark = rows[0]?.mark ?? '';
      if (mark === '') return succeed(texts.map(() => []));
      let finder = finders.get(of);
      if (finder?.mark !== mark) {
        finder = { mark, find: mailFinder(await samplesOf(of)) };
        finders.set(of, finder);
      }
      const { find } = finder;
      return succeed(texts.map((text) => find(text, most)));
    },
  };
}
