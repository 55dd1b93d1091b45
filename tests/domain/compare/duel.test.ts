import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alignVariants } from '../../../src/domain/compare';
import {
  halfSeen,
  outcomesOf,
  pairsOfRound,
  planRound,
  type Showing,
  type Verdict,
  type Vote,
  verdicts,
} from '../../../src/domain/compare/duel';
import { noFailures, setOf } from './drafts';

const votesOf = (...cast: (readonly [number, number, Verdict])[]): Vote[] =>
  cast.map(([left, right, verdict], i) => ({ id: i + 1, left, right, verdict }));

describe('what a pair came to', () => {
  test('a win survives the swap', () => {
    expect(outcomesOf(votesOf([1, 2, 'left'], [2, 1, 'right']))).toEqual([{ one: 1, other: 2, winner: 1 }]);
  });

  test('a choice that follows the side is no win', () => {
    expect(outcomesOf(votesOf([1, 2, 'left'], [2, 1, 'left']))[0]?.winner).toBeNull();
    expect(outcomesOf(votesOf([1, 2, 'left'], [2, 1, 'tie']))[0]?.winner).toBeNull();
    expect(outcomesOf(votesOf([1, 2, 'tie'], [2, 1, 'tie']))[0]?.winner).toBeNull();
  });

  test('nothing is said of a pair seen one way round, or that the rep could not tell apart', () => {
    expect(outcomesOf(votesOf([1, 2, 'left']))).toEqual([]);
    expect(outcomesOf(votesOf([1, 2, 'left'], [2, 1, 'unsure']))).toEqual([
      { one: 1, other: 2, winner: undefined },
    ]);
  });

  test('the last vote on a showing counts', () => {
    const votes = votesOf([1, 2, 'right'], [2, 1, 'right'], [1, 2, 'left']);
    expect(outcomesOf(votes)[0]?.winner).toBe(1);
    expect(outcomesOf([...votes].reverse())[0]?.winner).toBe(1);
  });

  test('swapping every showing changes no outcome', () => {
    const vote = fc.tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(...verdicts),
    );
    const swapped: Readonly<Record<Verdict, Verdict>> = {
      left: 'right',
      right: 'left',
      tie: 'tie',
      unsure: 'unsure',
    };
    fc.assert(
      fc.property(fc.array(vote, { maxLength: 20 }), (cast) => {
        const votes = votesOf(...cast.filter(([left, right]) => left !== right));
        const other = votes.map(({ id, left, right, verdict }) => ({
          id,
          left: right,
          right: left,
          verdict: swapped[verdict],
        }));
        const sorted = (of: readonly Vote[]) =>
          outcomesOf(of).sort((a, b) => a.one - b.one || a.other - b.other);
        expect(sorted(other)).toEqual(sorted(votes));
      }),
    );
  });
});

describe('a round', () => {
  const workbench = (prospects: number, variants: number) => {
    const drafts = setOf(
      Array.from({ length: prospects * variants }, (_, i) => ({
        id: i + 1,
        to: 1 + Math.floor(i / variants),
        label: `variant ${i % variants}`,
      })),
    );
    const ids = Int32Array.from({ length: prospects }, (_, i) => i + 1);
    return { drafts, alignment: alignVariants(ids, drafts, noFailures) };
  };
  const keyOf = ({ left, right }: Showing) => `${left}-${right}`;
  const swapOf = ({ left, right }: Showing) => `${right}-${left}`;

  test('shows every pair once each way, of one prospect, and is the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 10 }), fc.nat(), (p, v, seed) => {
        const { drafts, alignment } = workbench(p, v);
        const round = planRound(alignment, drafts, [], seed);
        const pairs = Math.min(pairsOfRound, (p * v * (v - 1)) / 2);
        expect(round.length).toBe(2 * pairs);
        expect(new Set(round.map(keyOf)).size).toBe(2 * pairs);
        expect(new Set(round.map(swapOf))).toEqual(new Set(round.map(keyOf)));
        for (const { left, right } of round)
          expect(drafts.prospectIds[left - 1]).toBe(drafts.prospectIds[right - 1]);
        if (pairs > 1)
          for (const [i, showing] of round.slice(1).entries())
            expect(keyOf(showing)).not.toBe(swapOf(round[i]!));
        expect(planRound(alignment, drafts, [], seed)).toEqual(round);
      }),
    );
  });

  test('neither side is favoured, and every pair of variants has its turn', () => {
    const { drafts, alignment } = workbench(30, 3);
    let votes: Vote[] = [];
    const met = new Map<string, number>();
    for (let n = 0; n < 6; n++)
      for (const showing of planRound(alignment, drafts, votes, 7)) {
        votes = [...votes, { ...showing, id: votes.length + 1, verdict: 'left' }];
        const kind = [(showing.left - 1) % 3, (showing.right - 1) % 3].join();
        met.set(kind, (met.get(kind) ?? 0) + 1);
      }
    expect(met.size).toBe(6);
    for (const times of met.values()) expect(times).toBe(20);
  });

  test('is about many prospects', () => {
    const { drafts, alignment } = workbench(30, 6);
    const round = planRound(alignment, drafts, [], 5);
    expect(new Set(round.map(({ left }) => drafts.prospectIds[left - 1])).size).toBe(pairsOfRound);
  });

  test('asks for nothing twice, ends where nothing is left, and completes what was begun', () => {
    const { drafts, alignment } = workbench(2, 3);
    const first = planRound(alignment, drafts, [], 3);
    const votes: Vote[] = first.slice(0, 4).map((showing, i) => ({ ...showing, id: i + 1, verdict: 'tie' }));
    const second = planRound(alignment, drafts, votes, 3);
    const seen = new Set(votes.map(keyOf));
    expect(second.some((showing) => seen.has(keyOf(showing)))).toBe(false);
    expect(new Set([...votes, ...second].map(keyOf)).size).toBe(12);
    const all: Vote[] = [
      ...votes,
      ...second.map((showing, i) => ({ ...showing, id: 10 + i, verdict: 'tie' as const })),
    ];
    expect(planRound(alignment, drafts, all, 3)).toEqual([]);
  });

  test('begins with what was seen one way round, and is no longer for it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.nat(), (given, seed) => {
        const { drafts, alignment } = workbench(30, 4);
        const votes: Vote[] = planRound(alignment, drafts, [], seed)
          .slice(0, given)
          .map((showing, i) => ({ ...showing, id: i + 1, verdict: 'left' }));
        expect(halfSeen(votes)).toHaveLength(given);
        const round = planRound(alignment, drafts, votes, seed + 1);
        expect(round).toHaveLength(given + 2 * (pairsOfRound - given));
        const begin = new Set(round.slice(0, pairsOfRound).map(keyOf));
        for (const vote of votes) expect(begin).toContain(swapOf(vote));
        if (round.length > 1) expect(keyOf(round[0]!)).not.toBe(swapOf(votes.at(-1)!));
        expect(
          halfSeen([
            ...votes,
            ...round.map((showing, i) => ({ ...showing, id: 100 + i, verdict: 'tie' as const })),
          ]),
        ).toEqual([]);
      }),
    );
  });

  test('is of second showings alone where many wait', () => {
    const { drafts, alignment } = workbench(30, 4);
    let votes: Vote[] = [];
    for (let n = 0; n < 2; n++) {
      const firsts = planRound(alignment, drafts, [], n).slice(0, pairsOfRound);
      votes = [...votes, ...firsts.map((one, i) => ({ ...one, id: 20 * n + i, verdict: 'left' as const }))];
    }
    const half = halfSeen(votes);
    expect(half.length).toBeGreaterThan(pairsOfRound);
    const round = planRound(alignment, drafts, votes, 1);
    expect(new Set(round.map(swapOf))).toEqual(new Set(half.map(keyOf)));
  });

  test('drafts of one text are no pair', () => {
    const drafts = setOf([
      { id: 1, to: 1, label: 'a', text: 5n },
      { id: 2, to: 1, label: 'b', text: 5n },
    ]);
    const alignment = alignVariants(Int32Array.of(1), drafts, noFailures);
    expect(planRound(alignment, drafts, [], 1)).toEqual([]);
  });
});
