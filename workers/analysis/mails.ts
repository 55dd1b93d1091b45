import PostalMime, { decodeWords, type Email } from 'postal-mime';
import { isBlank, readRecord } from '../../src/domain/list/csv';
import { findLayout } from '../../src/domain/list/layout';
import { cancelled, fail, type Result, succeed } from '../../src/domain/result';
import { words } from '../../src/domain/text';
import { htmlToText, looksLikeHtml } from '../../src/domain/voice/html';
import { type CleanedMail, cleanMail } from '../../src/domain/voice/mail';
import {
  dayOf,
  looksLikeMbox,
  mailColumns,
  mailOfRow,
  markReplies,
  type RawMail,
  senderOf,
  sentOnOf,
  splitMbox,
  splitPaste,
  subjectOf,
} from '../../src/domain/voice/mailfile';
import type { Report } from './job';

export interface MailFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** One mail that was found, cleaned, ready to be looked at by a person and kept as a voice sample. */
interface FoundMail extends CleanedMail {
  readonly subject: string;
  /** ISO day; null where unknown. */
  readonly sentOn: string | null;
  readonly gotReply: boolean | null;
  /** "sent.mbox, mail 12": the file and the place in it. */
  readonly where: string;
}

export interface ReadMails {
  readonly mails: readonly FoundMail[];
  /** Everyone who wrote, most mails first; empty where the files name no senders. */
  readonly senders: readonly { readonly sender: string; readonly mails: number }[];
  /** Whose mails `mails` are: the one asked for, or the one who sent most; null where the files name nobody. */
  readonly sender: string | null;
  /** What was not used, and why. */
  readonly passedOver: readonly { readonly where: string; readonly reason: string }[];
}

const mostBytes = 300_000_000;
const mostMails = 20_000;
const longestMail = 20_000;
const mailsBetweenReports = 50;

interface PlacedMail extends RawMail {
  readonly where: string;
  readonly isMarkedSent: boolean;
}

type PassedOver = { readonly where: string; readonly reason: string };

/**
 * The mails one sender wrote, out of .eml, .mbox, .csv and .txt files; replies, signatures and headers stripped.
 * Without `sender`, of several it takes the one whose mails are marked as sent, else the one with most mails.
 */
export async function readMails(
  files: readonly MailFile[],
  sender: string | undefined,
  report: Report,
): Promise<Result<ReadMails>> {
  const found: PlacedMail[] = [];
  const passedOver: PassedOver[] = [];
  for (const file of files) {
    const refusal = refuse(file);
    if (refusal) {
      passedOver.push({ where: file.name, reason: refusal });
      continue;
    }
    const read = await readFile(file, report, passedOver);
    if (!read) return cancelled;
    const replies = markReplies(read);
    found.push(...read.map((mail, at) => ({ ...mail, gotReply: replies[at]!.gotReply })));
  }
  if (found.length === 0)
    return fail(
      'mails-none',
      passedOver.length === 1
        ? `${passedOver[0]!.where}: ${passedOver[0]!.reason}`
        : `No mail was found in ${files.length === 1 ? `“${files[0]!.name}”` : `these ${files.length} files`}. Mails come as .eml, .mbox, .txt, or a CSV with a column for the text.`,
    );
  return choose(found, sender, passedOver);
}

/** Mails pasted as text: one, or several with a line of dashes between. */
export async function readPaste(text: string, sender: string | undefined): Promise<Result<ReadMails>> {
  if (text.trim() === '') return fail('mails-none', 'There is nothing in the paste but white space.');
  if (text.length > 5_000_000)
    return fail(
      'mails-long',
      'This paste is longer than five million characters. Drop it as a file instead.',
    );
  return choose(ofText(text, 'paste'), sender, []);
}

// ---------------------------------------------------------------- files

/** Why a file can't hold mails; undefined where it may. */
function refuse({ name, bytes }: MailFile): string | undefined {
  if (bytes.length === 0) return 'The file is empty.';
  if (bytes.length > mostBytes)
    return `The file is ${Math.round(bytes.length / 1_000_000)} MB; up to 300 MB are read at once. Export fewer mails.`;
  const head = latin1(bytes.subarray(0, 4));
  if (head.startsWith('PK\x03\x04') || head.startsWith('\x1f\x8b'))
    return 'This is a compressed file or an Office document. Unpack it, or save it as text.';
  if (head.startsWith('%PDF')) return 'This is a PDF. Copy its text and paste it instead.';
  if (head === '\xd0\xcf\x11\xe0' || /\.(?:msg|pst|ost)$/i.test(name))
    return 'Outlook’s own files can’t be read here. Save the mails as .eml or text, or export them as CSV.';
  return undefined;
}

/** The mails of one file in their order; undefined where the caller stopped. */
async function readFile(
  file: MailFile,
  report: Report,
  passedOver: PassedOver[],
): Promise<PlacedMail[] | undefined> {
  const extension = /\.([a-z]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const head = latin1(file.bytes.subarray(0, 4000));
  if (extension === 'mbox' || looksLikeMbox(head)) return readMbox(file, report, passedOver);
  if ((extension === 'eml' && !head.includes('\0')) || looksLikeEml(head)) {
    const mail = await readEml(file.bytes, file.name, passedOver);
    return mail ? [mail] : [];
  }
  const text = decode(file.bytes);
  if (text === undefined) {
    passedOver.push({
      where: file.name,
      reason: 'The file isn’t text. Mails come as .eml, .mbox, .txt or CSV.',
    });
    return [];
  }
  if (extension === 'csv' || extension === 'tsv') return readCsv(text, file.name, passedOver);
  return ofText(text, file.name);
}

function looksLikeEml(head: string): boolean {
  const names = new Set(
    Array.from(head.split(/\r?\n\r?\n/)[0]!.matchAll(/^([\w-]+):/gm), ([, name]) => name!.toLowerCase()),
  );
  return names.has('message-id') || names.has('mime-version') || names.has('received');
}

async function readMbox(
  file: MailFile,
  report: Report,
  passedOver: PassedOver[],
): Promise<PlacedMail[] | undefined> {
  const parts = splitMbox(latin1(file.bytes));
  const mails: PlacedMail[] = [];
  const seen = new Set<string>();
  for (const [at, part] of parts.entries()) {
    if (
      at % mailsBetweenReports === 0 &&
      !(await report({ done: at, total: parts.length, what: 'mails read' }))
    )
      return undefined;
    if (mails.length >= mostMails) {
      passedOver.push({
        where: `${file.name}, mail ${at + 1} and on`,
        reason: `Only the first ${mostMails.toLocaleString('en')} mails of a file are read.`,
      });
      break;
    }
    const mail = await readEml(bytesOf(part), `${file.name}, mail ${at + 1}`, passedOver);
    if (!mail) continue;
    // One mail under two labels stands twice in some exports.
    if (mail.messageId !== '' && seen.has(mail.messageId)) continue;
    seen.add(mail.messageId);
    mails.push(mail);
  }
  return mails;
}

async function readEml(
  bytes: Uint8Array,
  where: string,
  passedOver: PassedOver[],
): Promise<PlacedMail | undefined> {
  let email: Email;
  try {
    email = await PostalMime.parse(bytes);
  } catch {
    // The parser throws on mails nested or headed beyond its limits; the other mails are still good.
    passedOver.push({ where, reason: 'This mail is damaged and can’t be read.' });
    return undefined;
  }
  const header = (name: string) => email.headers.find(({ key }) => key === name)?.value ?? '';
  if (
    /^auto-(?:replied|generated|notified)/i.test(header('auto-submitted')) ||
    header('x-autoreply') !== ''
  ) {
    passedOver.push({ where, reason: 'An automatic reply.' });
    return undefined;
  }
  return {
    where,
    source: bodyOf(email),
    subject: email.subject ?? '',
    sender: (email.from?.address ?? email.from?.name ?? '').toLowerCase(),
    sentOn: dayOf(header('date')) ?? dayOf(email.date ?? ''),
    gotReply: null,
    messageId: identities(email.messageId ?? '')[0] ?? '',
    answers: [...identities(email.references ?? ''), ...identities(email.inReplyTo ?? '')],
    isMarkedSent: sentLabel.test(decodeWords(header('x-gmail-labels'))),
  };
}

/** What the folder of sent mail is called where the export says so, in the languages of most mailboxes. */
const sentLabel =
  /(?:^|[,"\s])(?:sent|sent mail|gesendet|messages envoyés|envoyés|enviados?|posta inviata|inviati|verzonden|skickat|wysłane|送信済み(?:メール)?)(?=$|[,"])/i;

/** The plain part, unless it is a stub beside a longer HTML part. */
function bodyOf({ text, html }: Email): string {
  if (html === undefined) return looksLikeHtml(text ?? '') ? htmlToText(text ?? '') : (text ?? '');
  if (text !== undefined && words(text).length >= 15) return text;
  const fromHtml = htmlToText(html);
  return text !== undefined && text.length >= fromHtml.length / 2 ? text : fromHtml;
}

function identities(header: string): string[] {
  return Array.from(header.matchAll(/<([^<>\s]+)>/g), ([, id]) => id!);
}

function readCsv(text: string, name: string, passedOver: PassedOver[]): PlacedMail[] {
  const layout = findLayout(text);
  const header = readRecord(text, layout.delimiter, layout.start);
  const rows: { cells: readonly string[]; line: number }[] = [];
  let line = layout.line + header.lines;
  for (let start = header.end; start < text.length && rows.length < mostMails; ) {
    const record = readRecord(text, layout.delimiter, start);
    if (!isBlank(record.cells)) rows.push({ cells: record.cells, line });
    start = record.end;
    line += record.lines;
  }
  const columns = mailColumns(
    header.cells,
    rows.slice(0, 50).map(({ cells }) => cells),
  );
  if (columns.text === null) {
    passedOver.push({
      where: name,
      reason: 'No column holds the text of the mails. Name it “body”, “text” or “message”.',
    });
    return [];
  }
  return rows.map(({ cells, line: at }) => {
    const mail = mailOfRow(cells, columns);
    const source = looksLikeHtml(mail.source) ? htmlToText(mail.source) : mail.source;
    return { ...mail, source, where: `${name}, line ${at}`, isMarkedSent: false };
  });
}

function ofText(text: string, name: string): PlacedMail[] {
  const plain = looksLikeHtml(text) ? htmlToText(text) : text;
  const parts = splitPaste(plain);
  return parts.map((source, at) => ({
    where: parts.length === 1 ? name : `${name}, mail ${at + 1}`,
    source,
    subject: '',
    sender: senderOf(cleanMail(source).headers),
    sentOn: null,
    gotReply: null,
    messageId: '',
    answers: [],
    isMarkedSent: false,
  }));
}

// ---------------------------------------------------------------- choosing

/** Keeps one sender's mails, cleans them, and says of the rest why they are left out. */
function choose(
  found: readonly PlacedMail[],
  wanted: string | undefined,
  passedOver: PassedOver[],
): Result<ReadMails> {
  const counts = new Map<string, { mails: number; sent: number }>();
  for (const { sender, isMarkedSent } of found) {
    if (sender === '') continue;
    const count = counts.get(sender) ?? { mails: 0, sent: 0 };
    counts.set(sender, { mails: count.mails + 1, sent: count.sent + (isMarkedSent ? 1 : 0) });
  }
  const senders = [...counts].sort(([, a], [, b]) => b.mails - a.mails);
  const likeliest = [...counts].sort(([, a], [, b]) => b.sent - a.sent || b.mails - a.mails)[0]?.[0];
  const sender = wanted?.toLowerCase() ?? likeliest ?? null;
  if (wanted !== undefined && !counts.has(wanted.toLowerCase()))
    return fail(
      'mails-sender',
      `No mail here is from ${wanted}. The files have mails from ${senders
        .slice(0, 3)
        .map(([name]) => name)
        .join(', ')}.`,
    );

  const mails: FoundMail[] = [];
  for (const mail of found) {
    if (sender !== null && mail.sender !== '' && mail.sender !== sender) continue;
    const cleaned = cleanMail(mail.source);
    if (words(cleaned.text).length === 0)
      passedOver.push({ where: mail.where, reason: 'Nothing of the writer’s own words is left in it.' });
    else if (cleaned.text.length > longestMail)
      passedOver.push({
        where: mail.where,
        reason: `It has ${cleaned.text.length.toLocaleString('en')} characters; a mail may have up to 20,000. If these are several mails, put a line of dashes (---) between them.`,
      });
    else if (words(cleaned.text.replace(/\{[^{}]*\}/g, ' ')).length === 0)
      passedOver.push({ where: mail.where, reason: 'It is nothing but merge fields.' });
    else
      mails.push({
        ...cleaned,
        subject: mail.subject || subjectOf(cleaned.headers),
        sentOn: mail.sentOn ?? sentOnOf(cleaned.headers),
        gotReply: mail.gotReply,
        where: mail.where,
      });
  }
  if (mails.length === 0) return nothingOf(passedOver);
  return succeed({
    mails,
    senders: senders.map(([name, { mails: count }]) => ({ sender: name, mails: count })),
    sender,
    passedOver,
  });
}

function nothingOf(passedOver: readonly PassedOver[]): Result<never> {
  const [first] = passedOver;
  const count = passedOver.length;
  return fail(
    'mails-none',
    first === undefined
      ? 'No mail with words of its writer’s own was found.'
      : count === 1
        ? `${first.where}: ${first.reason}`
        : `None of ${count.toLocaleString('en')} mails can be used. The first, ${first.where}: ${first.reason}`,
  );
}

// ---------------------------------------------------------------- bytes

/** Bytes as Latin-1, one character each, in pieces that the call stack bears. */
function latin1(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += 32_768)
    pieces.push(String.fromCharCode(...bytes.subarray(from, from + 32_768)));
  return pieces.join('');
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Text by its byte order mark, else UTF-8, else windows-1252; undefined where the bytes are no text. */
function decode(bytes: Uint8Array<ArrayBuffer>): string | undefined {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (mark) return new TextDecoder(mark).decode(bytes);
  if (bytes.subarray(0, 10_000).includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
