import { transfer } from 'comlink';
import type { DbApi } from '../../workers/db/api';
import { succeed } from '../domain/result';
import type { Corpus } from '../domain/voice';
import { keptText } from '../domain/voice/mail';
import type { Analysis } from './analysis';
import type { Voices } from './services';

/** Voices across two workers: the analysis worker reads mails and measures, the database keeps them. */
export function createVoices(db: DbApi, analysis: Analysis): Voices {
  return {
    states: () => db.voiceStates(),

    async find(source, sender, job) {
      const given =
        'files' in source ? { files: await Promise.all(source.files.map(readFile)) } : { text: source.text };
      const buffers = 'files' in given ? (given.files ?? []).map(({ bytes }) => bytes.buffer) : [];
      return analysis.run(job, (worker, report) =>
        worker.findSamples(transfer(given, buffers), sender, report),
      );
    },

    add: (corpus, samples) => db.addVoiceSamples(corpus, transfer(samples, [samples.buffer as ArrayBuffer])),
    sampleIds: (corpus) => db.voiceSampleIds(corpus),
    samples: (ids) => db.voiceSamples(ids),
    cut: (sample, removed) => db.cutVoiceSample(sample.id, removed, keptText(sample.source, removed)),
    exclude: (ids, isExcluded) => db.excludeVoiceSamples(ids, isExcluded),
    remove: (ids) => db.removeVoiceSamples(ids),
    setRules: (corpus, rules) => db.setVoiceRules(corpus, rules),

    async describe(corpus, job) {
      const texts = await corpusTexts(db, corpus);
      if (!texts.ok) return texts;
      if (texts.value.ids.length === 0) return succeed(undefined);
      return analysis.run(job, (worker, report) => worker.describeVoice(texts.value, report));
    },
  };
}

/** The samples of a corpus that count, named by what they are. */
export async function corpusTexts(db: DbApi, corpus: Corpus) {
  const states = await db.voiceStates();
  if (!states.ok) return states;
  const texts = await db.voiceTexts(corpus);
  return texts.ok ? succeed({ corpus, key: states.value[corpus].fingerprint, ...texts.value }) : texts;
}

async function readFile(file: File) {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
