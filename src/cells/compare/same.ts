import { sameJson } from '../../notebook/document';
import type { ComparisonOutput } from './kind';

/** Whether texts, what was measured of them and failures are the same; what it comes to, choices and votes may differ. */
export function haveSameDrafts(a: ComparisonOutput, b: ComparisonOutput): boolean {
  const columns = [
    'draftIds',
    'textHashes',
    'outputTokens',
    'identification',
    'mustNotBeSent',
    'describesAnother',
  ] as const;
  return (
    a.scoreContext === b.scoreContext &&
    a.touch === b.touch &&
    areSame(a.ids, b.ids) &&
    areSame(a.alignment.places, b.alignment.places) &&
    areSame(a.alignment.failures, b.alignment.failures) &&
    areSame(a.failed.reasons, b.failed.reasons) &&
    columns.every((column) => areSame<number | bigint>(a.drafts[column], b.drafts[column]))
  );
}

/** Whether the grid would read the same, but for choices. */
export function sayTheSame(a: ComparisonOutput, b: ComparisonOutput): boolean {
  return (
    haveSameDrafts(a, b) &&
    areSame(a.genericness, b.genericness) &&
    sameJson(a.weighing, b.weighing) &&
    a.hasCellPrices === b.hasCellPrices &&
    sameJson(a.prices, b.prices)
  );
}

function areSame<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
