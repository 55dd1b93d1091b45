import type { TextColumn } from '../../src/domain/list';
import { type Result, succeed } from '../../src/domain/result';
import type { Corpus, SampleText } from '../../src/domain/voice';
import {
  describeVoice,
  type Others,
  type PreparedVoice,
  prepareVoice,
  readOthers,
  type VoiceProfile,
} from '../../src/domain/voice/score';
import type { NewSample } from '../../src/domain/voice/stored';
import { decodeTexts } from '../db/texts';
import { drive, type Report } from './job';
import { type MailFile, type ReadMails, readMails, readPaste } from './mails';

/** The samples of a corpus that count; `key` changes whenever they do. */
export interface CorpusTexts {
  readonly corpus: Corpus;
  readonly key: string;
  readonly ids: Int32Array;
  readonly texts: TextColumn;
}

/** Mails that were found, as one block for the database. */
export interface FoundSamples {
  readonly count: number;
  /** How many of them had parts cut. */
  readonly cut: number;
  /** The JSON of `NewSample[]` in UTF-8. */
  readonly samples: Uint8Array;
  readonly senders: ReadMails['senders'];
  readonly sender: ReadMails['sender'];
  /** The first of those not used, and how many there are. */
  readonly passedOver: ReadMails['passedOver'];
  readonly passedOverCount: number;
}

export interface DescribedVoice {
  readonly profile: VoiceProfile;
  /** Why no draft can be scored against it, as a sentence; null where it can. */
  readonly unready: string | null;
}

export interface VoiceApi {
  /** The mails one sender wrote, out of files or a paste; see `mails.ts`. */
  findSamples(
    source: { readonly files: readonly MailFile[] } | { readonly text: string },
    sender: string | undefined,
    report: Report,
  ): Promise<Result<FoundSamples>>;
  /** The corpus in words, and whether drafts can be scored against it. */
  describeVoice(texts: CorpusTexts, report: Report): Promise<Result<DescribedVoice>>;
}

/** Prepared voices, kept for the score. */
export interface Voices {
  readonly api: VoiceApi;
  others(): Promise<Others>;
  /** The shipped mails, in no order that matters. */
  othersMails(): Promise<readonly string[]>;
  /** Prepared once for each state of a corpus. Fails with the reason a rep reads; `cancelled` where stopped. */
  prepare(texts: CorpusTexts, report: Report): Promise<Result<PreparedVoice>>;
}

/** Reasons shown of mails not used. */
const shownReasons = 50;

export function createVoices(): Voices {
  let reading: Promise<{ others: Others; mails: readonly string[] }> | undefined;
  const prepared = new Map<Corpus, { readonly key: string; readonly voice: Result<PreparedVoice> }>();

  function read() {
    reading ??= import('../../seeds/voice/others.json').then(({ default: writers }) => ({
      others: readOthers(writers),
      mails: writers.flatMap((writer) => writer.mails),
    }));
    return reading;
  }

  const others = async () => (await read()).others;

  async function prepare(texts: CorpusTexts, report: Report): Promise<Result<PreparedVoice>> {
    const held = prepared.get(texts.corpus);
    if (held?.key === texts.key) return held.voice;
    const voice = await drive(prepareVoice(await others(), texts.corpus, samplesOf(texts)), (progress) =>
      report({ ...progress, what: 'mails compared' }),
    );
    if (!voice.ok) return voice;
    prepared.set(texts.corpus, { key: texts.key, voice: voice.value });
    return voice.value;
  }

  return {
    others,
    othersMails: async () => (await read()).mails,
    prepare,
    api: {
      async findSamples(source, sender, report) {
        const found =
          'files' in source
            ? await readMails(source.files, sender, report)
            : await readPaste(source.text, sender);
        if (!found.ok) return found;
        const { mails, senders, passedOver } = found.value;
        const samples = mails.map(
          (mail): NewSample => ({
            subject: mail.subject,
            source: mail.source,
            removed: mail.removed,
            text: mail.text,
            sentOn: mail.sentOn,
            gotReply: mail.gotReply,
            origin: mail.where,
          }),
        );
        return succeed({
          count: mails.length,
          cut: mails.filter(({ removed }) => removed.length > 0).length,
          samples: new TextEncoder().encode(JSON.stringify(samples)),
          senders,
          sender: found.value.sender,
          passedOver: passedOver.slice(0, shownReasons),
          passedOverCount: passedOver.length,
        });
      },

      async describeVoice(texts, report) {
        const described = describeVoice(await others(), texts.corpus, samplesOf(texts));
        if (!described.ok) return described;
        const voice = await prepare(texts, report);
        if (!voice.ok && voice.failure.code === 'cancelled') return voice;
        return succeed({ profile: described.value, unready: voice.ok ? null : voice.failure.sentence });
      },
    },
  };
}

function samplesOf({ ids, texts }: CorpusTexts): SampleText[] {
  return decodeTexts(texts).map((text, i) => ({ id: ids[i]!, text }));
}
