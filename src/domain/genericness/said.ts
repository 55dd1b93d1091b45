import { type Span, sentenceSpans, words } from '../text';
import { sentenceActs } from '../voice/nearest';

/**
 * The sentences of a mail that say something: not its greeting, its sign-off, nor what stands below it, a name with
 * company, title, telephone and links. A postscript counts as what it says, without its "P.S.".
 */
export function sentencesSaid(text: string): Span[] {
  const end = signatureStart(text, text.length);
  const postscript = findPostscript(text, end);
  const main = text.slice(0, postscript ? signatureStart(text, postscript.start) : end);
  const said = sentenceActs(main)
    .filter(({ act }) => act !== 'greeting' && act !== 'sign-off')
    .map(({ span }) => span);
  if (!postscript) return said;
  const added = sentenceSpans(text.slice(postscript.says, end))
    .map((span) => ({ start: span.start + postscript.says, end: span.end + postscript.says }))
    .filter((span) => words(text.slice(span.start, span.end)).length > 2);
  return [...said, ...added];
}

/** A signature has at most so many lines, and a postscript stands among so many before it. */
const tailLines = 6;

function linesBefore(text: string, end: number): Span[] {
  return Array.from(text.slice(0, end).matchAll(/\S[^\r\n]*/g), (line) => ({
    start: line.index,
    end: line.index + line[0].trimEnd().length,
  }));
}

// "Ines Halloran", "Head of Sales | Tidewright", "T: +44 20 7946 0000", "ines@tidewright.example".
const signatureWord =
  /^(?:[\p{Lu}\d][\p{L}\p{N}.'’&-]*:?|of|and|the|for|at|in|de|van|von|der|[–—&|·•/-]+|[–—-]\p{Lu}[\p{L}.'’-]*|[+(]?[\d()./-]+|\S+@\S+\.\S+|(?:https?:\/\/|www\.)\S+)$/u;

function isSignature(line: string): boolean {
  return (
    line.length <= 80 &&
    !/[?!]$/.test(line) &&
    line
      .split(/[\s,]+/)
      .filter(Boolean)
      .every((word) => signatureWord.test(word))
  );
}

/** Where the lines at the end begin that are names and addresses alone; `end` where there are none. */
function signatureStart(text: string, end: number): number {
  const lines = linesBefore(text, end);
  const tail = lines.slice(Math.max(1, lines.length - tailLines)).reverse();
  let start = end;
  for (const line of tail) {
    if (!isSignature(text.slice(line.start, line.end))) break;
    start = line.start;
  }
  return start;
}

function findPostscript(
  text: string,
  end: number,
): { readonly start: number; readonly says: number } | undefined {
  for (const { start } of linesBefore(text, end).slice(-tailLines)) {
    const label = /^(?:p\.[ \t]?){1,2}s\.?|^p{1,2}s(?![\p{L}'’])/iu.exec(text.slice(start, end))?.[0];
    if (label === undefined) continue;
    const gap = /^[\s.:,–—-]*/.exec(text.slice(start + label.length, end))?.[0] ?? '';
    return { start, says: start + label.length + gap.length };
  }
  return undefined;
}
