import { z } from 'zod';
import type { CorpusState, DescribedVoice, Services } from '../../boundary/services';
import { succeed } from '../../domain/result';
import type { Corpus } from '../../domain/voice';
import type { CellKind } from '../../notebook/kind';

const params = z.object({
  /** The corpus that is looked at. */
  corpus: z.enum(['personal', 'brand']).default('personal'),
});

export type VoiceParams = z.infer<typeof params>;
export type VoiceInputs = Readonly<Record<never, never>>;

/** The workbench's voices as they were measured. The mails themselves stay in the database. */
export interface VoiceOutput {
  readonly type: 'voice';
  readonly states: Readonly<Record<Corpus, CorpusState>>;
  /** Null where the corpus has no mails. */
  readonly voices: Readonly<Record<Corpus, DescribedVoice | null>>;
}

export const voiceKind: CellKind<VoiceParams, VoiceInputs, VoiceOutput, Services> = {
  kind: 'voice',
  summary: 'How you write, and how your brand does, measured on mails you really sent.',
  params,
  inputs: {},
  output: 'voice',
  viewParams: ['corpus'],

  async run({ services, signal, progress }) {
    const job = { signal, progress };
    const personal = await services.voices.describe('personal', job);
    if (!personal.ok) return personal;
    const brand = await services.voices.describe('brand', job);
    if (!brand.ok) return brand;
    const states = await services.voices.states();
    if (!states.ok) return states;
    return succeed({
      type: 'voice',
      states: states.value,
      voices: { personal: personal.value ?? null, brand: brand.value ?? null },
    });
  },

  headline({ voices, states }) {
    const parts = [
      voices.personal && `${mails(voices.personal, states.personal)} of your own`,
      voices.brand && `${mails(voices.brand, states.brand)} of the brand’s`,
    ].filter(Boolean);
    return parts.length > 0 ? parts.join(', ') : 'no mails yet';
  },
};

/** What the voice was measured on: copies and fillings of one template count once. */
function mails({ profile }: DescribedVoice, { samples, excluded }: CorpusState): string {
  const count = profile.sampleIds.length;
  const different = count < samples - excluded ? 'different ' : '';
  return `${count.toLocaleString('en')} ${different}${count === 1 ? 'mail' : 'mails'}`;
}
