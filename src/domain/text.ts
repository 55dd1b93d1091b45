/** A stretch of a text: `text.slice(start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const wordPattern = /[\p{L}\p{N}]+(?:['’.&+#-][\p{L}\p{N}]+)*[+#]*/gu;

/** The words of a text in order, as written: letters and digits with inner apostrophes, points, hyphens ("C++", "b2b-saas"). */
export function words(text: string): string[] {
  return text.match(wordPattern) ?? [];
}

/** Where the words of `text` stand. */
export function wordSpans(text: string): Span[] {
  return Array.from(text.matchAll(wordPattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

// A full stop after one of these never ends a sentence: a title, an initial, "e.g.", "vs.".
const openAbbreviation =
  /(?:^|[\s("“])(?:mr|mrs|ms|dr|prof|st|vs|e\.g|i\.e|approx|resp|cf|dept|fig|\p{Lu})\.$/iu;
// After one of these only where a number follows: "no. 4", "jan. 12".
const numberAbbreviation =
  /(?:^|[\s("“])(?:nos?|pp?|vol|ch|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$/i;
// After one of these unless a capital follows: "etc.", "Acme Inc.", "9 a.m."
const closingAbbreviation =
  /(?:^|[\s("“])(?:etc|inc|ltd|co|corp|plc|llc|bros|a\.m|p\.m|u\.s|u\.k|est|[a-z])\.$/i;

/** Whether the full stop that ends `before` belongs to an abbreviation rather than to a sentence. */
function isAbbreviated(before: string, after: string): boolean {
  const tail = before.slice(-12);
  if (openAbbreviation.test(tail) && !/(?:^|\s)\p{Ll}\.$/u.test(tail)) return true;
  const next = after.trimStart();
  if (numberAbbreviation.test(tail)) return /^\d/.test(next);
  return closingAbbreviation.test(tail) && next !== '' && !/^["'“(]?[\p{Lu}]/u.test(next);
}

/**
 * Where the sentences of `text` stand, without surrounding white space. A line break ends a sentence only where a
 * blank line or a list mark follows, or where the line is short (a greeting, a sign-off), as in mails.
 */
export function sentenceSpans(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  const close = (end: number) => {
    let from = start;
    let to = end;
    while (from < to && /\s/.test(text[from]!)) from++;
    while (to > from && /\s/.test(text[to - 1]!)) to--;
    if (to > from) spans.push({ start: from, end: to });
    start = end;
  };
  const boundary = /[.!?…]+["'”’)\]]*(?=\s|$)|[。！？]+|\r?\n/g;
  for (const match of text.matchAll(boundary)) {
    const end = match.index + match[0].length;
    if (match[0].includes('\n')) {
      const line = text.slice(start, match.index).trim();
      const rest = text.slice(end);
      const paragraphEnds = /^[ \t]*(?:\r?\n|[-*•]\s|\d+[.)]\s|$)/.test(rest);
      if (paragraphEnds || (line.length > 0 && line.length <= 30 && /^[\p{Lu}"“]/u.test(rest.trimStart())))
        close(end);
      else if (line.length === 0) start = end;
      continue;
    }
    // The "1." of a list is not a sentence of its own.
    if (
      match[0] === '.' &&
      /^\s*\d{1,2}$/.test(text.slice(start, match.index)) &&
      /^[ \t]\S/.test(text.slice(end, end + 2))
    )
      continue;
    if (match[0] === '.' && isAbbreviated(text.slice(start, end), text.slice(end, end + 20))) continue;
    close(end);
  }
  close(text.length);
  return spans;
}

/** The sentences of a text, as {@link sentenceSpans} finds them. */
export function sentences(text: string): string[] {
  return sentenceSpans(text).map(({ start, end }) => text.slice(start, end));
}
