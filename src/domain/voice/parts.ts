import type { Span } from '../text';

/** Where a mail greets, says what it says, and ends. Spans hold no surrounding white space. */
export interface MailParts {
  /** "Hi Maya," with its comma, whether it stands alone or begins a line. */
  readonly greeting: Span | null;
  /** Everything between greeting and sign-off. */
  readonly body: Span;
  /** "Best," or "Many thanks and see you Tuesday,": the sign-off without the name below it. */
  readonly closing: Span | null;
  /** The name the mail is signed with. */
  readonly name: Span | null;
}

const salutation =
  /^(?:hi there|hi|hello there|hello|hey there|hey|hiya|dear|good morning|good afternoon|good evening|good day|morning|afternoon|evening|greetings|howdy|yo|gentlemen|ladies and gentlemen|to whom it may concern|happy \p{L}+day)(?![\p{L}'’])/iu;
// Whom the salutation names: capitalised names, words for a group, merge fields; or one or two plain words.
const addressed =
  /^(?:(?:[ \t]+(?:and|&|all|team|everyone|everybody|folks|both|guys|again|there|to|[\p{Lu}\d][\p{L}.'’-]*|\{+[^}]*\}+|\[[^\]]*\]|<[^>]*>)){0,6}|(?:[ \t]+\p{Ll}[\p{L}'’-]*){1,2}(?=[ \t]*[,:!–—-])|(?:[ \t]+\p{Ll}[\p{L}'’-]*){3,5}(?=[ \t]*[,:!–—-][ \t]*$))[ \t]*(?:[,:!.;]+|[–—-]+|$)/u;
const namesAlone = [
  /^My (?:dear(?: \p{L}[\p{L}'’-]*)?|friends?|lovely|lovelies)[ \t]*[,:!–—-]+[ \t]*$/u,
  /^(?:(?:[Aa]ll|[Tt]eam|[Ff]olks|[Ee]veryone|[Gg]uys|[Bb]oth|\p{Lu}[\p{L}.'’-]*|and|&|\/)[ \t]*){1,4}(?:[,:]|[ \t]?[-–—]+)[ \t]*$/u,
  /^\p{Lu}[\p{L}'’-]*(?:[ \t]?[-–—]+(?=[ \t])|,[ \t]?$)/u,
];

const thanks =
  /^(?:(?:many|kind|kindest|warm|warmest|best|with|my|all|lots|of|very|much|big)[ \t]+)*(?:thanks|thank you|thanx|thx|regards|rgds|wishes|cheers|sincerely|respectfully|cordially|warmly|gratefully|yours|love|hugs|admiration)(?![\p{L}'’])/iu;
const farewell =
  /^(?:all the best|talk soon|speak soon|see you|see ya|take care|looking forward|look forward|have a (?:good|great|nice|lovely|wonderful)|enjoy (?:the|your)|until (?:then|soon|next)|more soon|in haste|god bless|very truly|hope (?:that|this) helps|happy \p{L}+day)(?![\p{L}'’])/iu;
// Words that close a mail only where they stand (nearly) alone: "Best," but not "Best time to call is Friday".
const brief =
  /^(?:best|br|bw|kr|ta|ty|later|laters|bye|ciao|peace|onwards?|xx?|warmest|kindly|ever|love|salut|over to you|your move)(?:[ \t]+(?:to (?:you|all)|for now|again|all))?[ \t]*[,.!–—-]*$/iu;
const nameLine =
  /^[-–—~/]*[ \t]*(?:(?:dr|mr|mrs|ms)\.?[ \t]+)?\p{L}[\p{L}.'’-]*(?:[ \t]+\p{L}[\p{L}.'’-]*){0,2}[ \t]*\.?$/iu;

function isSignOff(line: string): boolean {
  return (
    line.length <= 60 && !line.includes('?') && (thanks.test(line) || farewell.test(line) || brief.test(line))
  );
}

/** Finds greeting, body, sign-off and name in the text of one mail. */
export function mailParts(text: string): MailParts {
  const lines = nonEmptyLines(text);
  const first = lines[0];
  if (!first) return { greeting: null, body: { start: 0, end: 0 }, closing: null, name: null };
  const greeting = findGreeting(text, first, lines.length);
  const bodyStart = greeting ? skipWhite(text, greeting.end) : first.start;
  const rest = lines.filter((line) => line.start >= bodyStart);
  const { closing, name } = findEnding(text, rest);
  const bodyEnd = closing?.start ?? name?.start ?? lines.at(-1)!.end;
  return { greeting, body: trimmed(text, Math.min(bodyStart, bodyEnd), bodyEnd), closing, name };
}

function findGreeting(text: string, first: Span, lineCount: number): Span | null {
  const line = text.slice(first.start, Math.min(first.end, first.start + 80));
  const salute = salutation.exec(line)?.[0];
  if (salute !== undefined) {
    const whom = addressed.exec(line.slice(salute.length))?.[0];
    return whom === undefined ? null : trimmed(text, first.start, first.start + salute.length + whom.length);
  }
  // A line of nothing but a name greets only where a mail follows it.
  if (lineCount < 2) return null;
  for (const pattern of namesAlone) {
    const match = pattern.exec(line);
    if (match) return trimmed(text, first.start, first.start + match[0].length);
  }
  return null;
}

/** Looks at the last four lines: a sign-off with a name below or behind it, or a name alone. */
function findEnding(text: string, lines: readonly Span[]): Pick<MailParts, 'closing' | 'name'> {
  const tail = lines.slice(-4);
  // From the end: of "Looking forward to it," and "Best," the latter is the sign-off.
  for (const [index, line] of [...tail.entries()].reverse()) {
    const content = text.slice(line.start, line.end);
    if (!isSignOff(content)) continue;
    const after = tail.slice(index + 1);
    if (after.length === 0) return signedInline(text, line);
    if (after.every(({ start, end }) => end - start <= 40 && !/[?]/.test(text.slice(start, end)))) {
      const nameSpan = after.find(({ start, end }) => nameLine.test(text.slice(start, end))) ?? null;
      return { closing: line, name: nameSpan };
    }
  }
  const last = tail.at(-1);
  if (last && lines.length > 1) {
    const content = text.slice(last.start, last.end);
    if (content.length <= 30 && nameLine.test(content)) return { closing: null, name: last };
  }
  return { closing: null, name: null };
}

/** "Thanks, Maya" on one line: sign-off and name. */
function signedInline(text: string, line: Span): Pick<MailParts, 'closing' | 'name'> {
  const content = text.slice(line.start, line.end);
  const match = /^.{2,40}?[,.!–—-][ \t]*(?=(\p{Lu}[\p{L}.'’-]*(?:[ \t]\p{Lu}[\p{L}.'’-]*)?)\.?$)/u.exec(
    content,
  );
  if (!match) return { closing: line, name: null };
  const start = line.start + match[0].length;
  return { closing: trimmed(text, line.start, start), name: { start, end: start + match[1]!.length } };
}

function nonEmptyLines(text: string): Span[] {
  const lines: Span[] = [];
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const span = trimmed(text, match.index, match.index + match[0].length);
    if (span.end > span.start) lines.push(span);
  }
  return lines;
}

function trimmed(text: string, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from]!)) from++;
  while (to > from && /\s/.test(text[to - 1]!)) to--;
  return { start: from, end: to };
}

function skipWhite(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}
