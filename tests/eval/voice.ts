import { existsSync, readFileSync } from 'node:fs';
import { prepareBackground, readText, type Writer } from '../../src/domain/voice/background';
import { chance, prepareModel, voiceDistance } from '../../src/domain/voice/distance';
import type { Figure } from './figure';

const folder = '../shared/data/voice';
const sampleCount = 20;
const mostTested = 12;
const shuffles = 3;

/** Every test mail held against every target: the distance and the chance that the product would show. */
interface Trial {
  readonly target: number;
  readonly author: number;
  /** Numbers the mail within its author and shuffle. */
  readonly mail: number;
  readonly shuffle: number;
  readonly distance: number;
  readonly chance: number;
}

/**
 * Voice distance on text by known authors.
 *
 * Mails: the authors with 25 mails or more are the targets. In each of 3 shuffles a target's first 20 mails are its
 * samples and at most 12 of the others are tested, each against all targets. Prose: 12 authors are targets, 8 the
 * background. Background authors are never targets; those with 6 texts or more are the impostors, their first 20
 * texts each. The calibration of a target is fitted on its 20 samples (leave one out) and the background alone: no
 * test mail, and no other target, is seen before it is scored.
 *
 * The one choice made on such data, which words are masked (`mask.ts`), was made on every second mail target and the
 * first six prose targets; the figures for the others alone are given beside.
 *
 * The last line holds the same mails against the background that ships (`seeds/voice`), as the product does.
 */
export async function measureVoice(): Promise<Figure[]> {
  if (!existsSync(folder)) {
    console.log('  voice: skipped, ../shared/data/voice is missing');
    return [];
  }
  const figures: Figure[] = [];
  const mails = readWriters(`${folder}/mails-by-author.jsonl`);
  const targets = mails.filter((writer) => writer.mails.length >= 25);
  const others = mails.filter((writer) => writer.mails.length < 25);
  figures.push(
    ...judge('mails', runTrials(targets, others), {
      auc: 0.84,
      top: 0.48,
      five: 0.95,
      error: 0.05,
      isHeldOut: (author) => author % 2 === 1,
    }),
  );

  const prose = readWriters(`${folder}/prose-by-author.jsonl`);
  figures.push(
    ...judge('prose', runTrials(prose.slice(0, 12), prose.slice(12)), {
      auc: 0.85,
      isHeldOut: (author) => author >= 6,
    }),
  );

  const shipped: Writer[] = JSON.parse(readFileSync('seeds/voice/others.json', 'utf8'));
  figures.push(...judge('mails, shipped background', runTrials(targets, shipped), {}));
  return figures;
}

function readWriters(path: string): Writer[] {
  const byAuthor = new Map<string, string[]>();
  for (const line of readFileSync(path, 'utf8').trim().split('\n')) {
    const { author, text } = JSON.parse(line) as { author: string; text: string };
    byAuthor.set(author, [...(byAuthor.get(author) ?? []), text]);
  }
  return [...byAuthor].map(([name, mails]) => ({ name, mails })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function runTrials(targets: readonly Writer[], others: readonly Writer[]): Trial[] {
  const background = prepareBackground(others);
  const trials: Trial[] = [];
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    const decks = targets.map((writer, at) => shuffled(writer.mails, shuffle * 1000 + at));
    const prepared = decks.map((deck) => finish(prepareModel(background, deck.slice(0, sampleCount))));
    for (const [author, deck] of decks.entries()) {
      for (const [mail, text] of deck.slice(sampleCount, sampleCount + mostTested).entries()) {
        const reading = readText(background, text);
        for (const [target, { model, calibration }] of prepared.entries()) {
          const distance = voiceDistance(background, model, reading).mean;
          trials.push({ target, author, mail, shuffle, distance, chance: chance(calibration, distance) });
        }
      }
    }
  }
  return trials;
}

interface Targets {
  readonly auc?: number;
  readonly top?: number;
  readonly five?: number;
  readonly error?: number;
  /** Targets that no choice of method was tried on. */
  readonly isHeldOut?: (author: number) => boolean;
}

function judge(what: string, trials: readonly Trial[], targets: Targets): Figure[] {
  const figure = (name: string, value: number, target: number | undefined, atMost = false): Figure => ({
    name: `voice, ${what}: ${name}`,
    value,
    unit: '',
    target: target ?? null,
    ok: target === undefined || (atMost ? value <= target : value >= target),
  });
  const rows = bins(trials);
  console.log(`  ${what}: said / true share of own (both classes weighing the same) / weight`);
  for (const { said, found, weight } of rows)
    console.log(
      `    ${(100 * said).toFixed(0).padStart(3)}  ${(100 * found).toFixed(0).padStart(3)}  ${weight.toFixed(3)}`,
    );
  const { isHeldOut } = targets;
  const heldOut = trials.filter((t) => isHeldOut?.(t.target) && isHeldOut(t.author));
  return [
    figure(
      'same author against others, AUC',
      auc(trials.map((t) => [t.distance, t.author === t.target])),
      targets.auc,
    ),
    ...(heldOut.length === 0
      ? []
      : [
          figure(
            'the same among authors no choice was tried on, AUC',
            auc(heldOut.map((t) => [t.distance, t.author === t.target])),
            targets.auc,
          ),
        ]),
    figure('right author first', firstShare(trials), targets.top),
    figure('mean of five, AUC', auc(fives(trials)), targets.five),
    figure(
      'calibration error',
      rows.reduce((total, { said, found, weight }) => total + weight * Math.abs(said - found), 0),
      targets.error,
      true,
    ),
  ];
}

function firstShare(trials: readonly Trial[]): number {
  const best = new Map<string, Trial>();
  for (const trial of trials) {
    const key = `${trial.shuffle} ${trial.author} ${trial.mail}`;
    const held = best.get(key);
    if (!held || trial.distance > held.distance) best.set(key, trial);
  }
  const winners = [...best.values()];
  return winners.filter((trial) => trial.author === trial.target).length / winners.length;
}

/** Means over five mails of one author, in the order tested; what is left over is not used. */
function fives(trials: readonly Trial[]): [number, boolean][] {
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const key = `${trial.shuffle} ${trial.target} ${trial.author} ${Math.floor(trial.mail / 5)}`;
    groups.set(key, [...(groups.get(key) ?? []), trial]);
  }
  return [...groups.values()]
    .filter((group) => group.length === 5)
    .map((group) => [
      group.reduce((sum, t) => sum + t.distance, 0) / 5,
      group[0]!.author === group[0]!.target,
    ]);
}

/** Chances in tenths: the mean said, the share that was the author's own, and the weight of the bin. */
function bins(trials: readonly Trial[]) {
  const own = trials.filter((t) => t.author === t.target).length;
  const foreign = trials.length - own;
  return Array.from({ length: 10 }, (_, tenth) => {
    let [weight, said, found] = [0, 0, 0];
    for (const trial of trials) {
      if (Math.min(9, Math.floor(trial.chance * 10)) !== tenth) continue;
      const isOwn = trial.author === trial.target;
      const share = isOwn ? 0.5 / own : 0.5 / foreign;
      weight += share;
      said += share * trial.chance;
      if (isOwn) found += share;
    }
    return { weight, said: said / Math.max(weight, 1e-12), found: found / Math.max(weight, 1e-12) };
  });
}

/** Area under the ROC curve, ties counting half. */
function auc(scored: readonly (readonly [number, boolean])[]): number {
  const sorted = [...scored].sort((a, b) => a[0] - b[0]);
  let ranks = 0;
  let positives = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]![0] === sorted[from]![0]) to++;
    for (let at = from; at < to; at++)
      if (sorted[at]![1]) {
        ranks += (from + 1 + to) / 2;
        positives++;
      }
    from = to;
  }
  const negatives = sorted.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Fisher-Yates with a fixed generator (mulberry32), so that every run tests the same mails. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed + 1;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const deck = [...items];
  for (let at = deck.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [deck[at], deck[other]] = [deck[other]!, deck[at]!];
  }
  return deck;
}

function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
