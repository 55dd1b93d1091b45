import type { Span } from '../text';
import { type MailParts, mailParts } from './parts';

export type RemovedKind =
  | 'headers'
  | 'quoted reply'
  | 'forwarded mail'
  | 'signature'
  | 'device line'
  | 'legal notice';

/** A stretch of the source that is not in the writer's own words, and what it is taken for. Whole lines. */
interface RemovedPart extends Span {
  readonly kind: RemovedKind;
}

/** A mail as it came and what its writer wrote of it. A person can add or drop parts and call {@link keptText}. */
export interface CleanedMail {
  readonly source: string;
  /** In order, not overlapping. */
  readonly removed: readonly RemovedPart[];
  readonly text: string;
  /** From headers pasted with the mail, lower-case names; empty where there were none. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Line extends Span {
  readonly content: string;
}

/**
 * Strips what the writer of a plain-text mail did not write: headers on top, quoted replies (marked or below an
 * attribution or a header block), forwarded mails, the signature block, device lines and legal notices. Greeting,
 * sign-off and name stay: they are the writer's voice.
 */
export function cleanMail(source: string): CleanedMail {
  const lines = splitLines(source);
  const kinds = new Array<RemovedKind | undefined>(lines.length).fill(undefined);
  const { headers, end } = topHeaders(lines);
  kinds.fill('headers', 0, end);
  markQuotes(lines, kinds, end);
  markDeviceLines(lines, kinds);
  markNotices(lines, kinds);
  markSignature(lines, kinds);
  const removed = spansOf(lines, kinds, source.length);
  return { source, removed, text: keptText(source, removed), headers };
}

/** What is left of `source` without the removed parts: no more than one empty line in a row, none around. */
export function keptText(source: string, removed: readonly Span[]): string {
  let kept = '';
  let from = 0;
  for (const { start, end } of [...removed].sort((a, b) => a.start - b.start)) {
    if (start > from) kept += source.slice(from, start);
    from = Math.max(from, end);
  }
  kept += source.slice(from);
  return kept
    .replace(/\r\n?/g, '\n')
    .replace(/\u200b|\u00ad|\ufeff/g, '')
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]+(?=\n|$)/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function splitLines(source: string): Line[] {
  const lines: Line[] = [];
  for (const match of source.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    if (match[0] === '') break;
    const end = match.index + match[0].length;
    lines.push({ start: match.index, end, content: match[0].replace(/[\r\n]+$/, '') });
  }
  return lines;
}

function spansOf(
  lines: readonly Line[],
  kinds: readonly (RemovedKind | undefined)[],
  length: number,
): RemovedPart[] {
  const removed: RemovedPart[] = [];
  for (let at = 0; at < lines.length; at++) {
    const kind = kinds[at];
    if (!kind) continue;
    const start = lines[at]!.start;
    while (at + 1 < lines.length && kinds[at + 1] === kind) at++;
    removed.push({ kind, start, end: Math.min(length, lines[at]!.end) });
  }
  return removed;
}

// ---------------------------------------------------------------- headers

const headerLine =
  /^(?:\*|_)?(from|to|cc|bcc|sent|date|subject|reply-to|importance|attachments?|message-id|in-reply-to|references|mime-version|content-[a-z-]+|x-[a-z-]+|received|return-path|delivered-to|dkim-signature|thread-[a-z]+|user-agent|von|an|gesendet|datum|betreff|de|à|a|envoyé|objet|enviado|para|asunto|assunto|da|inviato|oggetto|van|aan|verzonden|onderwerp)(?:\*|_)?[ \t]*:(?:\*|_)?(?:[ \t]+(.*)|)$/i;

/** The headers pasted with a mail: two lines or more, or a subject alone. `end` is the first line after them. */
function topHeaders(lines: readonly Line[]): { headers: Record<string, string>; end: number } {
  const headers: Record<string, string> = {};
  let at = 0;
  while (at < lines.length && lines[at]!.content.trim() === '') at++;
  let found = 0;
  let last = '';
  for (; at < lines.length; at++) {
    const { content } = lines[at]!;
    const match = headerLine.exec(content);
    if (match) {
      last = match[1]!.toLowerCase();
      headers[last] ??= (match[2] ?? '').trim();
      found++;
    } else if (found > 0 && /^[ \t]+\S/.test(content))
      headers[last] = `${headers[last]} ${content.trim()}`.trim();
    else break;
  }
  if (found < 2 && !('subject' in headers)) return { headers: {}, end: 0 };
  return { headers, end: at };
}

// ---------------------------------------------------------------- replies and forwards

const forwarded =
  /^[ \t>]*(?:-{2,}[ \t]*(?:forwarded (?:message|by|mail)|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato)|begin forwarded message:)/i;
const original =
  /^[ \t>]*(?:-{2,}|_{2,})[ \t]*(?:original (?:message|appointment)|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht|reply message|antwort)[ \t]*(?:-|_)*[ \t]*$/i;
const attributionEnd =
  /(?:\bwrote|\bwrites|\bschrieb(?: .{0,80})?|\ba écrit|\bescribió|\bha scritto|\bschreef(?: .{0,80})?|\bescreveu|\bskrev|\bnapisał(?:\(a\))?)[ \t]*:[ \t]*$/i;
const attributionStart =
  /^[ \t]*(?:on|am|le|el|il|op|em|den|w dniu|at)[ \t].{4,}|^[ \t]*["“]?[\p{Lu}][^:]{2,80}(?:<[^>]+>|\bwrote)/iu;

/** In whatever language: a time of day or an address, and a colon at the end. Only what is quoted below tells it from prose. */
const foreignAttribution = /(?:\b\d{1,2}[:.h]\d{2}\b|\S@\S+\.\w).*[:：]$/;

/** Marks quoted and forwarded parts below the top headers. */
function markQuotes(lines: readonly Line[], kinds: (RemovedKind | undefined)[], from: number): void {
  for (let at = from; at < lines.length; at++) {
    const { content } = lines[at]!;
    if (forwarded.test(content)) {
      kinds.fill('forwarded mail', at);
      return;
    }
    if (original.test(content) || isHeaderBlock(lines, at)) {
      kinds.fill('quoted reply', blockStart(lines, at, from));
      return;
    }
    const attribution = attributionLines(lines, at);
    if (attribution > 0) {
      let next = at + attribution;
      while (next < lines.length && lines[next]!.content.trim() === '') next++;
      if (next >= lines.length || !lines[next]!.content.trimStart().startsWith('>')) {
        // Nothing marks the lines below as quoted, so all of them are.
        kinds.fill('quoted reply', at);
        return;
      }
      kinds.fill('quoted reply', at, next);
      at = next - 1;
      continue;
    }
    if (/^[ \t]*>/.test(content)) kinds[at] = 'quoted reply';
  }
}

/** How many lines, up to three, make up "On Tuesday, Ann <ann@x.example> wrote:"; 0 where none does. */
function attributionLines(lines: readonly Line[], at: number): number {
  const startsKnown = attributionStart.test(lines[at]!.content.trim());
  let joined = '';
  for (let count = 1; count <= 3 && at + count <= lines.length; count++) {
    const { content } = lines[at + count - 1]!;
    if (content.trim() === '' || content.trimStart().startsWith('>')) return 0;
    joined = `${joined} ${content.trim()}`.trim();
    if (joined.length > 300) return 0;
    // A bare "I wrote:" is prose; an attribution names a time or an address.
    if (startsKnown && attributionEnd.test(joined)) return /\d|@|</.test(joined) ? count : 0;
    if (foreignAttribution.test(joined) && isQuotedBelow(lines, at + count)) return count;
  }
  return 0;
}

/** Whether the next line that says anything is marked as quoted. */
function isQuotedBelow(lines: readonly Line[], from: number): boolean {
  return (
    lines
      .slice(from)
      .find(({ content }) => content.trim() !== '')
      ?.content.trimStart()
      .startsWith('>') ?? false
  );
}

/** Whether the headers of an earlier mail begin here: three of sender, time, recipient, subject within seven lines. */
function isHeaderBlock(lines: readonly Line[], at: number): boolean {
  const role = headerRole(lines[at]!.content);
  if (role !== 'from' && role !== 'to') return false;
  const roles = new Set<string>();
  for (let next = at; next < Math.min(lines.length, at + 7); next++) {
    const { content } = lines[next]!;
    const nextRole = headerRole(content);
    if (nextRole) roles.add(nextRole);
    else if (content.trim() === '' && roles.size > 0 && next > at + 1) break;
  }
  return roles.size >= 3;
}

function headerRole(content: string): string | undefined {
  const name = headerLine.exec(content.replace(/^[ \t>]+/, ''))?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  if (/^(?:from|von|de|da|van)$/.test(name)) return 'from';
  if (/^(?:to|an|à|a|para|aan)$/.test(name)) return 'to';
  if (/^(?:sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden)$/.test(name)) return 'date';
  if (/^(?:subject|betreff|objet|asunto|assunto|oggetto|onderwerp)$/.test(name)) return 'subject';
  return name === 'cc' ? 'cc' : undefined;
}

/** Rules and "name, date" lines right above a header block belong to it. */
function blockStart(lines: readonly Line[], at: number, from: number): number {
  let start = at;
  for (let back = at - 1; back >= Math.max(from, at - 3); back--) {
    const content = lines[back]!.content.trim();
    if (
      /^[_*=-]{5,}$/.test(content) ||
      /\d{1,2}[/.]\d{1,2}[/.]\d{2,4}.*\d{1,2}:\d{2}/.test(content) ||
      /^[^\s].*(?:@\w+| \d{1,2}:\d{2} ?[AP]M)$/.test(content)
    )
      start = back;
    else if (content !== '') break;
  }
  return start;
}

// ---------------------------------------------------------------- footers

const deviceLine =
  /^[ \t]*(?:sent (?:from|via|with|by) (?:my |the )?(?:iphone|ipad|android|blackberry|samsung|mobile|phone|galaxy|pixel|outlook|yahoo|gmail|proton ?mail|superhuman|spark|windows).{0,60}|get outlook for .{2,20}|von meinem .{2,40} gesendet.{0,10}|gesendet (?:mit der |von ).{2,40}|envoyé (?:de mon|depuis) .{2,40}|enviado (?:desde mi|do meu|a partir do) .{2,40}|inviato da .{2,40}|verzonden (?:vanaf|met|via) .{2,40}|skickat från .{2,40}|sendt fra .{2,40}|.{2,20}から送信|sent on the go.{0,20})$/iu;

function markDeviceLines(lines: readonly Line[], kinds: (RemovedKind | undefined)[]): void {
  for (const [at, { content }] of lines.entries())
    if (!kinds[at] && deviceLine.test(content)) kinds[at] = 'device line';
}

const noticeStart =
  /^[ \t*_]*(?:confidentiality (?:notice|note)|disclaimer\b|legal notice|this (?:e-?mail|message|communication|transmission)(?:,| and| is| may| contains| \(| has| was)[^.]{0,160}(?:confidential|privileged|intended|attach|virus)|the (?:information|contents?) (?:contained )?(?:in|of) this (?:e-?mail|message)|if you (?:are not the intended|have received this (?:e-?mail|message) in error)|please consider the environment|privileged (?:and|&|\/) confidential|to unsubscribe|unsubscribe\b|you (?:are receiving|received) this (?:e-?mail|message) because|click here to (?:unsubscribe|opt out)|don't want to hear from)/i;

/** A legal or unsubscribe notice takes its whole paragraph, and what follows it. */
function markNotices(lines: readonly Line[], kinds: (RemovedKind | undefined)[]): void {
  for (let at = 1; at < lines.length; at++) {
    if (kinds[at] || !noticeStart.test(lines[at]!.content)) continue;
    // Only below the mail: what is above must hold words of the writer's.
    if (!lines.slice(0, at).some(({ content }, before) => !kinds[before] && /\p{L}{2}/u.test(content)))
      continue;
    let start = at;
    if (/^[ \t]*[*_=-]{5,}[ \t]*$/.test(lines[at - 1]!.content) && !kinds[at - 1]) start--;
    for (let next = start; next < lines.length && !kinds[next]; next++) kinds[next] = 'legal notice';
    return;
  }
}

const delimiter = /^[ \t]*(?:--|—|__+|\*{3,}|={3,})[ \t]*$/;
const contact =
  /(?:\+?\(?\d[\d ()./-]{6,}\d)|[\w.+-]+@[\w-]+\.[\w.]+|\b(?:https?:\/\/|www\.)\S+|\b[\w-]+\.(?:com|org|net|io|co|de|uk|fr|eu|ai|app|dev|example)\b|\b(?:tel|phone|mobile|cell|fax|office|direct|m|t|p|e|w)[.:][ \t]*[+(\d\w]|(?:\s[|•·]\s)|\blinkedin\b|\bcalend(?:ly|ar)\b/i;
const jobTitle =
  /\b(?:director|manager|engineer|president|chief|officer|head of|vp|ceo|cto|cfo|coo|founder|co-founder|partner|analyst|consultant|representative|executive|associate|coordinator|specialist|counsel|assistant|inc\.?|llc|ltd\.?|gmbh|corp\.?|b\.?v\.?)(?![\p{L}])/iu;

/** The signature block: below its delimiter, or contact lines below the sign-off and name. */
function markSignature(lines: readonly Line[], kinds: (RemovedKind | undefined)[]): void {
  const own = lines.flatMap((line, at) => (kinds[at] ? [] : [{ ...line, at }]));
  const filled = own.filter(({ content }) => content.trim() !== '');
  if (filled.length < 2) return;

  const marked = own.find(({ content, at }) => delimiter.test(content) && at > filled[0]!.at);
  if (marked) {
    const below = filled.filter(({ at }) => at > marked.at);
    const isRule = !/^[ \t]*(?:--|—)[ \t]*$/.test(marked.content);
    // A drawn rule separates paragraphs too; it begins a signature only where few lines with a contact follow.
    if (
      below.length <= (isRule ? 8 : 15) &&
      (!isRule || below.some(({ content }) => contact.test(content)))
    ) {
      for (let at = marked.at; at < lines.length && (!kinds[at] || at === marked.at); at++)
        kinds[at] = 'signature';
      return;
    }
  }

  const tail = filled.slice(-12);
  const above = (line: number) => {
    const from = tail[line]!.at;
    return mailParts(own.flatMap(({ at, content }) => (at < from ? [content] : [])).join('\n'));
  };
  const first = signatureLength(
    tail.map(({ content }) => content.trim()),
    above,
  );
  if (first === 0) return;
  for (const { at } of filled.slice(-first)) kinds[at] = 'signature';
  // Empty lines within the block go with it.
  const from = filled.at(-first)!.at;
  for (const { at } of own) if (at > from) kinds[at] = 'signature';
}

/** How many of the last lines are a signature: name, title, contacts. The sign-off and the name above them stay. */
function signatureLength(tail: readonly string[], partsAbove: (line: number) => MailParts): number {
  let count = 0;
  let contacts = 0;
  for (let at = tail.length - 1; at > 0; at--) {
    const content = tail[at]!;
    const isContact =
      contact.test(content) && content.length <= 120 && !/[.?!]\s+\p{Lu}/u.test(content.replace(contact, ''));
    const isShort = content.length <= 50 && !/[?!]$|[.,;:]$/.test(content);
    if (isContact && !/^(?:thanks|best|cheers|regards)/i.test(content)) contacts++;
    else if (
      !(isShort && jobTitle.test(content)) &&
      !(isShort && /^[\p{Lu}\d]/u.test(content) && content.split(/\s+/).length <= 5)
    )
      break;
    count++;
  }
  if (contacts === 0) return 0;
  // The name nearest the sign-off stays; without any, the block's first line does if it is a name.
  const block = tail.slice(-count);
  const above = partsAbove(tail.length - count);
  if (above.name) return count;
  const startsWithName =
    /^[-–—]?\s*\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*){0,2}$/u.test(block[0]!) &&
    !jobTitle.test(block[0]!);
  if (startsWithName) return count - 1;
  // Prose that happens to hold a number or an address is no signature.
  return above.closing || count >= 2 ? count : 0;
}
