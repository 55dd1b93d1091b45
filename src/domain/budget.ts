// ---------------------------------------------------------------- hours into touches, replies and what follows

/** One way of writing to prospects, and how long it takes. */
export interface Scenario {
  readonly name: string;
  /** Minutes a touch costs, part by part. */
  readonly research: number;
  readonly writing: number;
  readonly review: number;
  /** Replies per touch, 0 to 1. */
  readonly replyRate: number;
}

/** What a reply leads to. */
export interface Funnel {
  /** Meetings per reply, 0 to 1. */
  readonly meetingRate: number;
  /** Deals won per meeting, 0 to 1. */
  readonly winRate: number;
  /** What a won deal is worth, in the rep's own currency. */
  readonly dealValue: number;
}

export interface Outcome {
  readonly minutesPerTouch: number;
  /** Whole touches that fit into the hours. */
  readonly touches: number;
  readonly replies: number;
  readonly meetings: number;
  readonly won: number;
  readonly value: number;
}

/** The worked example of the source: eight hours, the same reply rate, research by hand and research compressed. */
export const workedScenarios: readonly [Scenario, Scenario] = [
  { name: 'Deep, by hand', research: 12, writing: 3, review: 1, replyRate: 0.12 },
  { name: 'Deep, research compressed', research: 1, writing: 2, review: 1, replyRate: 0.12 },
];

export const workingDayHours = 8;

/**
 * The source's volume figures: of 10,000 sends 50 become meetings and 5 are won; with the 1 % of replies it gives
 * elsewhere that is a meeting for every second reply and a deal for every tenth meeting. By hand, 30 touches bring
 * 3.6 replies and about 2 meetings, which fits. The value of a deal is the rep's to fill in.
 */
export const defaultFunnel: Funnel = { meetingRate: 0.5, winRate: 0.1, dealValue: 10_000 };

/** What `hours` of a scenario come to: `touches = 60 hours / minutes`, each further step times its rate. No touches where one takes no time. */
export function outcomeOf(scenario: Scenario, funnel: Funnel, hours: number): Outcome {
  const minutes = scenario.research + scenario.writing + scenario.review;
  const touches = minutes > 0 ? wholeNumberBelow((60 * hours) / minutes) : 0;
  const replies = touches * scenario.replyRate;
  const meetings = replies * funnel.meetingRate;
  const won = meetings * funnel.winRate;
  return { minutesPerTouch: minutes, touches, replies, meetings, won, value: won * funnel.dealValue };
}

/** The whole part, where 29.999999999 means 30. */
function wholeNumberBelow(value: number): number {
  return Math.floor(value + 1e-9);
}

// ---------------------------------------------------------------- many generic mails against few personal ones

/** So many sends for so many replies, each send taking so long. */
export interface Approach {
  readonly sends: number;
  readonly replies: number;
  readonly minutesPerSend: number;
}

/** The question of the source, 1,000 generic mails for 10 replies or 10 personal ones for 1, with the minutes of its tiers. */
export const workedApproaches: { readonly generic: Approach; readonly personal: Approach } = {
  generic: { sends: 1000, replies: 10, minutesPerSend: 0.25 },
  personal: { sends: 10, replies: 1, minutesPerSend: 4 },
};

export interface BreakEven {
  /** Replies per send, 0 to 1. */
  readonly genericRate: number;
  readonly personalRate: number;
  readonly genericRepliesPerHour: number;
  readonly personalRepliesPerHour: number;
  /** Minutes a personal mail may take before generic ones bring more value an hour. */
  readonly minutes: number;
  /** How many times a generic reply a personal one must be worth for an hour of each to be worth the same. */
  readonly worth: number;
  /** With so many prospects or fewer, personal mails bring more within the hours; Infinity: with any number. */
  readonly prospects: number;
}

/**
 * Where the two approaches are worth the same. `worthRatio`: how many generic replies one personal reply is worth
 * (better qualified, larger deal). With few prospects generic mail runs out of people before the hours run out:
 * `prospects` is where what personal mail achieves in `hours` equals generic mail to everyone.
 */
export function breakEven(
  generic: Approach,
  personal: Approach,
  worthRatio: number,
  hours: number,
): BreakEven {
  const genericRate = rateOf(generic);
  const personalRate = rateOf(personal);
  const genericRepliesPerHour = (60 * genericRate) / generic.minutesPerSend;
  const personalRepliesPerHour = (60 * personalRate) / personal.minutesPerSend;
  const enough = (hours * personalRepliesPerHour * worthRatio) / genericRate;
  return {
    genericRate,
    personalRate,
    genericRepliesPerHour,
    personalRepliesPerHour,
    minutes: (generic.minutesPerSend * personalRate * worthRatio) / genericRate,
    worth: genericRepliesPerHour / personalRepliesPerHour,
    prospects: personalRepliesPerHour * worthRatio >= genericRepliesPerHour ? Infinity : enough,
  };
}

function rateOf(approach: Approach): number {
  return approach.sends > 0 ? approach.replies / approach.sends : 0;
}

// ---------------------------------------------------------------- what sending takes

/** Days to write once to everybody: 10,000 from one inbox at 30 a day take 333. */
export function daysToSend(contacts: number, inboxes: number, sendsPerInboxADay: number): number {
  return contacts / (inboxes * sendsPerInboxADay);
}

/**
 * Sends each of two variants needs until a true difference between these reply rates shows: 80 % power, 5 %
 * two-sided, normal approximation of the test of two proportions. 1 % against 2 % takes about 2,300.
 */
export function sendsPerVariant(rate: number, otherRate: number): number {
  const zAlpha = 1.959964;
  const zBeta = 0.841621;
  const mean = (rate + otherRate) / 2;
  const spread =
    zAlpha * Math.sqrt(2 * mean * (1 - mean)) +
    zBeta * Math.sqrt(rate * (1 - rate) + otherRate * (1 - otherRate));
  return Math.ceil((spread / (rate - otherRate)) ** 2);
}

// ---------------------------------------------------------------- what the tiers cost

/** Minutes a prospect of tier 1, 2 and 3 takes, as the source has it. */
export const defaultTierMinutes = [16, 4, 0.25] as const;

/** Hours to write once to so many prospects of tier 1, 2 and 3: 200, 2,000 and 10,000 take 228. */
export function hoursNeeded(counts: readonly number[], minutes: readonly number[]): number {
  return counts.reduce((sum, count, i) => sum + count * (minutes[i] ?? 0), 0) / 60;
}

// ---------------------------------------------------------------- the best use of the hours

/** What one tier's treatment takes and brings. */
export interface TierEffort {
  readonly minutes: number;
  /** Reply rate of a prospect that scores 0, and of one that scores 100; between them it rises evenly. */
  readonly replyRate: readonly [atZero: number, atHundred: number];
}

/** Tier 1, 2 and 3. */
export type TierEfforts = readonly [TierEffort, TierEffort, TierEffort];

/** Reply rates by effort as published for 15 to 30 and 5 to 10 minutes; for tier 3 around the 1 % of the source. */
export const defaultTierEfforts: TierEfforts = [
  { minutes: 16, replyRate: [0.15, 0.25] },
  { minutes: 4, replyRate: [0.07, 0.12] },
  { minutes: 0.25, replyRate: [0.005, 0.015] },
];

/** What drafts really took, where that was measured. */
export interface MeasuredEffort {
  readonly drafts: number;
  /** Whom they were for, each counted once. */
  readonly people: number;
  /** All of them together. */
  readonly minutes: number;
}

/** Fewer people than this say more of themselves than of the next ones. */
export const fewestMeasured = 5;

/** Minutes a prospect took on average; undefined where too few were measured. */
export function measuredMinutes({ people, minutes }: MeasuredEffort): number | undefined {
  return people < fewestMeasured ? undefined : minutes / people;
}

export interface Allocation {
  /** What each prospect gets, aligned with the scores: the treatment of tier 1, 2 or 3, or 0, no mail at all. */
  readonly treatment: Uint8Array;
  /** How many get no mail, tier 1, tier 2 and tier 3. */
  readonly counts: readonly [number, number, number, number];
  readonly hours: number;
  /** Expected value of all the touches, in the currency of the deal value. */
  readonly value: number;
  /** What no allocation can exceed: the value if the last minutes could be split. */
  readonly bound: number;
  /** What one more hour would bring; 0 where all is done that is worth doing. */
  readonly valueOfAnHour: number;
}

/** Expected value of one touch: `v = p_tier(T) * meetings per reply * deals per meeting * value of a deal`. */
export function touchValue(score: number, effort: TierEffort, funnel: Funnel): number {
  const [atZero, atHundred] = effort.replyRate;
  const replyRate = atZero + ((atHundred - atZero) * score) / 100;
  return replyRate * funnel.meetingRate * funnel.winRate * funnel.dealValue;
}

/** What it takes and brings to treat these prospects so. */
export function planned(
  score: Float32Array,
  treatment: ArrayLike<number>,
  efforts: TierEfforts,
  funnel: Funnel,
): { readonly hours: number; readonly value: number } {
  let minutes = 0;
  let value = 0;
  for (let i = 0; i < score.length; i++) {
    const effort = efforts[treatment[i]! - 1];
    if (!effort) continue;
    minutes += effort.minutes;
    value += touchValue(score[i]!, effort, funnel);
  }
  return { hours: minutes / 60, value };
}

/**
 * The best way to spend `hours` on prospects with these scores. Each prospect can be left out or get the treatment
 * of a tier; on the concave hull of its options (minutes, value) lie the steps worth taking, each with its value a
 * minute. Taking steps by value a minute until the hours are full is optimal but for the last step; what remains is
 * filled with the next best steps that fit. Deterministic; equal steps go to the prospect that comes first.
 */
export function allocate(
  score: Float32Array,
  efforts: TierEfforts,
  funnel: Funnel,
  hours: number,
): Allocation {
  const budget = 60 * hours;
  const steps = stepsOf(score, efforts, funnel);
  const { worth, minutes, to } = steps;

  // Roughly sorted into buckets by value a minute, so that only steps near the edge of the budget need exact order.
  let best = 0;
  for (const value of worth) if (value > best && value < Infinity) best = value;
  const bucketOf = (value: number) =>
    value >= best ? buckets - 1 : Math.floor((value / best) * (buckets - 1));
  const minutesIn = new Float64Array(buckets);
  const stepsIn = new Uint32Array(buckets);
  for (let i = 0; i < worth.length; i++) {
    if (worth[i] === 0) continue;
    minutesIn[bucketOf(worth[i]!)]! += minutes[i]!;
    stepsIn[bucketOf(worth[i]!)]!++;
  }
  // All buckets above `edge` fit; those from `edge` down to `lowest` hold the steps that what is left is filled with.
  let edge = buckets - 1;
  for (let left = budget - minutesIn[edge]!; edge > 0 && left >= 0; left -= minutesIn[edge]!) edge--;
  let lowest = edge;
  for (let steps = stepsIn[edge]!; lowest > 0 && steps < stepsToFillWith; steps += stepsIn[lowest]!) lowest--;

  const treatment = new Uint8Array(score.length);
  let spent = 0;
  let value = 0;
  const take = (i: number) => {
    treatment[Math.floor(i / 3)] = to[i]!;
    spent += minutes[i]!;
    value += minutes[i]! > 0 ? worth[i]! * minutes[i]! : steps.gain[i]!;
  };
  const rest: number[] = [];
  for (let i = 0; i < worth.length; i++) {
    if (worth[i] === 0) continue;
    const bucket = bucketOf(worth[i]!);
    if (bucket > edge) take(i);
    else if (bucket >= lowest) rest.push(i);
  }
  rest.sort((a, b) => worth[b]! - worth[a]! || a - b);

  let bound: number | undefined;
  let valueOfAnHour = 0;
  const passedOver = new Set<number>();
  for (const i of rest) {
    const prospect = Math.floor(i / 3);
    if (passedOver.has(prospect)) continue;
    if (spent + minutes[i]! <= budget + 1e-9) {
      take(i);
      continue;
    }
    passedOver.add(prospect);
    if (bound !== undefined) continue;
    bound = value + (budget - spent) * worth[i]!;
    valueOfAnHour = 60 * worth[i]!;
  }

  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (const given of treatment) counts[given]!++;
  return { treatment, counts, hours: spent / 60, value, bound: bound ?? value, valueOfAnHour };
}

const buckets = 4096;

/** At least so many of the next best steps may fill the minutes left over; the rest are too poor to matter. */
const stepsToFillWith = 4096;

/** Steps of all prospects: three places each, in order of effort; `worth` is 0 where there is no such step. */
interface Steps {
  /** Value a minute; falls from step to step of a prospect. */
  readonly worth: Float64Array;
  readonly minutes: Float64Array;
  /** What the step adds in value. */
  readonly gain: Float64Array;
  /** The treatment after the step. */
  readonly to: Uint8Array;
}

function stepsOf(score: Float32Array, efforts: TierEfforts, funnel: Funnel): Steps {
  const worth = new Float64Array(3 * score.length);
  const minutes = new Float64Array(3 * score.length);
  const gain = new Float64Array(3 * score.length);
  const to = new Uint8Array(3 * score.length);
  const byMinutes = ([3, 2, 1] as const)
    .map((tier) => ({ tier, effort: efforts[tier - 1]! }))
    .sort((a, b) => a.effort.minutes - b.effort.minutes);
  // The hull under construction, from doing nothing upwards.
  const hullMinutes = [0, 0, 0, 0];
  const hullValue = [0, 0, 0, 0];
  const hullTier = [0, 0, 0, 0];
  const slope = (from: number, x: number, y: number) =>
    x > hullMinutes[from]! ? (y - hullValue[from]!) / (x - hullMinutes[from]!) : Infinity;
  for (let prospect = 0; prospect < score.length; prospect++) {
    let last = 0;
    for (const { tier, effort } of byMinutes) {
      const value = touchValue(score[prospect]!, effort, funnel);
      if (value <= hullValue[last]!) continue;
      while (
        last > 0 &&
        slope(last, effort.minutes, value) >= slope(last - 1, hullMinutes[last]!, hullValue[last]!)
      )
        last--;
      last++;
      hullMinutes[last] = effort.minutes;
      hullValue[last] = value;
      hullTier[last] = tier;
    }
    for (let step = 1; step <= last; step++) {
      const i = 3 * prospect + step - 1;
      worth[i] = slope(step - 1, hullMinutes[step]!, hullValue[step]!);
      minutes[i] = hullMinutes[step]! - hullMinutes[step - 1]!;
      gain[i] = hullValue[step]! - hullValue[step - 1]!;
      to[i] = hullTier[step]!;
    }
  }
  return { worth, minutes, gain, to };
}

// ---------------------------------------------------------------- what others report

/** A figure that was published. They conflict: each is a suggestion with its source, none is the truth. */
export interface PublishedFigure {
  readonly quantity:
    | 'reply rate'
    | 'positive share of replies'
    | 'meetings per send'
    | 'sends per inbox a day';
  /** What it was measured on: "average", "top tenth", "15 to 30 minutes a mail". */
  readonly of: string;
  /** Shares from 0 to 1, or a number a day; equal where one number was published. */
  readonly low: number;
  readonly high: number;
  readonly source: string;
}

const instantly = 'Instantly, 2026 benchmark';
const barrows = 'John Barrows';

export const publishedFigures: readonly PublishedFigure[] = [
  { quantity: 'reply rate', of: 'average', low: 0.0343, high: 0.0343, source: instantly },
  { quantity: 'reply rate', of: 'top quarter', low: 0.055, high: 0.055, source: instantly },
  { quantity: 'reply rate', of: 'top tenth', low: 0.107, high: 0.107, source: instantly },
  { quantity: 'reply rate', of: '15 to 30 minutes a mail', low: 0.15, high: 0.25, source: barrows },
  { quantity: 'reply rate', of: '5 to 10 minutes a mail', low: 0.07, high: 0.12, source: barrows },
  { quantity: 'reply rate', of: '1 to 2 minutes a mail', low: 0.02, high: 0.05, source: barrows },
  {
    quantity: 'positive share of replies',
    of: 'all replies',
    low: 0.14,
    high: 0.48,
    source: 'two vendors that disagree',
  },
  { quantity: 'meetings per send', of: 'cold mail', low: 0.005, high: 0.01, source: 'several vendors' },
  {
    quantity: 'sends per inbox a day',
    of: 'warm-up mail included',
    low: 30,
    high: 50,
    source: 'several vendors',
  },
];
