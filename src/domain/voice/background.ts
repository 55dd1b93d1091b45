import { commonWords, maskSubjects } from './mask';
import {
  addGrams,
  countGrams,
  emptyCounts,
  emptyIndex,
  findGrams,
  type GramCounts,
  type GramIndex,
  gramColumns,
  gramKeys,
  gramOrder,
} from './ngrams';
import {
  addStyle,
  emptyStyleSums,
  type StyleScale,
  type StyleSums,
  scaleStyle,
  styleFeatures,
  styleScale,
  styleScore,
} from './style';

/** One of the others a voice is measured against, with mails they wrote. */
export interface Writer {
  readonly name: string;
  readonly mails: readonly string[];
}

/** A writer with fewer mails than this belongs to the background but is no impostor. */
const fewestMailsOfImpostor = 6;

/** An impostor is made of at most this many mails, as many as a profile typically has. */
const mostMailsOfImpostor = 20;

/** A mail is compared with a writer in three ways, in this order: language model, style, characters. */
export const methodCount = 3;

/** How much a writer's own count weighs against one of the background when the two are merged. */
export const ownWeight = 10;

/**
 * What ordinary mail looks like: the grams, style and single writers of many mails by others. Built once, then only
 * read. `entries` of a gram are the impostors that use it, from `entryStart[slot]` to `entryStart[slot + 1]`.
 */
export interface VoiceBackground {
  /** Changes whenever the mails do; a profile prepared against another background must be prepared anew. */
  readonly fingerprint: string;
  /** Words that are not masked; see {@link maskSubjects}. */
  readonly common: ReadonlySet<string>;
  readonly index: GramIndex;
  readonly counts: GramCounts;
  /** How many different characters there are, one more for all others. */
  readonly symbols: number;
  /** Weight of a gram among terms, by slot: rarer ones weigh more. */
  readonly rarity: Float32Array;
  /** The weight of a gram no background mail has. */
  readonly unseenRarity: number;
  readonly scale: StyleScale;
  readonly impostors: readonly {
    readonly name: string;
    readonly style: StyleSums;
    readonly termNorm: number;
  }[];
  readonly entryStart: Uint32Array;
  readonly entryImpostor: Uint8Array;
  readonly entryCount: Uint16Array;
  readonly entryFollowed: Uint16Array;
  readonly entryTerm: Float32Array;
  /** Some of the background's mails, each with its impostor's number (-1: none), for calibration. */
  readonly mails: readonly { readonly text: string; readonly impostor: number }[];
}

/** A draft as the measures see it, made once and compared with any number of profiles. */
export interface Reading {
  /** Gram matrix (see {@link gramKeys}) and the background's slot of each cell. */
  readonly keys: Uint32Array;
  readonly slots: Int32Array;
  /** The mail's 3- and 4-grams as a unit vector of tf-idf weights. */
  readonly termKeys: Uint32Array;
  readonly termSlots: Int32Array;
  readonly termWeights: Float32Array;
  readonly style: Float64Array;
  /** Score of each impostor by each method, method by method; what a profile's own scores are held against. */
  readonly impostorScores: Float64Array;
}

/** At most this many background mails are kept for calibration, spread evenly over their writers. */
const calibrationMails = 240;

/** Reads the others' mails. Needs at least two writers of {@link fewestMailsOfImpostor} mails or more. */
export function prepareBackground(writers: readonly Writer[]): VoiceBackground {
  const impostorWriters = writers.filter((writer) => writer.mails.length >= fewestMailsOfImpostor);
  if (impostorWriters.length < 2 || impostorWriters.length > 255)
    throw new Error(`A background needs 2 to 255 writers of 6 mails or more, not ${impostorWriters.length}.`);

  const common = commonWords(writers);
  const index = emptyIndex(100_000);
  const mails = writers
    .flatMap((writer) =>
      writer.mails.map((text) => ({
        text,
        impostor: impostorWriters.indexOf(writer),
        masked: maskSubjects(text, common),
        style: styleFeatures(text),
      })),
    )
    .map((mail) => ({ ...mail, slots: addGrams(index, gramKeys(mail.masked)) }));
  const counts = emptyCounts(index.size);
  const documents = new Uint32Array(index.size);
  const characters = new Set<number>();
  for (const { masked, slots } of mails) {
    countGrams(counts, slots, 1);
    for (const slot of new Set(termCells(slots))) documents[slot] = documents[slot]! + 1;
    for (let at = 0; at < masked.length; at++) characters.add(masked.charCodeAt(at));
  }
  const rarity = Float32Array.from(documents, (times) => Math.log((mails.length + 1) / (times + 0.5)));
  const scale = styleScale(mails.map(({ style }) => style));

  const profiles = impostorWriters.map((writer, impostor) => {
    const own = mails.filter((mail) => mail.impostor === impostor).slice(0, mostMailsOfImpostor);
    const ownCounts = emptyCounts(index.size);
    const terms = new Float32Array(index.size);
    const style = emptyStyleSums();
    for (const mail of own) {
      countGrams(ownCounts, mail.slots, 1);
      addStyle(style, scaleStyle(mail.style, scale), 1);
      const vector = termVector(Uint32Array.from(termCells(mail.slots)), (slot) => rarity[slot]!);
      for (const [at, slot] of vector.keys.entries())
        terms[slot] = terms[slot]! + vector.weights[at]! / own.length;
    }
    return { name: writer.name, style, termNorm: norm(terms), ownCounts, terms };
  });

  const entryStart = new Uint32Array(index.size + 1);
  for (let slot = 0; slot < index.size; slot++) {
    let entries = 0;
    for (const { ownCounts } of profiles)
      if (ownCounts.count[slot]! > 0 || ownCounts.followed[slot]! > 0) entries++;
    entryStart[slot + 1] = entryStart[slot]! + entries;
  }
  const total = entryStart[index.size]!;
  const entryImpostor = new Uint8Array(total);
  const entryCount = new Uint16Array(total);
  const entryFollowed = new Uint16Array(total);
  const entryTerm = new Float32Array(total);
  for (let slot = 0, entry = 0; slot < index.size; slot++) {
    for (const [impostor, { ownCounts, terms }] of profiles.entries()) {
      if (ownCounts.count[slot] === 0 && ownCounts.followed[slot] === 0) continue;
      entryImpostor[entry] = impostor;
      entryCount[entry] = Math.min(0xffff, ownCounts.count[slot]!);
      entryFollowed[entry] = Math.min(0xffff, ownCounts.followed[slot]!);
      entryTerm[entry++] = terms[slot]!;
    }
  }

  return {
    fingerprint: fingerprint(mails.map(({ text }) => text)),
    common,
    index,
    counts,
    symbols: characters.size + 1,
    rarity,
    unseenRarity: Math.log((mails.length + 1) / 0.5),
    scale,
    impostors: profiles.map(({ name, style, termNorm }) => ({ name, style, termNorm })),
    entryStart,
    entryImpostor,
    entryCount,
    entryFollowed,
    entryTerm,
    mails: evenly(mails, calibrationMails).map(({ text, impostor }) => ({ text, impostor })),
  };
}

/** Reads one text against the background: its grams (subjects masked), its style, and what every impostor scores on it. */
export function readText(background: VoiceBackground, text: string): Reading {
  const keys = gramKeys(maskSubjects(text, background.common));
  const slots = findGrams(background.index, keys);
  const { keys: termKeys, slots: termSlots, weights: termWeights } = readTerms(background, keys, slots);
  const style = scaleStyle(styleFeatures(text), background.scale);
  const people = background.impostors.length;
  const impostorScores = new Float64Array(people * methodCount);
  impostorScores.set(languageScores(background, slots), 0);
  for (const [person, impostor] of background.impostors.entries())
    impostorScores[people + person] = styleScore(style, impostor.style);
  impostorScores.set(characterScores(background, termSlots, termWeights), 2 * people);
  return { keys, slots, termKeys, termSlots, termWeights, style, impostorScores };
}

/**
 * How far a score stands out from the impostors' scores of the same method: `(score - mean) / deviation`.
 * `except` leaves one impostor out, where the mail is that impostor's own.
 */
export function againstImpostors(
  background: VoiceBackground,
  reading: Reading,
  method: number,
  score: number,
  except = -1,
): number {
  const people = background.impostors.length;
  let mean = 0;
  let squares = 0;
  let used = 0;
  for (let person = 0; person < people; person++) {
    if (person === except) continue;
    const value = reading.impostorScores[method * people + person]!;
    mean += value;
    squares += value * value;
    used++;
  }
  mean /= used;
  const deviation = Math.sqrt(Math.max(0, squares / used - mean * mean));
  return (score - mean) / Math.max(deviation, 1e-6);
}

/**
 * Mean `log2 P(impostor and background) / P(background)` per character, for every impostor at once. Both models are
 * Witten-Bell interpolations of orders 0 to {@link gramOrder}; the merged one counts the writer's own grams
 * {@link ownWeight} times on top of the background's.
 */
function languageScores(background: VoiceBackground, slots: Int32Array): Float64Array {
  const { counts, entryStart, entryImpostor, entryCount, entryFollowed, symbols } = background;
  const people = background.impostors.length;
  const scores = new Float64Array(people);
  const merged = new Float64Array(people);
  const ownCount = new Uint32Array(people);
  const ownFollowed = new Uint32Array(people);
  const rows = slots.length / gramColumns;
  for (let row = 1; row < rows; row++) {
    let plain = 1 / symbols;
    merged.fill(plain);
    for (let k = 1; k <= gramOrder; k++) {
      const context = slots[(row - 1) * gramColumns + k - 1]!;
      // A context the background never saw says nothing, and neither do longer ones.
      if (context < 0 || counts.followed[context] === 0) break;
      const gram = slots[row * gramColumns + k]!;
      const seen = gram < 0 ? 0 : counts.count[gram]!;
      const followed = counts.followed[context]!;
      // Two grams that share a key could leave a context without a follower of its own.
      const followers = Math.max(1, counts.followers[context]!);
      ownCount.fill(0);
      ownFollowed.fill(0);
      for (let entry = entryStart[context]!; entry < entryStart[context + 1]!; entry++)
        ownFollowed[entryImpostor[entry]!] = entryFollowed[entry]!;
      if (gram >= 0)
        for (let entry = entryStart[gram]!; entry < entryStart[gram + 1]!; entry++)
          ownCount[entryImpostor[entry]!] = entryCount[entry]!;
      for (let person = 0; person < people; person++)
        merged[person] =
          (seen + ownWeight * ownCount[person]! + followers * merged[person]!) /
          (followed + ownWeight * ownFollowed[person]! + followers);
      plain = (seen + followers * plain) / (followed + followers);
    }
    for (let person = 0; person < people; person++)
      scores[person] = scores[person]! + Math.log2(merged[person]! / plain);
  }
  return scores.map((score) => score / (rows - 1));
}

/** Cosine of the mail's terms with each impostor's mean term vector. */
function characterScores(
  background: VoiceBackground,
  slots: Int32Array,
  weights: Float32Array,
): Float64Array {
  const { entryStart, entryImpostor, entryTerm, impostors } = background;
  const scores = new Float64Array(impostors.length);
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at]!;
    if (slot < 0) continue;
    for (let entry = entryStart[slot]!; entry < entryStart[slot + 1]!; entry++)
      scores[entryImpostor[entry]!] = scores[entryImpostor[entry]!]! + weights[at]! * entryTerm[entry]!;
  }
  return scores.map((score, person) => score / Math.max(impostors[person]!.termNorm, 1e-9));
}

function readTerms(background: VoiceBackground, keys: Uint32Array, slots: Int32Array) {
  const slotOf = new Map<number, number>();
  const cells = termCells(keys);
  const cellSlots = termCells(slots);
  for (let at = 0; at < cells.length; at++) slotOf.set(cells[at]!, cellSlots[at]!);
  const vector = termVector(Uint32Array.from(cells), (key) => {
    const slot = slotOf.get(key)!;
    return slot < 0 ? background.unseenRarity : background.rarity[slot]!;
  });
  return { ...vector, slots: Int32Array.from(vector.keys, (key) => slotOf.get(key)!) };
}

/** The 3- and 4-grams of a matrix that lie wholly within the text. */
function termCells(matrix: Uint32Array | Int32Array): number[] {
  const cells: number[] = [];
  const lastRow = matrix.length / gramColumns - 2;
  for (let row = 3; row <= lastRow; row++) {
    cells.push(matrix[row * gramColumns + 3]!);
    if (row >= 4) cells.push(matrix[row * gramColumns + 4]!);
  }
  return cells;
}

/** Terms as a unit vector: `(1 + ln tf)` times rarity. */
function termVector(cells: Uint32Array, rarityOf: (key: number) => number) {
  const times = new Map<number, number>();
  for (const cell of cells) times.set(cell, (times.get(cell) ?? 0) + 1);
  const keys = Uint32Array.from(times.keys());
  const weights = Float32Array.from(times, ([key, tf]) => (1 + Math.log(tf)) * rarityOf(key));
  const length = Math.max(norm(weights), 1e-9);
  return { keys, weights: weights.map((weight) => weight / length) };
}

function norm(values: Float32Array): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return Math.sqrt(squares);
}

/** `count` items at even distances, or all of them where there are fewer. */
export function evenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)]!);
}

function fingerprint(texts: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const text of texts)
    for (let at = 0; at <= text.length; at++)
      hash = Math.imul(hash ^ (at < text.length ? text.charCodeAt(at) : 0xffff), 0x01000193);
  return `${texts.length}-${(hash >>> 0).toString(16)}`;
}
