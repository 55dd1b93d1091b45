import type { PGlite } from '@electric-sql/pglite';
import { succeed } from '../../src/domain/result';
import type { KeptSameness, ScoreStoreApi } from './api';
import { bytesOf, intArray, quoted, readColumns, utf8, writeBinaryRows } from './copy';
import { decodeTexts } from './texts';
import { write } from './write';

/** What scores cells measured, so that what has not changed is not measured again. */
export function createScores(pg: PGlite): ScoreStoreApi {
  return {
    async draftScores(cellId, context, draftIds) {
      const {
        draftIds: ids,
        flags,
        ...parts
      } = await readColumns(
        pg,
        {
          draftIds: 'int4',
          identification: 'float4',
          personalVoice: 'float4',
          brandVoice: 'float4',
          flags: 'int4',
        },
        `SELECT draft_id AS "draftIds", coalesce(identification, 'NaN') AS identification,
            coalesce(personal_voice, 'NaN') AS "personalVoice", coalesce(brand_voice, 'NaN') AS "brandVoice",
            is_scored::int + 2 * has_live_signal::int + 4 * must_not_be_sent::int
              + 8 * describes_another::int AS flags
          FROM draft_score JOIN draft USING (draft_id)
          WHERE cell_id = ${quoted(cellId)} AND context = ${quoted(context)}
            AND draft_score.text_hash = draft.text_hash AND draft_id = ANY (${intArray(draftIds)})
          ORDER BY draft_id`,
      );
      const flag = (bit: number) => Uint8Array.from(flags, (set) => Number((set & bit) > 0));
      return succeed({
        draftIds: ids,
        ...parts,
        isScored: flag(1),
        hasLiveSignal: flag(2),
        mustNotBeSent: flag(4),
        describesAnother: flag(8),
      });
    },

    putDraftScores: (cellId, context, scores) =>
      write(pg, async (tx) => {
        const reports = decodeTexts(scores.reports);
        const part = (values: Float32Array, i: number) => (Number.isNaN(values[i]) ? null : values[i]);
        await tx.query(
          `INSERT INTO draft_score
            SELECT $1, "draftId", $2, hash::bigint, identification, "personalVoice", "brandVoice", "isScored",
              "hasLiveSignal", "mustNotBeSent", "describesAnother", report
            FROM json_to_recordset($3::json) AS given ("draftId" int, hash text, identification real,
                "personalVoice" real, "brandVoice" real, "isScored" boolean, "hasLiveSignal" boolean,
                "mustNotBeSent" boolean, "describesAnother" boolean, report json)
              JOIN draft ON draft_id = "draftId"
            ON CONFLICT (cell_id, draft_id) DO UPDATE SET context = excluded.context, text_hash = excluded.text_hash,
              identification = excluded.identification, personal_voice = excluded.personal_voice,
              brand_voice = excluded.brand_voice, is_scored = excluded.is_scored,
              has_live_signal = excluded.has_live_signal, must_not_be_sent = excluded.must_not_be_sent,
              describes_another = excluded.describes_another, report = excluded.report`,
          [
            cellId,
            context,
            `[${reports
              .map(
                (report, i) =>
                  `${JSON.stringify({
                    draftId: scores.draftIds[i],
                    hash: String(scores.hashes[i]),
                    identification: part(scores.identification, i),
                    personalVoice: part(scores.personalVoice, i),
                    brandVoice: part(scores.brandVoice, i),
                    isScored: scores.isScored[i] === 1,
                    hasLiveSignal: scores.hasLiveSignal[i] === 1,
                    mustNotBeSent: scores.mustNotBeSent[i] === 1,
                    describesAnother: scores.describesAnother[i] === 1,
                  }).slice(0, -1)},"report":${report}}`,
              )
              .join(',')}]`,
          ],
        );
        return undefined;
      }),

    async draftReport(cellId, draftId) {
      const { rows } = await pg.query<{ report: string }>(
        'SELECT report::text AS report FROM draft_score WHERE cell_id = $1 AND draft_id = $2',
        [cellId, draftId],
      );
      return succeed(rows[0]?.report);
    },

    async sameness(cellId) {
      const { rows } = await pg.query<{
        fingerprint: string;
        whole: number;
        repeated: Uint8Array;
        shapes: KeptSameness['shapes'];
      }>('SELECT fingerprint, whole, repeated, shapes FROM draft_sameness WHERE cell_id = $1', [cellId]);
      const kept = rows[0];
      if (!kept) return succeed(undefined);
      return succeed({
        ...kept,
        // A `real` comes as the shortest text that names it.
        whole: Math.fround(kept.whole),
        repeated: new Float32Array(kept.repeated.slice().buffer as ArrayBuffer),
      });
    },

    putSameness: (cellId, { fingerprint, whole, repeated, shapes }) =>
      write(pg, async (tx) => {
        await tx.query('DELETE FROM draft_sameness WHERE cell_id = $1', [cellId]);
        const real = new Uint8Array(4);
        new DataView(real.buffer).setFloat32(0, whole);
        await writeBinaryRows(tx, 'draft_sameness (cell_id, fingerprint, whole, repeated, shapes)', [
          [utf8(cellId), utf8(fingerprint), real, bytesOf(repeated), utf8(JSON.stringify(shapes))],
        ]);
        return undefined;
      }),
  };
}
