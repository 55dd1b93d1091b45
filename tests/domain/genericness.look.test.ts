import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookOf, verdictOf, worstFirst, worstOf } from '../../src/domain/genericness/look';
import type { DraftReport, ReportedSentence } from '../../src/domain/genericness/report';
import { genericnessOf, type SentenceReason } from '../../src/domain/genericness/score';
import {
  defaultWeighing,
  reckoning,
  weighDraft,
  weighedParts,
  weighReport,
} from '../../src/domain/genericness/weigh';

const sentence = (part: Partial<ReportedSentence> = {}): ReportedSentence => ({
  start: 0,
  end: 9,
  fit: 'merge',
  identification: 4,
  rank: 90,
  of: 120,
  words: [],
  others: [],
  describes: null,
  evidence: null,
  reasons: [],
  ...part,
});
const notFilledIn: SentenceReason = {
  kind: 'must not be sent',
  sentence: '“{{x}}” is not filled in.',
  span: { start: 0, end: 5 },
};

describe('how a sentence is marked', () => {
  test('gold is specific, and red beats gold', () => {
    expect(lookOf(sentence())).toBe('grey');
    expect(lookOf(sentence({ fit: 'specific' }))).toBe('gold');
    expect(lookOf(sentence({ fit: 'specific', describes: { id: 7, name: 'Harrow' } }))).toBe('red');
    expect(lookOf(sentence({ fit: 'specific', reasons: [notFilledIn] }))).toBe('red');
    expect(lookOf(sentence({ fit: null }))).toBe('red');
  });

  test('the worst comes first: red, then what narrows the field least, then as they stand', () => {
    const all = [
      sentence({ fit: 'specific', identification: 80 }),
      sentence({ identification: 9 }),
      sentence({ identification: 9 }),
      sentence({ identification: 2 }),
      sentence({ fit: null, identification: 50 }),
    ];
    expect(worstFirst(all)).toEqual([4, 3, 1, 2, 0]);
    expect(worstOf(all)).toBe(all[4]);
    expect(worstOf([])).toBeUndefined();
  });
});

describe('what a mail is called', () => {
  const verdict = (score: number | undefined, mustNotBeSent = false, describesAnother = false) =>
    verdictOf({ score, mustNotBeSent, describesAnother }).word;

  test('follows its number, unless it must not be sent', () => {
    expect([12, 30, 59, 60, undefined].map((score) => verdict(score))).toEqual([
      'Specific',
      'In between',
      'In between',
      'Generic',
      'Not scored',
    ]);
    expect(verdict(12, true)).toBe('Not filled in');
    expect(verdict(12, false, true)).toBe('About another');
  });
});

describe('the number of a draft', () => {
  const percent = fc.double({ min: 0, max: 100, noNaN: true }).map(Math.fround);
  const maybe = (values: fc.Arbitrary<number>) => fc.option(values, { nil: null });

  test('is the same from its report as from the columns kept of it', () => {
    fc.assert(
      fc.property(
        fc.record({
          identification: percent,
          personal: maybe(percent),
          brand: maybe(percent),
          repeated: maybe(fc.double({ min: 0, max: 1, noNaN: true }).map(Math.fround)),
          passes: fc.boolean(),
          isStopped: fc.boolean(),
          voice: fc.constantFrom('personal' as const, 'brand' as const),
        }),
        ({ identification, personal, brand, repeated, passes, isStopped, voice }) => {
          const report: DraftReport = {
            text: '{{x}} is here.',
            unscored: null,
            notes: [],
            sentences: [sentence()],
            identification,
            unresolved: isStopped ? [{ start: 0, end: 5, text: '{{x}}', reason: 'not filled in' }] : [],
            gate: { signal: null, passes, sentence: '' },
            voices: (['personal', 'brand'] as const).flatMap((corpus) => {
              const score = corpus === 'personal' ? personal : brand;
              return score === null ? [] : [{ corpus, score, mails: 20, reasons: [] }];
            }),
            rules: [],
            advice: [],
          };
          const kept = (value: number | null) => Float32Array.of(value ?? Number.NaN);
          const columns = {
            identification: kept(identification),
            personalVoice: kept(personal),
            brandVoice: kept(brand),
            repeated: kept(repeated),
            isScored: Uint8Array.of(1),
            hasLiveSignal: Uint8Array.of(Number(passes)),
            mustNotBeSent: Uint8Array.of(Number(isStopped)),
          };
          const weighing = { ...defaultWeighing, voice };
          const weighed = weighDraft(columns, 0, weighing);
          expect(weighed).toEqual(weighReport(report, repeated ?? undefined, weighing));
          if (isStopped) expect(weighed).toMatchObject({ score: 100, mustNotBeSent: true });
        },
      ),
    );
  });

  test('is a hundred less what its parts take off', () => {
    const weight = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        maybe(percent),
        maybe(percent),
        maybe(percent),
        fc.record({ substitution: weight, voice: weight, sameness: weight }),
        (substitution, voice, difference, weights) => {
          const parts = { substitution, voice, difference };
          const takes = weighedParts(parts, weights).map(({ value, share }) => (value ?? 0) * share);
          const { score } = genericnessOf(parts, weights, true, 0);
          expect(takes.reduce((sum, one) => sum + one, 0)).toBeCloseTo(100 - score, 6);
        },
      ),
    );
  });

  test('is reckoned up in a sentence', () => {
    const parts = { substitution: 62, voice: null, difference: 50 };
    const { weights } = defaultWeighing;
    expect(reckoning(genericnessOf(parts, weights, true, 0), weights)).toBe('100 − 59 = 41.');
    expect(reckoning(genericnessOf(parts, weights, false, 0), weights)).toBe(
      '100 − 59, of which 40 count = 60.',
    );
    expect(reckoning(genericnessOf(parts, weights, true, 1), weights)).toContain('must not be sent');
  });

  test('is none for what was not scored, and 100 for what has a field left open', () => {
    const columns = {
      identification: Float32Array.of(Number.NaN, Number.NaN),
      personalVoice: Float32Array.of(Number.NaN, Number.NaN),
      brandVoice: Float32Array.of(Number.NaN, Number.NaN),
      repeated: Float32Array.of(0.5, 0.5),
      isScored: Uint8Array.of(0, 0),
      hasLiveSignal: Uint8Array.of(0, 0),
      mustNotBeSent: Uint8Array.of(0, 1),
    };
    expect(weighDraft(columns, 0, defaultWeighing)).toBeUndefined();
    expect(weighDraft(columns, 1, defaultWeighing)?.score).toBe(100);
    expect(weighDraft(columns, 2, defaultWeighing)).toBeUndefined();
  });
});
