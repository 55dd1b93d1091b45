import type { PGlite } from '@electric-sql/pglite';
import type { ComparedDrafts, FailedDrafts } from '../../src/domain/compare';
import type { Vote } from '../../src/domain/compare/duel';
import { fail, succeed } from '../../src/domain/result';
import type { ComparedText, ComparisonApi, ComparisonRequest } from './api';
import { asked, intArray, quoted, readColumns } from './copy';
import { decodeTexts } from './texts';
import { refuse, write } from './write';

/** Drafts side by side: what is known of them, what the rep said of pairs of them, and which are to be sent. */
export function createComparison(pg: PGlite): ComparisonApi {
  return {
    async comparison(request) {
      const touches = await readTouches(pg, request);
      const touch = request.touch ?? touches[0] ?? 1;
      const drafts = await readDrafts(pg, request, touch);
      const failed = await readFailed(pg, request.prospectIds, touch);
      const { chosen } = await readColumns(
        pg,
        { chosen: 'int4' },
        `SELECT coalesce((SELECT draft_id FROM draft_choice
              WHERE draft_choice.prospect_id = asked.prospect_id AND touch = ${Number(touch)}
              ORDER BY draft_choice_id DESC LIMIT 1), 0) AS chosen
          FROM ${asked(request.prospectIds)} ORDER BY place`,
      );
      const votes = await readVotes(pg, drafts.draftIds);
      return succeed({ touch, touches, drafts, failed, chosen, votes });
    },

    async comparedTexts(draftIds, scoreContext) {
      const { rows } = await pg.query<ComparedText>(
        `SELECT draft.draft_id AS id, subject, body, report::text AS report
          FROM draft LEFT JOIN ${present(scoreContext)} AS score USING (draft_id)
          WHERE draft.draft_id = ANY (${intArray(draftIds.subarray(0, 200))})`,
      );
      return succeed(rows);
    },

    keepVote: ({ left, right }, verdict) =>
      write(pg, async (tx) => {
        const { rows } = await tx.query<{ id: number }>(
          `INSERT INTO draft_vote (left_draft_id, right_draft_id, verdict, left_hash, right_hash)
            SELECT one.draft_id, other.draft_id, $3, ${textHash('one')}, ${textHash('other')}
            FROM draft AS one, draft AS other WHERE one.draft_id = $1 AND other.draft_id = $2
            RETURNING draft_vote_id AS id`,
          [left, right, verdict],
        );
        return rows[0]?.id ?? refuse(gone);
      }),

    removeVote: (id) =>
      write(pg, async (tx) => {
        await tx.query('DELETE FROM draft_vote WHERE draft_vote_id = $1', [id]);
        return undefined;
      }),

    chooseDraft: (draftId) =>
      write(pg, async (tx) => {
        const { rows } = await tx.query<{ id: number }>(
          `INSERT INTO draft_choice (prospect_id, touch, draft_id)
            SELECT prospect_id, touch, draft_id FROM draft WHERE draft_id = $1
            RETURNING draft_choice_id AS id`,
          [draftId],
        );
        return rows[0]?.id ?? refuse(gone);
      }),

    undoChoice: (id) =>
      write(pg, async (tx) => {
        await tx.query('DELETE FROM draft_choice WHERE draft_choice_id = $1', [id]);
        return undefined;
      }),
  };
}

const gone = fail(
  'draft-gone',
  'One of these drafts is no longer in the workbench. Run the cell again to see those that are.',
);

/** Of all that a reader of the draft sees. */
function textHash(draft: string): string {
  return `hashtextextended(${draft}.subject || chr(10) || ${draft}.body, 6)`;
}

/** Whether the rep has changed what somebody or something else wrote. */
function isChanged(origin: string): string {
  return `(${origin} = 'edited here' OR ${origin} LIKE '%, changed')`;
}

/** The score of each draft as it stands; where several cells scored it, of the first by name. */
function present(scoreContext: string | null): string {
  return `(SELECT DISTINCT ON (draft_id) draft_id, identification, personal_voice, brand_voice, is_scored,
      has_live_signal, must_not_be_sent, describes_another, report
    FROM draft_score JOIN draft AS scored USING (draft_id)
    WHERE draft_score.text_hash = scored.text_hash
      ${scoreContext === null ? '' : `AND context = ${quoted(scoreContext)}`}
    ORDER BY draft_id, cell_id)`;
}

/** The drafts a request is about, whatever their touch. */
function draftsOf({ prospectIds, draftIds }: ComparisonRequest): string {
  const only = draftIds ? `WHERE draft_id = ANY (${intArray(draftIds)})` : '';
  return `(SELECT draft.*, place FROM ${asked(prospectIds)} JOIN draft USING (prospect_id) ${only}) AS draft`;
}

async function readTouches(pg: PGlite, request: ComparisonRequest): Promise<number[]> {
  const { rows } = await pg.query<{ touch: number }>(
    `SELECT DISTINCT touch FROM ${draftsOf(request)} ORDER BY touch`,
  );
  return rows.map(({ touch }) => touch);
}

async function readDrafts(pg: PGlite, request: ComparisonRequest, touch: number): Promise<ComparedDrafts> {
  const { labels, origins, writers, ...found } = await readColumns(
    pg,
    {
      draftIds: 'int4',
      prospectIds: 'int4',
      labels: 'text',
      origins: 'text',
      writers: 'text',
      textHashes: 'int8',
      identification: 'float4',
      personalVoice: 'float4',
      brandVoice: 'float4',
      isScored: 'int4',
      hasLiveSignal: 'int4',
      mustNotBeSent: 'int4',
      describesAnother: 'int4',
      inputTokens: 'int4',
      outputTokens: 'int4',
      milliseconds: 'int4',
      isCached: 'int4',
    },
    // In the order the variants were first written in, so that columns keep their places.
    `SELECT draft.draft_id AS "draftIds", draft.prospect_id AS "prospectIds", draft.variant AS labels, origin AS origins,
        coalesce(CASE WHEN ${isChanged('origin')} THEN (SELECT version.origin FROM draft_version AS version
          WHERE version.draft_id = draft.draft_id AND NOT ${isChanged('version.origin')}
          ORDER BY made_at DESC, draft_version_id DESC LIMIT 1) END, origin) AS writers,
        ${textHash('draft')} AS "textHashes", coalesce(identification, 'NaN') AS identification,
        coalesce(personal_voice, 'NaN') AS "personalVoice", coalesce(brand_voice, 'NaN') AS "brandVoice",
        coalesce(is_scored, false)::int AS "isScored", coalesce(has_live_signal, false)::int AS "hasLiveSignal",
        coalesce(must_not_be_sent, false)::int AS "mustNotBeSent",
        coalesce(describes_another, false)::int AS "describesAnother",
        coalesce(input_tokens, 0) AS "inputTokens", coalesce(output_tokens, 0) AS "outputTokens",
        coalesce(milliseconds, 0) AS milliseconds, coalesce(is_cached, false)::int AS "isCached"
      FROM ${draftsOf(request)} LEFT JOIN ${present(request.scoreContext)} AS score USING (draft_id)
        LEFT JOIN (SELECT DISTINCT ON (draft_id) draft_id, input_tokens, output_tokens, milliseconds, is_cached
          FROM draft_order WHERE draft_id IS NOT NULL ORDER BY draft_id, draft_order_id DESC) AS made USING (draft_id)
      WHERE draft.touch = ${Number(touch)} ORDER BY draft.draft_id`,
  );
  const names: string[] = [];
  const known = new Map<string, number>();
  const named = (texts: readonly string[]) =>
    Int32Array.from(texts, (text) => {
      const at = known.get(text) ?? names.push(text) - 1;
      known.set(text, at);
      return at;
    });
  return {
    ...found,
    labels: named(decodeTexts(labels)),
    origins: named(decodeTexts(origins)),
    writers: named(decodeTexts(writers)),
    names,
    isScored: Uint8Array.from(found.isScored),
    hasLiveSignal: Uint8Array.from(found.hasLiveSignal),
    mustNotBeSent: Uint8Array.from(found.mustNotBeSent),
    describesAnother: Uint8Array.from(found.describesAnother),
    isCached: Uint8Array.from(found.isCached),
  };
}

/** Of the orders that failed and are still wanted, the last one of each variant. */
async function readFailed(pg: PGlite, ids: Int32Array, touch: number): Promise<FailedDrafts> {
  const { prospectIds, labels, reasons } = await readColumns(
    pg,
    { prospectIds: 'int4', labels: 'text', reasons: 'text' },
    `SELECT DISTINCT ON (prospect_id, variant) prospect_id AS "prospectIds", variant AS labels,
        coalesce(reason, 'It was not drafted.') AS reasons
      FROM draft_order
      WHERE state = 'failed' AND is_wanted AND touch = ${Number(touch)} AND prospect_id = ANY (${intArray(ids)})
      ORDER BY prospect_id, variant, draft_order_id DESC`,
  );
  return { prospectIds, labels: decodeTexts(labels), reasons: decodeTexts(reasons) };
}

async function readVotes(pg: PGlite, draftIds: Int32Array): Promise<Vote[]> {
  const { rows } = await pg.query<Vote>(
    `SELECT draft_vote_id AS id, left_draft_id AS left, right_draft_id AS right, verdict
      FROM draft_vote JOIN draft AS one ON one.draft_id = left_draft_id
        JOIN draft AS other ON other.draft_id = right_draft_id
      WHERE one.draft_id = ANY (${intArray(draftIds)}) AND other.draft_id = ANY (${intArray(draftIds)})
        AND left_hash = ${textHash('one')} AND right_hash = ${textHash('other')}
      ORDER BY draft_vote_id`,
  );
  return rows;
}
