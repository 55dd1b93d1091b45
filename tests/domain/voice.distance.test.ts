import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import others from '../../seeds/voice/others.json';
import starter from '../../seeds/voice/starter.json';
import { prepareBackground, readText } from '../../src/domain/voice/background';
import { calibrate, chance, countVoice, prepareModel, voiceDistance } from '../../src/domain/voice/distance';
import { commonWords, maskSubjects } from '../../src/domain/voice/mask';
import { addGram, emptyIndex, findGram, gramColumns, gramKeys } from '../../src/domain/voice/ngrams';
import { styleCount, styleFeatures } from '../../src/domain/voice/style';

const background = prepareBackground(others);
const own = starter.personal.map(({ text }) => text);

describe('grams', () => {
  test('equal grams have equal keys wherever they stand, different ones different keys', () => {
    const keyOf = new Map<string, number>();
    const text = 'the rota and the other rota, then the ROTA';
    const keys = gramKeys(text);
    for (let end = 1; end <= text.length; end++)
      for (let k = 1; k <= Math.min(5, end); k++) {
        const gram = text.slice(end - k, end);
        const key = keys[end * gramColumns + k]!;
        expect(keyOf.get(gram) ?? key).toBe(key);
        keyOf.set(gram, key);
      }
    expect(new Set(keyOf.values()).size).toBe(keyOf.size);
  });

  test('an index finds what was added, under the number it was given, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffffffff), { maxLength: 3000 }), fc.nat(0xffffffff), (keys, other) => {
        const index = emptyIndex(1);
        const numbers = new Map<number, number>();
        for (const key of keys) {
          const slot = addGram(index, key);
          expect(numbers.get(key) ?? slot).toBe(slot);
          numbers.set(key, slot);
        }
        for (const [key, slot] of numbers) expect(findGram(index, key)).toBe(slot);
        expect(findGram(index, other)).toBe(numbers.get(other) ?? -1);
        expect(index.size).toBe(numbers.size);
      }),
      { numRuns: 30 },
    );
  });
});

describe('masking', () => {
  const common = commonWords(others);

  test('keeps length, is the same the second time, keeps the words everyone uses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const masked = maskSubjects(text, common);
        expect(masked).toHaveLength(text.length);
        expect(maskSubjects(masked, common)).toBe(masked);
      }),
    );
    expect(maskSubjects('I would send 12 Pallets to the yard', common)).toBe(
      'I would send ## Xxxxxts to the xxxx',
    );
  });
});

describe('the language model', () => {
  /** Witten-Bell by the book, over strings: slow, and plainly what the paper says. */
  function plainScore(text: string, ownMails: readonly string[]): number {
    const texts = others.flatMap(({ mails }) => mails);
    const mask = (mail: string) => maskSubjects(mail, background.common);
    const countAll = (mails: readonly string[], weight: number, into: Map<string, Map<string, number>>) => {
      for (const mail of mails) {
        const padded = `${'\u0002'.repeat(4)}${mask(mail)}\u0003`;
        for (let at = 4; at < padded.length; at++)
          for (let k = 0; k <= 4; k++) {
            const context = padded.slice(at - k, at);
            const followers = into.get(context) ?? new Map<string, number>();
            followers.set(padded[at]!, (followers.get(padded[at]!) ?? 0) + weight);
            into.set(context, followers);
          }
      }
      return into;
    };
    const plain = countAll(texts, 1, new Map());
    const merged = countAll(ownMails, 10, countAll(texts, 1, new Map()));
    const chanceOf = (counts: Map<string, Map<string, number>>, context: string, next: string) => {
      let p = 1 / background.symbols;
      for (let k = 0; k <= 4; k++) {
        const followers = counts.get(context.slice(context.length - k));
        if (!followers) break;
        const total = [...followers.values()].reduce((sum, count) => sum + count, 0);
        p = ((followers.get(next) ?? 0) + followers.size * p) / (total + followers.size);
      }
      return p;
    };
    const padded = `${'\u0002'.repeat(4)}${mask(text)}\u0003`;
    let score = 0;
    for (let at = 4; at < padded.length; at++) {
      const context = padded.slice(at - 4, at);
      score += Math.log2(chanceOf(merged, context, padded[at]!) / chanceOf(plain, context, padded[at]!));
    }
    return score / (padded.length - 4);
  }

  test('agrees with a plain implementation over strings, for impostors and for the writer', () => {
    const draft =
      'Hi Ann,\n\nHere’s what I’d suggest: four weeks, one dock, 9 people.\n\nAll the best,\nInes';
    const reading = readText(background, draft);
    const ada = others.findIndex(({ name }) => name === 'Ada Brennan');
    expect(reading.impostorScores[ada]).toBeCloseTo(plainScore(draft, others[ada]!.mails.slice(0, 20)), 2);
    const scores = Array.from({ length: others.length }, (_, at) => reading.impostorScores[at]!);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
    const distance = voiceDistance(background, countVoice(background, own), reading);
    const expected = (plainScore(draft, own) - mean) / deviation;
    expect(Math.abs(distance.language - expected)).toBeLessThan(0.02 * Math.abs(expected));
  });
});

describe('distance', () => {
  test('the order of the mails does not matter', () => {
    const reading = readText(background, own[3]!);
    const forward = voiceDistance(background, countVoice(background, own), reading);
    const backward = voiceDistance(background, countVoice(background, [...own].reverse()), reading);
    expect(backward.mean).toBeCloseTo(forward.mean, 4);
  });

  test('leaving mails out in turn leaves the model as if it had been counted once', () => {
    const steps = prepareModel(background, own);
    let step = steps.next();
    let last = 0;
    while (!step.done) {
      expect(step.value.done).toBe(last + 1);
      expect(step.value.done).toBeLessThanOrEqual(step.value.total);
      last = step.value.done;
      step = steps.next();
    }
    const counted = countVoice(background, own);
    const { model } = step.value;
    expect(model.counts.count).toEqual(counted.counts.count);
    expect(model.counts.followed).toEqual(counted.counts.followed);
    expect(model.counts.followers).toEqual(counted.counts.followers);
    for (const reading of own.slice(0, 3).map((mail) => readText(background, mail)))
      expect(voiceDistance(background, model, reading).mean).toBeCloseTo(
        voiceDistance(background, counted, reading).mean,
        3,
      );
  });

  test('every other writer’s unseen mails are nearer to their own profile than to the starter’s', () => {
    const starterModel = countVoice(background, own);
    let right = 0;
    const people = ['Doug Halvorsen', 'Tamsin Okafor', 'Gregory Whitfield', 'Nora Lindqvist'];
    for (const name of people) {
      const writer = others.find((other) => other.name === name)!;
      const rest = prepareBackground(others.filter((other) => other !== writer));
      const theirs = countVoice(rest, writer.mails.slice(0, 12));
      const foreign = countVoice(rest, own);
      for (const mail of writer.mails.slice(12)) {
        const reading = readText(rest, mail);
        if (voiceDistance(rest, theirs, reading).mean > voiceDistance(rest, foreign, reading).mean) right++;
      }
    }
    expect(right / (people.length * 9)).toBeGreaterThan(0.9);
    expect(starterModel.mails).toBe(own.length);
  });

  test('any text gets finite figures', () => {
    const model = countVoice(background, own);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { language, style, characters, mean } = voiceDistance(
          background,
          model,
          readText(background, text),
        );
        for (const figure of [language, style, characters, mean]) expect(Number.isFinite(figure)).toBe(true);
      }),
    );
  });
});

describe('style', () => {
  test('is forty finite numbers of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const features = styleFeatures(text);
        expect(features).toHaveLength(styleCount);
        expect(features.every(Number.isFinite)).toBe(true);
      }),
    );
    expect(styleCount).toBe(40);
  });
});

describe('calibration', () => {
  test('finds the curve that points were drawn from', () => {
    // Points at the quantiles of two logistic-shaped heaps around 2 and -1, whose true slope is 3 at 0.5.
    const heap = (centre: number, count: number) =>
      Array.from({ length: count }, (_, at) => {
        // Normal quantile by a rational bound would be overkill: a sum of three even steps is near enough.
        const u = (at + 0.5) / count;
        return centre + Math.log(u / (1 - u)) * 0.551;
      });
    const fitted = calibrate(heap(2, 400), heap(-1, 1200));
    expect(-fitted.intercept / fitted.slope).toBeCloseTo(0.5, 1);
    expect(chance(fitted, 0.5)).toBeCloseTo(0.5, 2);
    expect(chance(fitted, 4)).toBeGreaterThan(0.95);
    expect(chance(fitted, -3)).toBeLessThan(0.05);
  });

  test('rises with the distance, and stays finite where the heaps do not overlap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 9, noNaN: true }), { minLength: 3, maxLength: 40 }),
        fc.array(fc.double({ min: -9, max: 0, noNaN: true }), { minLength: 3, maxLength: 40 }),
        (above, below) => {
          const fitted = calibrate(above, below);
          expect(Number.isFinite(fitted.slope) && fitted.slope > 0).toBe(true);
          expect(chance(fitted, 10)).toBeGreaterThanOrEqual(chance(fitted, -10));
        },
      ),
    );
  });
});
