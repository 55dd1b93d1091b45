export interface Match {
  /** Higher is better. */
  readonly score: number;
  /** Positions in the text of the letters that matched. */
  readonly at: readonly number[];
}

const atWordStart = 8;
const inARow = 8;
const anywhere = 1;

/**
 * Whether the letters of `query` occur in `text` in this order, and how well: letters at the starts of words and in a
 * row count most, shorter texts win ties. Regardless of case; spaces in the query are passed over. O(query x text^2).
 */
export function fuzzyMatch(query: string, text: string): Match | undefined {
  const letters = [...query.toLowerCase().replace(/\s+/g, '')];
  const target = text.toLowerCase();
  if (letters.length === 0) return { score: 0, at: [] };

  /** Per position in the text: the best match of the letters so far that ends there. */
  let ends: (Match | undefined)[] = [];
  letters.forEach((letter, index) => {
    const next: (Match | undefined)[] = [];
    let best: Match | undefined;
    for (let i = 0; i < target.length; i++) {
      if (target[i] === letter) {
        const start = isWordStart(text, i) ? atWordStart : anywhere;
        const previous = ends[i - 1];
        const joined = previous && { score: previous.score + inARow, at: previous.at };
        const base = index === 0 ? { score: 0, at: [] } : better(best, joined);
        if (base) next[i] = { score: base.score + start, at: [...base.at, i] };
      }
      best = better(best, ends[i]);
    }
    ends = next;
  });
  const match = ends.reduce(better, undefined);
  return match && { score: match.score - text.length / 1000, at: match.at };
}

function better(a: Match | undefined, b: Match | undefined): Match | undefined {
  if (!a || !b) return a ?? b;
  return b.score > a.score ? b : a;
}

function isWordStart(text: string, i: number): boolean {
  const before = text[i - 1];
  return before === undefined || /[\s\-_:.“(]/.test(before);
}
