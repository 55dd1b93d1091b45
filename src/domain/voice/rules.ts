import { z } from 'zod';
import type { Span } from '../text';
import type { Corpus } from '../voice';
import { mailParts } from './parts';

/** What a voice must and must not say, in explicit words; kept beside what was measured. */
export const voiceRules = z.object({
  /** Wordings to use: in place of another one, or (null) somewhere in every mail. */
  say: z
    .array(z.object({ phrase: z.string().trim().min(1), insteadOf: z.string().trim().min(1).nullable() }))
    .default([]),
  /** Words and phrases that must not occur. */
  neverSay: z.array(z.string().trim().min(1)).default([]),
  /** The sign-off of every mail, without the name: "Best,". Empty: any. */
  signOff: z.string().trim().default(''),
});

export type VoiceRules = z.infer<typeof voiceRules>;

/** One rule in force, and whose it is. */
export type VoiceRule = { readonly of: Corpus } & (
  | { readonly kind: 'say'; readonly phrase: string; readonly insteadOf: string | null }
  | { readonly kind: 'never say'; readonly phrase: string }
  | { readonly kind: 'sign-off'; readonly phrase: string }
);

export interface CombinedRules {
  readonly rules: readonly VoiceRule[];
  /** Personal rules that a rule of the brand sets aside, each with that rule. */
  readonly overruled: readonly { readonly rule: VoiceRule; readonly by: VoiceRule }[];
}

/**
 * The rules in force for a rep of a brand. Where both speak of the same thing the brand's rule holds: a phrase the
 * brand forbids can't be asked for, a phrase the brand asks for can't be forbidden, one sign-off only.
 */
export function combineRules(brand: VoiceRules, personal: VoiceRules): CombinedRules {
  const rules = listRules(brand, 'brand');
  const overruled: { rule: VoiceRule; by: VoiceRule }[] = [];
  for (const rule of listRules(personal, 'personal')) {
    const by = rules.find((other) => other.of === 'brand' && contradict(other, rule));
    if (by) overruled.push({ rule, by });
    else if (!rules.some((other) => isSameRule(other, rule))) rules.push(rule);
  }
  return { rules, overruled };
}

function listRules({ say, neverSay, signOff }: VoiceRules, of: Corpus): VoiceRule[] {
  return [
    ...say.map(({ phrase, insteadOf }) => ({ of, kind: 'say' as const, phrase, insteadOf })),
    ...neverSay.map((phrase) => ({ of, kind: 'never say' as const, phrase })),
    ...(signOff === '' ? [] : [{ of, kind: 'sign-off' as const, phrase: signOff }]),
  ];
}

function contradict(brand: VoiceRule, personal: VoiceRule): boolean {
  if (brand.kind === 'sign-off' && personal.kind === 'sign-off')
    return !isSamePhrase(brand.phrase, personal.phrase);
  // "Not a word of it": the forbidden phrase lies within the one asked for.
  if (brand.kind === 'never say' && personal.kind !== 'never say')
    return findPhrase(personal.phrase, brand.phrase).length > 0;
  if (brand.kind !== 'never say' && personal.kind === 'never say')
    return findPhrase(brand.phrase, personal.phrase).length > 0;
  if (brand.kind === 'say' && personal.kind === 'say') {
    if (brand.insteadOf === null)
      return personal.insteadOf !== null && isSamePhrase(brand.phrase, personal.insteadOf);
    // Two different words for one thing, or the brand's word replaced again.
    return (
      isSamePhrase(brand.insteadOf, personal.phrase) ||
      (personal.insteadOf !== null &&
        (isSamePhrase(brand.phrase, personal.insteadOf) ||
          (isSamePhrase(brand.insteadOf, personal.insteadOf) &&
            !isSamePhrase(brand.phrase, personal.phrase))))
    );
  }
  return false;
}

function isSameRule(a: VoiceRule, b: VoiceRule): boolean {
  const replaced = (rule: VoiceRule) => (rule.kind === 'say' ? (rule.insteadOf ?? '') : '');
  return a.kind === b.kind && isSamePhrase(a.phrase, b.phrase) && isSamePhrase(replaced(a), replaced(b));
}

function isSamePhrase(a: string, b: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .replace(/\s+/g, ' ')
      .replace(/[\s,.;:!–—-]+$/, '')
      .trim();
  return plain(a) === plain(b);
}

/** A place where a draft breaks a rule. */
export interface RuleBreak {
  readonly rule: VoiceRule;
  /** null where something is missing from the whole draft. */
  readonly span: Span | null;
  /** What is wrong and what to do. */
  readonly sentence: string;
}

/** Holds a draft against the rules; breaks in the order of the text, those of the whole draft last. */
export function checkRules(draft: string, rules: readonly VoiceRule[]): RuleBreak[] {
  const breaks = rules.flatMap((rule) => breaksOf(draft, rule));
  const place = ({ span }: RuleBreak) => span?.start ?? Number.POSITIVE_INFINITY;
  return breaks.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}

function breaksOf(draft: string, rule: VoiceRule): RuleBreak[] {
  const whose = rule.of === 'brand' ? 'The brand' : 'You';
  const verb = (brand: string, you: string) => `${whose} ${rule.of === 'brand' ? brand : you}`;
  switch (rule.kind) {
    case 'never say':
      return findPhrase(draft, rule.phrase).map((span) => ({
        rule,
        span,
        sentence: `${verb('never says', 'never say')} “${rule.phrase}”. Say it another way.`,
      }));
    case 'say': {
      if (rule.insteadOf !== null)
        return findPhrase(draft, rule.insteadOf)
          .filter(
            (span) =>
              !findPhrase(draft, rule.phrase).some(
                (said) => said.start <= span.start && said.end >= span.end,
              ),
          )
          .map((span) => ({
            rule,
            span,
            sentence: `${verb('says', 'say')} “${rule.phrase}” instead of “${rule.insteadOf}”.`,
          }));
      if (findPhrase(draft, rule.phrase).length > 0) return [];
      return [
        {
          rule,
          span: null,
          sentence: `${verb('says', 'say')} “${rule.phrase}” in every mail; it is missing here.`,
        },
      ];
    }
    case 'sign-off': {
      const { closing, name } = mailParts(draft);
      if (!closing)
        return [
          {
            rule,
            span: name,
            sentence: `${verb('signs off', 'sign off')} with “${rule.phrase}”; this draft has no sign-off.`,
          },
        ];
      if (isSamePhrase(draft.slice(closing.start, closing.end), rule.phrase)) return [];
      return [{ rule, span: closing, sentence: `${verb('signs off', 'sign off')} with “${rule.phrase}”.` }];
    }
  }
}

/** Where a phrase stands as whole words, regardless of case, of the kind of apostrophe and of line breaks within. */
export function findPhrase(text: string, phrase: string): Span[] {
  const parts = phrase
    .trim()
    .split(/\s+/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/['’]/g, "['’]"));
  if (parts[0] === '') return [];
  const startsWithWord = /^[\p{L}\p{N}]/u.test(phrase.trim());
  const endsWithWord = /[\p{L}\p{N}]$/u.test(phrase.trim());
  const pattern = new RegExp(
    `${startsWithWord ? '(?<![\\p{L}\\p{N}])' : ''}${parts.join('\\s+')}${endsWithWord ? '(?![\\p{L}\\p{N}])' : ''}`,
    'giu',
  );
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}
