import type { CleanedMail } from './mail';

/**
 * Cuts an mbox file into mails at its "From " lines and takes back the escaping of such lines within mails. Give it
 * the bytes as Latin-1, so that each mail can be decoded by its own charset afterwards.
 */
export function splitMbox(text: string): string[] {
  const starts: number[] = [];
  for (const match of text.matchAll(/^From .*$/gm)) {
    // A line of prose can begin so as well; the separator stands on top or below an empty line, and names a time.
    const above = text.slice(Math.max(0, match.index - 4), match.index);
    if (match.index === 0 || /(?:\n\r?\n|^\r?\n|^)$/.test(above) || /\d{2}:\d{2}/.test(match[0]))
      starts.push(match.index);
  }
  return starts.map((start, at) => {
    const mail = text.slice(start, starts[at + 1] ?? text.length);
    const body = mail.slice(mail.indexOf('\n') + 1);
    return body.replace(/^>(>*From )/gm, '$1').trimEnd();
  });
}

export function looksLikeMbox(text: string): boolean {
  return /^\s*From \S.*\d{2}:\d{2}.*\r?\n[\w-]+:/.test(text.slice(0, 2000));
}

/**
 * Cuts a paste into mails: at lines of dashes, equal signs or asterisks alone, or, where there are none, before each
 * block of headers. Without either it is one mail.
 */
export function splitPaste(text: string): string[] {
  const ruled = text.split(/^[ \t]*(?:-{3,}|={3,}|\*{3,}|~{3,})[ \t]*$/m);
  const parts = ruled.length > 1 ? ruled : splitAtHeaders(text);
  return parts.map((part) => part.replace(/^\s*\n|\s+$/g, '')).filter((part) => part.trim() !== '');
}

const headerNames =
  'from|to|date|sent|subject|cc|von|an|gesendet|datum|betreff|de|à|envoyé|objet|para|enviado|asunto|assunto|da|inviato|oggetto|van|aan|verzonden|onderwerp';

/** Header blocks cut only where the text begins with one: elsewhere they are quoted mails. */
function splitAtHeaders(text: string): string[] {
  const headers = `(?:(?:${headerNames})[ \\t]?:[^\\n]*\\r?\\n){2,}`;
  if (!new RegExp(`^\\s*${headers}`, 'i').test(text)) return [text];
  const block = new RegExp(`(?:^|\\n[ \\t]*\\r?\\n)(?=${headers})`, 'gi');
  const starts = Array.from(text.matchAll(block), (match) => match.index);
  return starts.map((start, at) => text.slice(start, starts[at + 1] ?? text.length));
}

/** A mail as a file gave it, before cleaning. */
export interface RawMail {
  readonly source: string;
  readonly subject: string;
  /** Lower-case address or name; empty where unknown. */
  readonly sender: string;
  readonly sentOn: string | null;
  readonly gotReply: boolean | null;
  /** Identities of this mail and of those it answers, without angle brackets; empty where unknown. */
  readonly messageId: string;
  readonly answers: readonly string[];
}

/**
 * Which mails of one file got a reply: another sender's mail answers them. A file that holds one sender only says
 * nothing about replies, so they stay unknown.
 */
export function markReplies(mails: readonly RawMail[]): RawMail[] {
  const senders = new Set(mails.map((mail) => mail.sender).filter((sender) => sender !== ''));
  if (senders.size < 2) return [...mails];
  const byId = new Map(mails.filter((mail) => mail.messageId !== '').map((mail) => [mail.messageId, mail]));
  const answered = new Set<RawMail>();
  for (const mail of mails) {
    // The last one named is the one answered; earlier ones of the thread were answered by others.
    const nearest = mail.answers.findLast((id) => byId.has(id));
    const target = nearest === undefined ? undefined : byId.get(nearest);
    if (target && target.sender !== mail.sender) answered.add(target);
  }
  return mails.map((mail) => ({
    ...mail,
    gotReply: mail.gotReply ?? (mail.messageId === '' ? null : answered.has(mail)),
  }));
}

/** How the months begin in English, German, French, Spanish, Italian, Dutch, Portuguese. */
const months = [
  /^(?:jan|ene|gen)/i,
  /^(?:feb|fév|fev)/i,
  /^(?:mar|mär|mrz|maa|mrt)/i,
  /^(?:apr|avr|abr)/i,
  /^(?:may|mai|mei|mag)/i,
  /^(?:jun|juin|giu)/i,
  /^(?:jul|juil|lug)/i,
  /^(?:aug|aoû|ago)/i,
  /^(?:sep|set)/i,
  /^(?:oct|okt|ott|out)/i,
  /^nov/i,
  /^(?:dec|dez|déc|dic)/i,
];

/** The ISO day of a mail's date as its sender's clock had it; null where it can't be read without guessing. */
export function dayOf(text: string): string | null {
  const iso = /\b(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(text);
  if (iso) return validDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const dayFirst = /\b(\d{1,2})(?:st|nd|rd|th|\.)?[ -](?:de )?(\p{L}{3,})\.?,?[ -](?:de )?(\d{4})\b/iu.exec(
    text,
  );
  if (dayFirst) return validDay(Number(dayFirst[3]), monthNumber(dayFirst[2]!), Number(dayFirst[1]));
  const monthFirst = /(?<!\p{L})(\p{L}{3,})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/iu.exec(text);
  if (monthFirst) return validDay(Number(monthFirst[3]), monthNumber(monthFirst[1]!), Number(monthFirst[2]));
  // 14/9/2026 and 9/14/2026 both exist; only a number over twelve tells which is the day.
  const slashed = /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/.exec(text);
  if (slashed) {
    const [first, second, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])];
    if (first > 12) return validDay(year, second, first);
    if (second > 12) return validDay(year, first, second);
    if (slashed[0].includes('.')) return validDay(year, second, first);
  }
  return null;
}

function monthNumber(name: string): number {
  return months.findIndex((month) => month.test(name)) + 1;
}

function validDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1970 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

type Headers = CleanedMail['headers'];

/** The subject in headers pasted with a mail; empty where there is none. */
export function subjectOf({ subject, betreff, objet, asunto, assunto, oggetto, onderwerp }: Headers): string {
  return subject ?? betreff ?? objet ?? asunto ?? assunto ?? oggetto ?? onderwerp ?? '';
}

/** The ISO day in headers pasted with a mail. */
export function sentOnOf({
  date,
  sent,
  gesendet,
  datum,
  envoyé,
  enviado,
  inviato,
  verzonden,
}: Headers): string | null {
  return dayOf(date ?? sent ?? gesendet ?? datum ?? envoyé ?? enviado ?? inviato ?? verzonden ?? '');
}

/** The address, else the name, in headers pasted with a mail. */
export function senderOf({ from, von, de, da, van }: Headers): string {
  const writer = from ?? von ?? de ?? da ?? van ?? '';
  return (/[^\s<>()[\]:;"]+@[^\s<>()[\]:;"]+/.exec(writer)?.[0] ?? writer).trim().toLowerCase();
}

const columnNames = {
  text: /^(?:body|text|message|e-?mail ?(?:body|text|content)|content|mail|message body|plain ?text|body ?text|email_body|nachricht|inhalt|mailtext|contenu|corps|mensaje|cuerpo)$/i,
  subject:
    /^(?:subject|subject line|title|email ?subject|email_subject|betreff|objet|asunto|assunto|oggetto|onderwerp)$/i,
  sentOn:
    /^(?:date|sent|(?:date )?sent[ _]?(?:at|on|date|time)?|timestamp|created[ _]?at|time|datum|gesendet|gesendet am|envoyé|enviado|fecha|data)$/i,
  gotReply:
    /^(?:(?:got|has|is)?[ _]?(?:replied|reply|replies)(?:[ _]?(?:count|received|at))?\??|response|responded|antwort|geantwortet|beantwortet|réponse|répondu|respuesta)$/i,
  sender: /^(?:from|sender|from ?(?:address|email)|from_email|author)$/i,
} as const;

/** The columns of a CSV of mails, by header. */
export type MailColumns = { readonly [K in keyof typeof columnNames]: number | null };

/** Finds the columns by their headers; the text column by its content where no header names it. */
export function mailColumns(headers: readonly string[], rows: readonly (readonly string[])[]): MailColumns {
  const byName = (pattern: RegExp) => {
    const at = headers.findIndex((header) => pattern.test(header.trim()));
    return at < 0 ? null : at;
  };
  const columns = {
    text: byName(columnNames.text),
    subject: byName(columnNames.subject),
    sentOn: byName(columnNames.sentOn),
    gotReply: byName(columnNames.gotReply),
    sender: byName(columnNames.sender),
  };
  if (columns.text !== null) return columns;
  // The longest column, where its cells read like mails.
  const lengths = headers.map(
    (_, at) => rows.reduce((sum, row) => sum + (row[at]?.length ?? 0), 0) / Math.max(1, rows.length),
  );
  const longest = lengths.indexOf(Math.max(...lengths));
  return { ...columns, text: (lengths[longest] ?? 0) >= 60 ? longest : null };
}

/** A row of a CSV as a mail. */
export function mailOfRow(row: readonly string[], columns: MailColumns): RawMail {
  const cell = (at: number | null) => (at === null ? '' : (row[at] ?? '').trim());
  return {
    source: cell(columns.text),
    subject: cell(columns.subject),
    sender: cell(columns.sender).toLowerCase(),
    sentOn: dayOf(cell(columns.sentOn)),
    gotReply: replyOf(cell(columns.gotReply)),
    messageId: '',
    answers: [],
  };
}

function replyOf(cell: string): boolean | null {
  if (/^(?:yes|y|true|replied|x|positive|interested|ja|oui|sí|si|sim|[1-9]\d*)$/i.test(cell)) return true;
  if (/^(?:no|n|false|0|none|never|no reply|not replied|nein|non|nee|não)$/i.test(cell)) return false;
  // A column of the times at which replies came.
  if (dayOf(cell) !== null) return true;
  return null;
}
