import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allocate,
  breakEven,
  daysToSend,
  defaultFunnel,
  defaultTierEfforts,
  defaultTierMinutes,
  type Funnel,
  hoursNeeded,
  outcomeOf,
  planned,
  publishedFigures,
  sendsPerVariant,
  type TierEfforts,
  touchValue,
  workedApproaches,
  workedScenarios,
  workingDayHours,
} from '../../src/domain/budget';

describe('the worked examples', () => {
  const [byHand, compressed] = workedScenarios;

  it('by hand: 16 minutes, 30 touches, 3.6 replies a day', () => {
    expect([byHand.research, byHand.writing, byHand.review, byHand.replyRate]).toEqual([12, 3, 1, 0.12]);
    const outcome = outcomeOf(byHand, defaultFunnel, workingDayHours);
    expect(outcome.minutesPerTouch).toBe(16);
    expect(outcome.touches).toBe(30);
    expect(outcome.replies).toBeCloseTo(3.6, 12);
    expect(Math.round(outcome.meetings)).toBe(2);
  });

  it('research compressed: 4 minutes, 120 touches, 14.4 replies a day', () => {
    expect([compressed.research, compressed.writing, compressed.review]).toEqual([1, 2, 1]);
    const outcome = outcomeOf(compressed, defaultFunnel, workingDayHours);
    expect(outcome.minutesPerTouch).toBe(4);
    expect(outcome.touches).toBe(120);
    expect(outcome.replies).toBeCloseTo(14.4, 12);
  });

  it('pure volume: 10,000 sends, 50 meetings, 5 closed; 200 sends a day are 1 or 2 meetings', () => {
    const rate = workedApproaches.generic.replies / workedApproaches.generic.sends;
    const volume = { name: 'Volume', research: 0, writing: 0, review: 0.25, replyRate: rate };
    const outcome = outcomeOf(volume, defaultFunnel, (10_000 * 0.25) / 60);
    expect(outcome.touches).toBe(10_000);
    expect(outcome.meetings).toBeCloseTo(50, 9);
    expect(outcome.won).toBeCloseTo(5, 9);
    const perSend = publishedFigures.find((figure) => figure.quantity === 'meetings per send');
    expect([200 * perSend!.low, 200 * perSend!.high]).toEqual([1, 2]);
  });

  it('1,000 generic for 10 against 10 personal for 1: 1 % against 10 %, even at ten times the minutes', () => {
    const { generic, personal } = workedApproaches;
    const even = breakEven(generic, personal, 1, workingDayHours);
    expect(even.genericRate).toBe(0.01);
    expect(even.personalRate).toBe(0.1);
    expect(even.minutes).toBeCloseTo(10 * generic.minutesPerSend, 12);
    expect(even.genericRepliesPerHour).toBeCloseTo(2.4, 12);
    expect(even.personalRepliesPerHour).toBeCloseTo(1.5, 12);
    expect(even.worth).toBeCloseTo(1.6, 12);
    // 120 personal mails in a day bring 12 replies, which takes 1,200 generic ones.
    expect(even.prospects).toBeCloseTo(1200, 9);
    expect(breakEven(generic, personal, 1.6, workingDayHours).prospects).toBe(Infinity);
  });

  it('200, 2,000 and 10,000 prospects at 16, 4 and a quarter minutes take 228 hours', () => {
    expect(Math.round(hoursNeeded([200, 2000, 10_000], defaultTierMinutes))).toBe(228);
  });

  it('10,000 contacts take 333 days from one inbox at 30 a day, 8.3 from forty', () => {
    expect(Math.round(daysToSend(10_000, 1, 30))).toBe(333);
    expect(daysToSend(10_000, 40, 30)).toBeCloseTo(8.3, 1);
  });

  it('1 % against 2 % takes about 2,300 sends an arm', () => {
    expect(sendsPerVariant(0.01, 0.02)).toBeGreaterThan(2250);
    expect(sendsPerVariant(0.01, 0.02)).toBeLessThan(2350);
    expect(sendsPerVariant(0.02, 0.01)).toBe(sendsPerVariant(0.01, 0.02));
  });

  it('every published figure names its source and is a range', () => {
    for (const figure of publishedFigures) {
      expect(figure.source).toMatch(/\w/);
      expect(figure.low).toBeLessThanOrEqual(figure.high);
    }
  });
});

describe('an outcome', () => {
  it('has whole touches, and none where a touch takes no time', () => {
    expect(outcomeOf({ ...workedScenarios[0], research: 3 }, defaultFunnel, 8).touches).toBe(68);
    const instant = { name: '', research: 0, writing: 0, review: 0, replyRate: 0.1 };
    expect(outcomeOf(instant, defaultFunnel, 8).touches).toBe(0);
  });

  it('never shrinks with more hours', () => {
    const minutes = fc.double({ min: 0, max: 60, noNaN: true });
    const hours = fc.double({ min: 0, max: 1000, noNaN: true });
    fc.assert(
      fc.property(minutes, hours, hours, (research, some, more) => {
        const scenario = { ...workedScenarios[0], research };
        const value = (time: number) => outcomeOf(scenario, defaultFunnel, time).value;
        expect(value(some + more)).toBeGreaterThanOrEqual(value(some));
      }),
    );
  });
});

const rate = fc.double({ min: 0, max: 0.5, noNaN: true });
const effort = fc.record({
  minutes: fc.integer({ min: 1, max: 30 }),
  replyRate: fc.tuple(rate, rate),
});
const efforts: fc.Arbitrary<TierEfforts> = fc.tuple(effort, effort, effort);
const funnel: Funnel = { meetingRate: 0.5, winRate: 0.1, dealValue: 1000 };

describe('the best use of the hours', () => {
  it('stays within them, never beats its bound, and adds up', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 });
    fc.assert(
      fc.property(scores, efforts, fc.integer({ min: 0, max: 600 }), (list, given, budgetMinutes) => {
        const score = Float32Array.from(list);
        const plan = allocate(score, given, funnel, budgetMinutes / 60);
        const { hours, value } = planned(score, plan.treatment, given, funnel);
        expect(60 * hours).toBeLessThanOrEqual(budgetMinutes + 1e-6);
        expect(plan.hours).toBeCloseTo(hours, 6);
        expect(plan.value).toBeCloseTo(value, 4);
        expect(plan.value).toBeLessThanOrEqual(plan.bound + 1e-6);
        expect(plan.counts.reduce((sum, count) => sum + count)).toBe(list.length);
      }),
    );
  });

  it('is within one step of the best there is, found by trying every allocation', () => {
    const few = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(few, efforts, fc.integer({ min: 0, max: 90 }), (list, given, budgetMinutes) => {
        const plan = allocate(Float32Array.from(list), given, funnel, budgetMinutes / 60);
        const best = bestByTrying(list, given, budgetMinutes);
        const largestStep = Math.max(
          ...list.flatMap((score) => given.map((one) => touchValue(score, one, funnel))),
        );
        expect(plan.value).toBeLessThanOrEqual(best + 1e-4);
        expect(plan.bound).toBeGreaterThanOrEqual(best - 1e-4);
        expect(plan.value).toBeGreaterThanOrEqual(best - largestStep - 1e-4);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the hand-written mails to the best scores', () => {
    const score = Float32Array.from({ length: 200 }, (_, i) => i / 2);
    const { treatment } = allocate(score, defaultTierEfforts, defaultFunnel, 30);
    for (let i = 1; i < treatment.length; i++) {
      const effortOf = (tier: number) => (tier === 0 ? 0 : defaultTierEfforts[tier - 1]!.minutes);
      expect(effortOf(treatment[i]!)).toBeGreaterThanOrEqual(effortOf(treatment[i - 1]!) - 1e-9);
    }
  });

  it('says what one more hour is worth', () => {
    const score = Float32Array.from({ length: 2000 }, (_, i) => (i * 37) % 100);
    const now = allocate(score, defaultTierEfforts, defaultFunnel, 40);
    const later = allocate(score, defaultTierEfforts, defaultFunnel, 41);
    expect((later.value - now.value) / now.valueOfAnHour).toBeCloseTo(1, 1);
    const plenty = allocate(score, defaultTierEfforts, defaultFunnel, 2000);
    expect(plenty.valueOfAnHour).toBe(0);
    expect(plenty.counts).toEqual([0, 2000, 0, 0]);
  });

  it('does nothing with no hours, no prospects, or nothing to win', () => {
    const score = Float32Array.of(50, 60);
    expect(allocate(score, defaultTierEfforts, defaultFunnel, 0).counts).toEqual([2, 0, 0, 0]);
    expect(allocate(new Float32Array(0), defaultTierEfforts, defaultFunnel, 8).value).toBe(0);
    const worthless = { ...defaultFunnel, dealValue: 0 };
    expect(allocate(score, defaultTierEfforts, worthless, 8).counts).toEqual([2, 0, 0, 0]);
  });

  it('adds up what a plan takes and brings', () => {
    const { hours, value } = planned(Float32Array.of(0, 100, 50), [1, 2, 0], defaultTierEfforts, funnel);
    expect(hours).toBeCloseTo(20 / 60, 12);
    expect(value).toBeCloseTo((0.15 + 0.12) * 0.5 * 0.1 * 1000, 9);
  });

  it('takes what costs no time first', () => {
    const free: TierEfforts = [
      defaultTierEfforts[0],
      defaultTierEfforts[1],
      { minutes: 0, replyRate: [0.01, 0.01] },
    ];
    const plan = allocate(Float32Array.of(50, 60), free, defaultFunnel, 0);
    expect(plan.counts).toEqual([0, 0, 0, 2]);
    expect(plan.value).toBeCloseTo(2 * 0.01 * 0.5 * 0.1 * 10_000, 9);
  });
});

function bestByTrying(scores: readonly number[], efforts: TierEfforts, minutes: number): number {
  const [first, ...others] = scores;
  if (first === undefined) return 0;
  let best = bestByTrying(others, efforts, minutes);
  for (const one of efforts)
    if (one.minutes <= minutes)
      best = Math.max(
        best,
        touchValue(first, one, funnel) + bestByTrying(others, efforts, minutes - one.minutes),
      );
  return best;
}
