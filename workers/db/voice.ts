import type { PGlite } from '@electric-sql/pglite';
import { fail, succeed } from '../../src/domain/result';
import type { Corpus } from '../../src/domain/voice';
import { voiceRules } from '../../src/domain/voice/rules';
import type { StoredSample } from '../../src/domain/voice/stored';
import type { CorpusState, VoiceStoreApi } from './api';
import { asked, intArray, quoted, readColumns } from './copy';
import { write } from './write';

/** The mails that voices are measured on, and the rules beside them. */
export function createVoice(pg: PGlite): VoiceStoreApi {
  return {
    async voiceStates() {
      const { rows } = await pg.query<{
        corpus: Corpus;
        samples: number;
        excluded: number;
        fingerprint: string;
        rules: unknown;
      }>(
        `SELECT corpus, coalesce(samples, 0)::int AS samples, coalesce(excluded, 0)::int AS excluded,
            coalesce(fingerprint, '') AS fingerprint, coalesce(rules, '{}') AS rules
          FROM (VALUES ('personal'), ('brand')) AS both_of (corpus)
            LEFT JOIN (
              SELECT corpus, count(*) AS samples, count(*) FILTER (WHERE is_excluded) AS excluded,
                md5(string_agg(voice_sample_id || md5(body), ',' ORDER BY voice_sample_id)
                  FILTER (WHERE NOT is_excluded)) AS fingerprint
              FROM voice_sample GROUP BY corpus
            ) AS counted USING (corpus)
            LEFT JOIN voice_rules USING (corpus)`,
      );
      const state = (corpus: Corpus): CorpusState => {
        const row = rows.find((one) => one.corpus === corpus)!;
        const { samples, excluded, fingerprint } = row;
        return { samples, excluded, fingerprint, rules: voiceRules.parse(row.rules) };
      };
      return succeed({ personal: state('personal'), brand: state('brand') });
    },

    addVoiceSamples: (corpus, samples) =>
      write(pg, async (tx) => {
        const { rows } = await tx.query<{ id: number }>(
          `INSERT INTO voice_sample
              (corpus, subject, source, removed, body, sent_on, got_reply, origin, is_excluded)
            SELECT $1, subject, source, removed, text, "sentOn", "gotReply", origin,
              coalesce("isExcluded", false)
            FROM json_to_recordset($2::json) AS given (subject text, source text, removed jsonb, text text,
              "sentOn" date, "gotReply" boolean, origin text, "isExcluded" boolean)
            ON CONFLICT (corpus, source_hash) DO NOTHING
            RETURNING voice_sample_id AS id`,
          [corpus, new TextDecoder().decode(samples).replaceAll('\\u0000', '')],
        );
        return Int32Array.from(rows, ({ id }) => id);
      }),

    async voiceSampleIds(corpus) {
      const { ids } = await readColumns(
        pg,
        { ids: 'int4' },
        `SELECT voice_sample_id AS ids FROM voice_sample WHERE corpus = ${quoted(corpus)}
          ORDER BY sent_on DESC NULLS LAST, voice_sample_id DESC`,
      );
      return succeed(ids);
    },

    async voiceSamples(ids) {
      const { rows } = await pg.query<StoredSample>(
        `SELECT voice_sample_id AS id, corpus, subject, body AS text, sent_on::text AS "sentOn",
            got_reply AS "gotReply", source, removed, origin, is_excluded AS "isExcluded"
          FROM ${asked(ids.subarray(0, 200))} JOIN voice_sample ON voice_sample_id = prospect_id ORDER BY place`,
      );
      return succeed(rows);
    },

    cutVoiceSample: (id, removed, text) =>
      write(pg, async (tx) => {
        await tx.query(
          'UPDATE voice_sample SET removed = $2::text::jsonb, body = $3 WHERE voice_sample_id = $1',
          [id, JSON.stringify(removed), text],
        );
        return undefined;
      }),

    excludeVoiceSamples: (ids, isExcluded) =>
      write(pg, async (tx) => {
        await tx.query(
          `UPDATE voice_sample SET is_excluded = $1 WHERE voice_sample_id = ANY (${intArray(ids)})`,
          [isExcluded],
        );
        return undefined;
      }),

    removeVoiceSamples: (ids) =>
      write(pg, async (tx) => {
        const { rows } = await tx.query<{ removed: string }>(
          `WITH gone AS (
              DELETE FROM voice_sample WHERE voice_sample_id = ANY (${intArray(ids)}) RETURNING *
            )
            SELECT coalesce(json_agg(json_build_object('subject', subject, 'source', source, 'removed', removed,
                'text', body, 'sentOn', sent_on, 'gotReply', got_reply, 'origin', origin,
                'isExcluded', is_excluded) ORDER BY voice_sample_id), '[]')::text AS removed
            FROM gone`,
        );
        return new TextEncoder().encode(rows[0]?.removed ?? '[]');
      }),

    async setVoiceRules(corpus, rules) {
      const checked = voiceRules.safeParse(rules);
      if (!checked.success)
        return fail('voice-rules', 'A rule needs words: fill in its phrase, or take the rule out.');
      return write(pg, async (tx) => {
        await tx.query(
          `INSERT INTO voice_rules (corpus, rules) VALUES ($1, $2::text::jsonb)
            ON CONFLICT (corpus) DO UPDATE SET rules = excluded.rules`,
          [corpus, JSON.stringify(checked.data)],
        );
        return undefined;
      });
    },

    async voiceTexts(corpus) {
      const columns = await readColumns(
        pg,
        { ids: 'int4', texts: 'text' },
        `SELECT voice_sample_id AS ids, body AS texts FROM voice_sample
          WHERE corpus = ${quoted(corpus)} AND NOT is_excluded AND body <> '' ORDER BY voice_sample_id`,
      );
      return succeed(columns);
    },
  };
}
