import type { ReportedSentence } from './report';

/** How a sentence or a mail is marked: red must not be sent, gold is specific, grey is dull. */
export type Look = 'red' | 'gold' | 'grey';

export const lookWords: Readonly<Record<Look, string>> = {
  red: 'Must not be sent',
  gold: 'Specific',
  grey: 'Generic',
};

type Judged = Pick<ReportedSentence, 'fit' | 'describes' | 'reasons' | 'identification'>;

export function lookOf({ fit, describes, reasons }: Omit<Judged, 'identification'>): Look {
  if (fit === null || describes !== null) return 'red';
  if (reasons.some(({ kind }) => kind === 'must not be sent')) return 'red';
  return fit === 'specific' ? 'gold' : 'grey';
}

const severity: Readonly<Record<Look, number>> = { red: 0, grey: 1, gold: 2 };

/** Indexes of the sentences, worst first: red, then those that narrow the field least, in the order of the text. */
export function worstFirst(sentences: readonly Judged[]): number[] {
  return Array.from(sentences, (sentence, at) => ({ at, sentence, look: severity[lookOf(sentence)] }))
    .sort((a, b) => a.look - b.look || a.sentence.identification - b.sentence.identification || a.at - b.at)
    .map(({ at }) => at);
}

/** The sentence to look at first; undefined where there is none. */
export function worstOf<S extends Judged>(sentences: readonly S[]): S | undefined {
  return sentences[worstFirst(sentences)[0] ?? -1];
}

/** From here on a draft is called generic, and below the other specific. Judgement, as the weights are. */
export const genericFrom = 60;
export const specificBelow = 30;

/** What a mail is called in a word, by its score and what speaks against sending it. */
export function verdictOf(draft: {
  /** 0 to 100; undefined where it can't be scored. */
  readonly score: number | undefined;
  readonly mustNotBeSent: boolean;
  readonly describesAnother: boolean;
}): { readonly word: string; readonly look: Look | 'none' } {
  if (draft.mustNotBeSent) return { word: 'Not filled in', look: 'red' };
  if (draft.describesAnother) return { word: 'About another', look: 'red' };
  if (draft.score === undefined) return { word: 'Not scored', look: 'none' };
  if (draft.score < specificBelow) return { word: 'Specific', look: 'gold' };
  return { word: draft.score < genericFrom ? 'In between' : 'Generic', look: 'grey' };
}
