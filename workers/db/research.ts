import type { PGlite } from '@electric-sql/pglite';
import type { BriefMaterial } from '../../src/domain/draft/brief';
import { fail, succeed } from '../../src/domain/result';
import { isLive, type Signal, signalKinds } from '../../src/domain/signal';
import type { DraftingApi, OutdatedDraft } from './api';
import { asked, quoted, readColumns } from './copy';
import { decodeTexts } from './texts';

/** What is known of the prospects that drafts are for, and which drafts were written from something else. */
export function createResearch(
  pg: PGlite,
): Pick<DraftingApi, 'draftStanding' | 'briefMaterial' | 'outdatedDrafts'> {
  return {
    async draftStanding(ids, day) {
      const { tiers, unsubscribed } = await readColumns(
        pg,
        { tiers: 'int4', unsubscribed: 'int4' },
        `SELECT coalesce(tier, 0)::int AS tiers, (${hasUnsubscribed})::int AS unsubscribed
          FROM ${asked(ids)} JOIN prospect USING (prospect_id)
            LEFT JOIN tier_assignment ON tier_assignment.prospect_id = prospect.prospect_id AND valid_to IS NULL
          ORDER BY place`,
      );
      if (tiers.length < ids.length) return gone;
      const live = await readLiveSignals(pg, ids, day);
      return succeed({
        tiers,
        liveSignals: Uint8Array.from(ids, (_, place) => Math.min(255, live.get(place)?.length ?? 0)),
        hasUnsubscribed: Uint8Array.from(unsubscribed),
      });
    },

    async briefMaterial(ids) {
      const { rows } = await pg.query<{ material: BriefMaterial }>(
        `SELECT json_build_object('id', prospect_id, 'firstName', first_name, 'lastName', last_name,
            'title', title, 'email', email, 'linkedinUrl', linkedin_url, 'phone', phone, 'location', location,
            'extra', extra, 'hasUnsubscribed', ${hasUnsubscribed},
            'account', json_build_object('id', account_id, 'name', name, 'domain', domain, 'industry', industry,
              'keywords', keywords, 'employees', employees, 'description', description),
            'signals', (SELECT coalesce(json_agg(json_build_object('id', signal_id,
                'prospectId', signal.prospect_id, 'accountId', signal.account_id, 'kind', kind,
                'happenedOn', coalesce(happened_on::text, ''), 'source', source, 'quote', quote,
                'confidence', confidence) ORDER BY signal_id), '[]')
              FROM signal WHERE signal.prospect_id = prospect.prospect_id
                OR signal.prospect_id IS NULL AND signal.account_id = prospect.account_id)) AS material
          FROM ${asked(ids.subarray(0, 200))} JOIN prospect USING (prospect_id) JOIN account USING (account_id)
          ORDER BY place`,
      );
      return succeed(rows.map(({ material }) => material));
    },

    async outdatedDrafts(cellId, day) {
      const drafts = await readColumns(
        pg,
        { ids: 'int4', prospectIds: 'int4', isSettled: 'int4', known: 'text', restsOn: 'text' },
        `SELECT draft_id AS ids, prospect_id AS "prospectIds", (${isSettled})::int AS "isSettled",
            array_to_string(known_signals, ',') AS known,
            coalesce((SELECT string_agg(claim ->> 'signalId', ',')
              FROM json_array_elements(basis -> 'claims') AS claim WHERE claim ->> 'signalId' <> ''), '') AS "restsOn"
          FROM draft_order WHERE cell_id = ${quoted(cellId)} AND is_wanted AND state = 'drafted'
            AND known_signals IS NOT NULL ORDER BY draft_order_id`,
      );
      const live = await readLiveSignals(pg, drafts.prospectIds, day);
      const stored = await readColumns(pg, { ids: 'int4' }, 'SELECT signal_id AS ids FROM signal');
      const present = new Set(stored.ids);
      const idsIn = (list: string) => list.split(',').filter(Boolean).map(Number);
      const known = decodeTexts(drafts.known);
      const restsOn = decodeTexts(drafts.restsOn);
      const outdated = Array.from(drafts.ids, (draftId, place): OutdatedDraft => {
        const mine = live.get(place) ?? [];
        const before = new Set(idsIn(known[place]!));
        const rests = idsIn(restsOn[place]!);
        const news = mine.find(({ id }) => !before.has(id));
        const isGone = rests.some((id) => !present.has(id));
        const isOld = rests.some((id) => !mine.some((signal) => signal.id === id));
        return {
          draftId,
          prospectId: drafts.prospectIds[place]!,
          news: news ? { kind: news.kind, happenedOn: news.happenedOn, source: news.source } : null,
          lost: isGone ? 'gone' : isOld ? 'old' : null,
          isSettled: drafts.isSettled[place] === 1,
        };
      });
      return succeed(outdated.filter(({ news, lost }) => news !== null || lost !== null));
    },
  };
}

export const gone = fail(
  'prospect-gone',
  'Some of these prospects are no longer in the workbench. Run the cell above again.',
);

/** A draft that the rep has changed or accepted is never drafted anew. */
export const isSettled = `draft_order.state = 'drafted' AND (
  EXISTS (SELECT FROM draft WHERE draft.draft_id = draft_order.draft_id AND draft.text_hash <> draft_order.text_hash)
  OR EXISTS (SELECT FROM draft_review
    WHERE draft_review.draft_id = draft_order.draft_id AND verdict = 'accepted' AND NOT is_void))`;

const hasUnsubscribed = `EXISTS (SELECT FROM engagement
  WHERE engagement.prospect_id = prospect.prospect_id AND engagement.kind = 'unsubscribe')`;

type LiveSignal = Pick<Signal, 'id' | 'kind' | 'happenedOn' | 'source'>;

/** The signals that are live on a day, latest first, by the place of their prospect in `ids`. */
async function readLiveSignals(
  pg: PGlite,
  ids: Int32Array,
  day: string,
): Promise<ReadonlyMap<number, readonly LiveSignal[]>> {
  const found = await readColumns(
    pg,
    { places: 'int4', ids: 'int4', kinds: 'text', days: 'text', sources: 'text' },
    `SELECT place::int - 1 AS places, signal_id AS ids, kind AS kinds, happened_on::text AS days, source AS sources
      FROM ${asked(ids)} JOIN prospect USING (prospect_id) JOIN signal
        ON signal.prospect_id = prospect.prospect_id
          OR signal.prospect_id IS NULL AND signal.account_id = prospect.account_id
      WHERE happened_on IS NOT NULL AND btrim(quote) <> '' ORDER BY happened_on DESC, signal_id DESC`,
  );
  const kinds = decodeTexts(found.kinds);
  const days = decodeTexts(found.days);
  const sources = decodeTexts(found.sources);
  const live = new Map<number, LiveSignal[]>();
  for (const [i, place] of found.places.entries()) {
    const kind = signalKinds.find((one) => one === kinds[i]);
    const happenedOn = days[i]!;
    if (!kind || !isLive({ kind, happenedOn }, day)) continue;
    const signal = { id: found.ids[i]!, kind, happenedOn, source: sources[i]! };
    live.set(place, [...(live.get(place) ?? []), signal]);
  }
  return live;
}
