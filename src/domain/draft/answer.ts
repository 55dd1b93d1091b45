import { z } from 'zod';
import { type Span, words } from '../text';
import { findPhrase } from '../voice/rules';
import { grammarWords } from '../voice/style';
import type { Brief, BriefMaterial } from './brief';
import { visibleText } from './data';

/** What a model is asked for. It has no field for a recipient: who is written to is none of its business. */
export const draftAnswer = z.object({
  subject: z.string(),
  body: z.string(),
  claims: z.array(z.object({ text: z.string(), signalId: z.number().nullable() })),
});

export type DraftAnswer = z.infer<typeof draftAnswer>;

/** A statement about the recipient, and what it rests on. */
export interface Claim {
  readonly text: string;
  /** The signal that bears it out; null where none does. */
  readonly signalId: number | null;
  readonly restsOn: 'signal' | 'list' | 'nothing';
  /** Where it stands in the body; null where the body says it in other words. */
  readonly span: Span | null;
}

/** A draft with what it rests on, as it is kept. */
export interface JudgedDraft {
  readonly subject: string;
  readonly body: string;
  readonly claims: readonly Claim[];
  /** What to check before it is sent, a sentence each. */
  readonly faults: readonly string[];
}

const longestSubject = 200;
const longestBody = 20_000;

/**
 * Reads an answer as text (never as HTML) and holds each claim against the brief: a signal bears a claim out if it was
 * in the brief, shares a telling word with it, and has every number of it. What nothing bears out is marked.
 */
export function judgeAnswer(answer: DraftAnswer, brief: Brief, material: BriefMaterial): JudgedDraft {
  const subject = visibleText(answer.subject).replace(/\s+/g, ' ').slice(0, longestSubject);
  const body = visibleText(answer.body).slice(0, longestBody);
  const listed = listText(material);
  const claims = answer.claims
    .map(({ text, signalId }) => ({ text: visibleText(text).slice(0, 500), signalId }))
    .filter(({ text }) => text !== '')
    .slice(0, 20)
    .map(({ text, signalId }): Claim => {
      const signal = brief.signals.find(({ id }) => id === signalId);
      const span = findPhrase(body, text)[0] ?? null;
      if (signal && bearsOut(`${signal.quote} ${signal.source} ${signal.kind} ${listed}`, text, signal.quote))
        return { text, signalId: signal.id, restsOn: 'signal', span };
      return { text, signalId: null, restsOn: bearsOut(listed, text, listed) ? 'list' : 'nothing', span };
    });
  return { subject, body, claims, faults: faultsOf(subject, body, claims, brief) };
}

function faultsOf(subject: string, body: string, claims: readonly Claim[], brief: Brief): string[] {
  const known = brief.prompt.slice(0, brief.prompt.indexOf('</sender>')).toLowerCase();
  const addresses = Array.from(
    `${subject}\n${body}`.matchAll(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bhttps?:\/\/\S+|\bwww\.\S+/gi),
    ([address]) => address.replace(/[.,;:!?)\]]+$/, ''),
  ).filter((address) => !known.includes(address.toLowerCase()));
  const unfounded = claims.filter(({ restsOn }) => restsOn === 'nothing');
  return [
    ...(claims.some(({ restsOn }) => restsOn === 'signal')
      ? []
      : ['Nothing in it rests on a signal, so it is no personal mail.']),
    ...[...new Set(addresses)].map(
      (address) =>
        `It holds an address that your offer does not: ${address}. Take it out unless you know it.`,
    ),
    ...(unfounded.length === 0
      ? []
      : [
          `${unfounded.length === 1 ? 'One claim has' : `${unfounded.length} claims have`} no evidence: ${unfounded
            .map(({ text }) => `“${text}”`)
            .join(', ')}.`,
        ]),
  ];
}

/** Whether `all` has every number of a claim, and `telling` a word of it that carries meaning. */
function bearsOut(all: string, claim: string, telling: string): boolean {
  const numbers = (text: string) => new Set(text.match(/\d+(?:[.,]\d+)*/g) ?? []);
  const known = numbers(all);
  if ([...numbers(claim)].some((number) => !known.has(number))) return false;
  const stems = stemsOf(telling);
  return [...stemsOf(claim)].some((stem) => stems.has(stem));
}

const grammar = new Set(Object.values(grammarWords).flatMap((group) => [...group]));

/** The beginnings of the words that carry meaning, so that "hiring" meets "hire". */
function stemsOf(text: string): Set<string> {
  return new Set(
    words(text.toLowerCase())
      .filter((word) => !grammar.has(word.replaceAll('’', "'")) && (word.length > 3 || /\d/.test(word)))
      .map((word) => word.slice(0, word.length > 6 ? 5 : word.length - 1)),
  );
}

function listText({ title, location, account }: BriefMaterial): string {
  const { name, industry, keywords, description, employees } = account;
  return [title, location, name, industry, keywords, description, employees ?? ''].join(' ');
}
