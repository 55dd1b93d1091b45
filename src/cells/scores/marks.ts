import type { ReportedSentence } from '../../domain/genericness/report';
import type { TextMark } from '../../ui/MarkedText';
import { genericFrom, specificBelow } from './kind';

/** How a sentence is marked: red for what must not be sent, gold for specific, grey for the rest. */
export function lookOf(sentence: ReportedSentence): TextMark['look'] {
  if (sentence.fit === null || sentence.describes !== null) return 'red';
  if (sentence.reasons.some(({ kind }) => kind === 'must not be sent')) return 'red';
  return sentence.fit === 'specific' ? 'gold' : 'grey';
}

export function markOf(sentence: ReportedSentence): TextMark {
  return { start: sentence.start, end: sentence.end, look: lookOf(sentence) };
}

const severity = { red: 0, grey: 1, gold: 2, none: 3 } as const;

/** Indexes of the sentences, worst first. */
export function worstFirst(sentences: readonly ReportedSentence[]): number[] {
  return Array.from(sentences.keys()).sort((a, b) => {
    const [one, other] = [sentences[a], sentences[b]];
    if (!one || !other) return 0;
    return (
      severity[lookOf(one)] - severity[lookOf(other)] || one.identification - other.identification || a - b
    );
  });
}

/** What a mail is called in the list, by its score and what speaks against sending it. */
export function verdictOf(draft: {
  readonly score: number | undefined;
  readonly mustNotBeSent: boolean;
  readonly describesAnother: boolean;
}): { readonly word: string; readonly look: TextMark['look'] } {
  if (draft.mustNotBeSent) return { word: 'Not filled in', look: 'red' };
  if (draft.describesAnother) return { word: 'About another', look: 'red' };
  if (draft.score === undefined) return { word: 'Not scored', look: 'none' };
  if (draft.score < specificBelow) return { word: 'Specific', look: 'gold' };
  return { word: draft.score < genericFrom ? 'In between' : 'Generic', look: 'grey' };
}
