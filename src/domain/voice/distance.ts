import {
  againstImpostors,
  evenly,
  methodCount,
  ownWeight,
  type Reading,
  readText,
  type VoiceBackground,
} from './background';
import {
  addGrams,
  countGrams,
  emptyCounts,
  emptyIndex,
  findGram,
  findGrams,
  type GramCounts,
  type GramIndex,
  gramColumns,
  gramOrder,
} from './ngrams';
import { addStyle, emptyStyleSums, type StyleSums, styleScore } from './style';

/** What was counted on a writer's mails: enough to compare any text with them. Plain values and typed arrays. */
export interface VoiceModel {
  /** {@link VoiceBackground.fingerprint} it was counted against. */
  readonly background: string;
  readonly mails: number;
  readonly index: GramIndex;
  readonly counts: GramCounts;
  /** By slot: 1 where the background counts the gram too. */
  readonly known: Uint8Array;
  /** By slot: the sum of the mails' term vectors. */
  readonly terms: Float32Array;
  readonly style: StyleSums;
}

/** From a distance to a chance: `1 / (1 + exp(-(slope * distance + intercept)))`, at even odds beforehand. */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

/** How a text compares with a model by each method, as deviations above the impostors' mean. */
export interface VoiceDistance {
  readonly language: number;
  readonly style: number;
  readonly characters: number;
  /** Their mean: above 0, the text is more like this writer than like the impostors. */
  readonly mean: number;
}

/** At most this many own mails are left out in turn to calibrate; more would cost time and change little. */
const calibrationMails = 80;

/** Counts a writer's mails. */
export function countVoice(background: VoiceBackground, mails: readonly string[]): VoiceModel {
  return countReadings(
    background,
    mails.map((mail) => readText(background, mail)),
  );
}

function countReadings(background: VoiceBackground, readings: readonly Reading[]): VoiceModel {
  const index = emptyIndex(readings.length * 1000);
  const slots = readings.map((reading) => addGrams(index, reading.keys));
  const counts = emptyCounts(index.size);
  const terms = new Float32Array(index.size);
  const style = emptyStyleSums();
  const known = new Uint8Array(index.size);
  for (const [place, slot] of index.slots.entries()) {
    if (slot < 0) continue;
    const there = findGram(background.index, index.keys[place]!);
    if (there >= 0 && background.counts.count[there]! > 0) known[slot] = 1;
  }
  const mails = readings.length;
  const model = { background: background.fingerprint, mails, index, counts, known, terms, style };
  for (const [at, reading] of readings.entries()) addReading(model, reading, slots[at]!, 1);
  return model;
}

/** Adds or takes away a mail whose grams the model's index already holds. */
function addReading(model: VoiceModel, reading: Reading, slots: Int32Array, sign: 1 | -1): void {
  countGrams(model.counts, slots, sign, (slot) => model.known[slot] === 1);
  for (let at = 0; at < reading.termKeys.length; at++) {
    const slot = findGram(model.index, reading.termKeys[at]!);
    model.terms[slot] = model.terms[slot]! + sign * reading.termWeights[at]!;
  }
  addStyle(model.style, reading.style, sign);
}

/**
 * How a text that was read stands to a model. `except` is the impostor whose own mail the text is, if any.
 */
export function voiceDistance(
  background: VoiceBackground,
  model: VoiceModel,
  reading: Reading,
  except = -1,
): VoiceDistance {
  const language = againstImpostors(
    background,
    reading,
    0,
    languageScore(background, model, reading),
    except,
  );
  const style = againstImpostors(background, reading, 1, styleScore(reading.style, model.style), except);
  const characters = againstImpostors(background, reading, 2, characterScore(model, reading), except);
  return { language, style, characters, mean: (language + style + characters) / methodCount };
}

function languageScore(background: VoiceBackground, model: VoiceModel, reading: Reading): number {
  const ratios = languageRatios(background, model, reading);
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

/**
 * How much likelier the writer's own mails make each character than the background does, as `log2`; one value more
 * for the end of the text. As `languageScores` of the background, for one writer with a table of their own.
 */
export function languageRatios(
  background: VoiceBackground,
  model: VoiceModel,
  reading: Reading,
): Float64Array {
  const { counts, symbols } = background;
  const slots = reading.slots;
  const own = findGrams(model.index, reading.keys);
  const rows = slots.length / gramColumns;
  const ratios = new Float64Array(rows - 1);
  for (let row = 1; row < rows; row++) {
    let plain = 1 / symbols;
    let merged = plain;
    for (let k = 1; k <= gramOrder; k++) {
      const contextCell = (row - 1) * gramColumns + k - 1;
      const gramCell = row * gramColumns + k;
      const context = slots[contextCell]!;
      const gram = slots[gramCell]!;
      const ownContext = own[contextCell]!;
      const ownGram = own[gramCell]!;
      const seen = gram < 0 ? 0 : counts.count[gram]!;
      const followed = context < 0 ? 0 : counts.followed[context]!;
      const followers = context < 0 ? 0 : counts.followers[context]!;
      const ownSeen = ownGram < 0 ? 0 : model.counts.count[ownGram]!;
      const ownFollowed = ownContext < 0 ? 0 : model.counts.followed[ownContext]!;
      const ownFollowers = ownContext < 0 ? 0 : model.counts.followers[ownContext]!;
      if (followed + ownFollowed === 0) break;
      if (followed > 0) {
        const known = Math.max(1, followers);
        plain = (seen + known * plain) / (followed + known);
      }
      const types = Math.max(1, followers + ownFollowers);
      merged = (seen + ownWeight * ownSeen + types * merged) / (followed + ownWeight * ownFollowed + types);
    }
    ratios[row - 1] = Math.log2(merged / plain);
  }
  return ratios;
}

function characterScore(model: VoiceModel, reading: Reading): number {
  let dot = 0;
  for (let at = 0; at < reading.termKeys.length; at++) {
    const slot = findGram(model.index, reading.termKeys[at]!);
    if (slot >= 0) dot += reading.termWeights[at]! * model.terms[slot]!;
  }
  return dot / Math.max(norm(model.terms), 1e-9);
}

function norm(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/**
 * Counts a writer's mails and fits the calibration: each own mail scored by a model without it (what belongs to the
 * writer) against the background's mails, each without its author among the impostors (what does not). Yields after
 * each piece of work, so that the caller can report progress and stop.
 */
export function* prepareModel(
  background: VoiceBackground,
  mails: readonly string[],
): Generator<
  { readonly done: number; readonly total: number },
  { model: VoiceModel; calibration: Calibration }
> {
  const leftOut = evenly([...mails.keys()], calibrationMails);
  const total = mails.length + leftOut.length + background.mails.length;
  let done = 0;
  const readings: Reading[] = [];
  for (const mail of mails) {
    readings.push(readText(background, mail));
    yield { done: ++done, total };
  }
  const model = countReadings(background, readings);
  const own: number[] = [];
  for (const at of leftOut) {
    const reading = readings[at]!;
    const slots = findGrams(model.index, reading.keys);
    addReading(model, reading, slots, -1);
    own.push(voiceDistance(background, model, reading).mean);
    addReading(model, reading, slots, 1);
    yield { done: ++done, total };
  }
  const others: number[] = [];
  for (const { text, impostor } of background.mails) {
    others.push(voiceDistance(background, model, readText(background, text), impostor).mean);
    yield { done: ++done, total };
  }
  return { model, calibration: calibrate(own, others) };
}

/** The chance, 0 to 1, that a text at this distance is the writer's, at even odds beforehand. */
export function chance({ slope, intercept }: Calibration, distance: number): number {
  return 1 / (1 + Math.exp(-(slope * distance + intercept)));
}

/**
 * Platt scaling (Platt 1999, with his targets short of 0 and 1; Newton's method after Lin, Lin and Weng 2007), both
 * classes weighing the same however many they are.
 */
export function calibrate(own: readonly number[], others: readonly number[]): Calibration {
  const points = [
    ...own.map((x) => ({ x, target: (own.length + 1) / (own.length + 2), weight: 0.5 / own.length })),
    ...others.map((x) => ({ x, target: 1 / (others.length + 2), weight: 0.5 / others.length })),
  ];
  const loss = (slope: number, intercept: number) =>
    points.reduce((total, { x, target, weight }) => {
      const f = slope * x + intercept;
      // log(1 + exp(f)) without overflow
      return total + weight * (Math.max(f, 0) + Math.log1p(Math.exp(-Math.abs(f))) - target * f);
    }, 0);
  let slope = 0;
  let intercept = 0;
  for (let step = 0; step < 100; step++) {
    let [gradS, gradI, ss, si, ii] = [0, 0, 1e-9, 0, 1e-9];
    for (const { x, target, weight } of points) {
      const p = chance({ slope, intercept }, x);
      const slack = weight * (p - target);
      const curve = weight * p * (1 - p);
      gradS += slack * x;
      gradI += slack;
      ss += curve * x * x;
      si += curve * x;
      ii += curve;
    }
    if (Math.abs(gradS) < 1e-7 && Math.abs(gradI) < 1e-7) break;
    const determinant = ss * ii - si * si;
    const stepS = (ii * gradS - si * gradI) / determinant;
    const stepI = (ss * gradI - si * gradS) / determinant;
    let rate = 1;
    const before = loss(slope, intercept);
    while (rate > 1e-6 && loss(slope - rate * stepS, intercept - rate * stepI) > before) rate /= 2;
    slope -= rate * stepS;
    intercept -= rate * stepI;
  }
  return { slope, intercept };
}
