import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayNumber,
  defaultEngagementPoints,
  defaultSignalRules,
  type EngagementKind,
  engagementKinds,
  engagementSummary,
  halfLifeSources,
  isLive,
  longestQuote,
  type SignalKind,
  signalFactor,
  signalKinds,
  signalProblem,
  signalWeight,
} from '../../src/domain/signal';

const today = 20_700;
const kind = fc.constantFrom(...signalKinds);
const confidence = fc.double({ min: 0, max: 1, noNaN: true });

function columns(rows: readonly { prospect: number; kind: number; day: number; confidence: number }[]) {
  return {
    prospect: rows.map((row) => row.prospect),
    kind: rows.map((row) => row.kind),
    day: rows.map((row) => row.day),
    confidence: rows.map((row) => row.confidence),
  };
}

function engagement(rows: readonly [prospect: number, kind: EngagementKind, daysAgo: number][]) {
  return {
    prospect: rows.map(([prospect]) => prospect),
    kind: rows.map(([, name]) => engagementKinds.indexOf(name)),
    day: rows.map(([, , daysAgo]) => today - daysAgo),
  };
}

describe('days', () => {
  it('counts from 1970 and reads the day of an instant', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1970-01-02')).toBe(1);
    expect(dayNumber('2026-09-14')).toBe(Date.UTC(2026, 8, 14) / 86_400_000);
    expect(dayNumber('2026-09-14T23:59:59Z')).toBe(dayNumber('2026-09-14'));
  });

  it.each(['', 'yesterday', '2026-13-01', '2026-02-30', '14.09.2026', '2026-09-1', '2026-09-14x'])(
    'has no number for %j',
    (text) => expect(dayNumber(text)).toBeUndefined(),
  );
});

describe('what is taken down as a signal', () => {
  const listed = { industry: 'Cold storage', description: 'Keeps fish, fruit and vaccines cold.' };
  const good = { happenedOn: '2026-09-10', source: 'podcast', quote: 'We lose an hour a night.' };
  const field = (part: Partial<typeof good>) =>
    signalProblem({ ...good, ...part }, '2026-09-14', listed)?.field;

  it('is dated, not to come, sourced, and says something', () => {
    expect(field({})).toBeUndefined();
    expect(field({ quote: ' … ' })).toBe('quote');
    expect(field({ quote: 'a'.repeat(longestQuote + 1) })).toBe('quote');
    expect(field({ happenedOn: '' })).toBe('happenedOn');
    expect(field({ happenedOn: '2026-02-30' })).toBe('happenedOn');
    expect(field({ happenedOn: '2026-09-15' })).toBeUndefined();
    expect(field({ happenedOn: '2026-09-16' })).toBe('happenedOn');
    expect(field({ source: ' ' })).toBe('source');
  });

  it('is not what the list says, however it is written', () => {
    expect(field({ quote: 'COLD   storage' })).toBe('quote');
    expect(field({ quote: '“fish, fruit and vaccines”' })).toBe('quote');
    expect(signalProblem({ ...good, quote: 'fruit' }, '2026-09-14', listed)?.sentence).toContain(
      '(description)',
    );
    expect(field({ quote: 'fish and fruit' })).toBeUndefined();
    expect(field({ quote: 'rage' })).toBeUndefined();
  });
});

describe('what a signal is worth', () => {
  it('has the published half-lives as defaults, each with where it comes from', () => {
    const days = (name: SignalKind) => defaultSignalRules[name].halfLifeDays;
    expect([days('funding'), days('tech change'), days('hire'), days('job change'), days('hiring')]).toEqual([
      30, 60, 90, 90, 120,
    ]);
    for (const name of signalKinds) expect(halfLifeSources[name]).toMatch(/\w/);
  });

  it('halves with every half-life', () => {
    fc.assert(
      fc.property(kind, confidence, fc.integer({ min: 0, max: 1 }), (name, sure, halves) => {
        const { weight, halfLifeDays } = defaultSignalRules[name];
        expect(signalWeight(name, halves * halfLifeDays, sure)).toBeCloseTo(
          (weight * sure) / 2 ** halves,
          12,
        );
      }),
    );
  });

  it('is closed to what is undated, stale, or yet to happen', () => {
    for (const name of signalKinds) {
      const stale = 3 * defaultSignalRules[name].halfLifeDays;
      expect(signalWeight(name, undefined, 1)).toBe(0);
      expect(signalWeight(name, stale, 1)).toBe(0);
      expect(signalWeight(name, stale - 1, 1)).toBeGreaterThan(0);
      expect(signalWeight(name, -2, 1)).toBe(0);
      expect(signalWeight(name, -1, 1)).toBe(signalWeight(name, 0, 1));
    }
    expect(isLive({ kind: 'funding', happenedOn: '2026-07-01' }, '2026-09-28')).toBe(true);
    expect(isLive({ kind: 'funding', happenedOn: '2026-07-01' }, '2026-09-29')).toBe(false);
    expect(isLive({ kind: 'funding', happenedOn: 'July' }, '2026-09-28')).toBe(false);
    expect(isLive({ kind: 'funding', happenedOn: '2026-10-01' }, '2026-09-28')).toBe(false);
  });

  it('is live exactly where it is worth something', () => {
    fc.assert(
      fc.property(kind, fc.integer({ min: -5, max: 500 }), (name, age) => {
        const happenedOn = new Date((today - age) * 86_400_000).toISOString();
        const now = new Date(today * 86_400_000).toISOString();
        expect(isLive({ kind: name, happenedOn }, now)).toBe(signalWeight(name, age, 1) > 0);
      }),
    );
  });
});

const row = fc.record({
  prospect: fc.integer({ min: 0, max: 4 }),
  kind: fc.integer({ min: 0, max: signalKinds.length - 1 }),
  day: fc.integer({ min: today - 400, max: today + 5 }),
  confidence,
});

describe('the signal factor', () => {
  it('is 1 - prod(1 - w)', () => {
    const funding = { prospect: 1, kind: signalKinds.indexOf('funding'), day: today, confidence: 1 };
    const talk = { prospect: 1, kind: signalKinds.indexOf('talk'), day: today - 60, confidence: 0.5 };
    const [none, both] = signalFactor(2, columns([funding, talk]), today);
    expect(none).toBe(0);
    expect(both).toBeCloseTo(1 - (1 - 0.5) * (1 - 0.6 * 0.5 * 0.5), 6);
  });

  it('stays between 0 and 1, grows with evidence and does not mind its order', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), row, (rows, extra) => {
        const factor = signalFactor(5, columns(rows), today);
        const shuffled = signalFactor(5, columns([...rows].reverse()), today);
        const more = signalFactor(5, columns([...rows, extra]), today);
        for (let i = 0; i < 5; i++) {
          expect(factor[i]).toBeGreaterThanOrEqual(0);
          expect(factor[i]).toBeLessThanOrEqual(1);
          expect(shuffled[i]).toBeCloseTo(factor[i]!, 5);
          expect(more[i]! + 1e-6).toBeGreaterThanOrEqual(factor[i]!);
        }
      }),
    );
  });

  it('never grows as the same evidence ages', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), fc.integer({ min: 0, max: 200 }), (rows, later) => {
        const past = rows.map((one) => ({ ...one, day: Math.min(one.day, today) }));
        const now = signalFactor(5, columns(past), today);
        const then = signalFactor(5, columns(past), today + later);
        for (let i = 0; i < 5; i++) expect(then[i]!).toBeLessThanOrEqual(now[i]! + 1e-6);
      }),
    );
  });

  it('follows the rules it is given', () => {
    const rules = { ...defaultSignalRules, press: { weight: 1, halfLifeDays: 10 } };
    const press = { prospect: 0, kind: signalKinds.indexOf('press'), day: today - 10, confidence: 1 };
    expect(signalFactor(1, columns([press]), today, rules)[0]).toBeCloseTo(0.5, 6);
    expect(signalFactor(1, columns([{ ...press, day: today - 30 }]), today, rules)[0]).toBe(0);
  });
});

describe('engagement', () => {
  it('adds up points that halve every 30 days', () => {
    const { factor } = engagementSummary(
      1,
      engagement([
        [0, 'reply', 0],
        [0, 'click', 30],
      ]),
      today,
    );
    expect(factor[0]).toBeCloseTo(1 - Math.exp(-(8 + 3 / 2) / 10), 6);
  });

  it('is never below 0, whatever counts against', () => {
    const { factor, unsubscribed } = engagementSummary(
      1,
      engagement([
        [0, 'click', 2],
        [0, 'unsubscribe', 1],
      ]),
      today,
    );
    expect(factor[0]).toBe(0);
    expect(unsubscribed[0]).toBe(1);
  });

  it('counts the touches ignored since the last answer', () => {
    const { ignoredTouches } = engagementSummary(
      2,
      engagement([
        [0, 'ignored', 40],
        [0, 'ignored', 30],
        [0, 'click', 20],
        [0, 'ignored', 10],
        [1, 'ignored', 9],
        [1, 'ignored', 6],
        [1, 'open', 5],
        [1, 'ignored', 3],
      ]),
      today,
    );
    expect([...ignoredTouches]).toEqual([1, 3]);
  });

  it('forgets a reply after 90 days, but not an unsubscribe', () => {
    const { hasReplied, unsubscribed } = engagementSummary(
      3,
      engagement([
        [0, 'reply', 90],
        [1, 'meeting', 91],
        [2, 'unsubscribe', 900],
      ]),
      today,
    );
    expect([...hasReplied]).toEqual([1, 0, 0]);
    expect([...unsubscribed]).toEqual([0, 0, 1]);
  });

  it('tells who was reached and who was won', () => {
    const { contacted, won } = engagementSummary(
      3,
      engagement([
        [0, 'bounce', 1],
        [1, 'sent', 1],
        [2, 'win', 1],
      ]),
      today,
    );
    expect([...contacted]).toEqual([0, 1, 1]);
    expect([...won]).toEqual([0, 0, 1]);
  });

  it('says the same whatever the order of the rows', () => {
    const one = fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom(...engagementKinds),
      fc.integer({ min: 0, max: 200 }),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 40 }), (rows) => {
        const forwards = engagementSummary(4, engagement(rows), today);
        const backwards = engagementSummary(4, engagement([...rows].reverse()), today);
        expect(backwards.ignoredTouches).toEqual(forwards.ignoredTouches);
        expect(backwards.hasReplied).toEqual(forwards.hasReplied);
        for (let i = 0; i < 4; i++) expect(backwards.factor[i]).toBeCloseTo(forwards.factor[i]!, 5);
      }),
    );
  });

  it('gives an open no points: mail programs open messages on their own', () => {
    expect(defaultEngagementPoints.open).toBe(0);
  });
});
