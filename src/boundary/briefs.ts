import type { DbApi, DraftLine } from '../../workers/db/api';
import { type Brief, type BriefMaterial, type BriefSettings, buildBrief } from '../domain/draft/brief';
import type { SpokenVoice } from '../domain/draft/spokenVoice';
import type { Variant, VoiceChoice } from '../domain/draft/variant';
import { type Result, succeed } from '../domain/result';
import type { SampleText } from '../domain/voice';
import type { DraftRequest } from './services';

/** Mails of the rep's that a brief shows. */
const mostExamples = 2;

/** A variant with all that its briefs need, looked up once a run. */
export interface PreparedVariant {
  readonly variant: Variant;
  readonly line: DraftLine;
  readonly settings: BriefSettings;
}

export interface Drafter {
  prepareVariants(request: DraftRequest): Promise<Result<readonly PreparedVariant[]>>;
  /** Briefs of prospects, in their order, for one variant. */
  briefs(
    prepared: PreparedVariant,
    materials: readonly BriefMaterial[],
    day: string,
  ): Promise<Result<readonly Brief[]>>;
}

/** Writes briefs from what the database knows. */
export function createDrafter(db: DbApi): Drafter {
  async function spoken(voices: readonly VoiceChoice[]): Promise<Result<Map<VoiceChoice, SpokenVoice>>> {
    const found = new Map<VoiceChoice, SpokenVoice>();
    for (const voice of new Set(voices)) {
      if (voice === 'none') continue;
      const answer = await db.spokenVoice(voice);
      if (!answer.ok) return answer;
      found.set(voice, answer.value);
    }
    return succeed(found);
  }

  return {
    async prepareVariants({ variants, template, touch, sender, offer, icp }) {
      const voices = await spoken(variants.filter(({ writer }) => writer).map(({ voice }) => voice));
      if (!voices.ok) return voices;
      const prepared: PreparedVariant[] = [];
      for (const variant of variants) {
        const voice = (variant.writer && voices.value.get(variant.voice)) || null;
        const settings: BriefSettings = {
          touch,
          sender,
          offer,
          icp,
          instructions: variant.prompt.instructions,
          hook: variant.hook,
          voice,
        };
        const writtenBy = variant.writer ? [variant.writer, icp, settings.instructions, voice] : [template];
        const hash = await sha256(JSON.stringify([touch, sender, offer, variant.hook, writtenBy]));
        prepared.push({ variant, settings, line: { touch, variant: variant.label, settings: hash } });
      }
      return succeed(prepared);
    },

    async briefs({ settings }, materials, day) {
      let examples: readonly (readonly SampleText[])[] = [];
      if (settings.voice) {
        const subjects = materials.map(({ signals, account }) =>
          [account.description, ...signals.map(({ quote }) => quote)].join(' ').slice(0, 4000),
        );
        const nearest = await db.nearestMails(settings.voice.of, subjects, mostExamples);
        if (!nearest.ok) return nearest;
        examples = nearest.value;
      }
      return succeed(materials.map((material, i) => buildBrief(material, settings, examples[i] ?? [], day)));
    },
  };
}

/** In hexadecimal. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
