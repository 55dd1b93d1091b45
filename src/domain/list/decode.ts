import { fail, type Result, succeed } from '../result';

/** A file's bytes as text. */
export interface DecodedText {
  readonly text: string;
  /** "UTF-8", "UTF-16LE", "UTF-16BE" or "windows-1252". */
  readonly encoding: string;
  /** What the rep should know of the decoding, as sentences. */
  readonly notes: readonly string[];
}

/** How many bytes from the beginning tell what a file is. */
const headBytes = 65_536;

/**
 * The text of a file: by its byte order mark; else UTF-16 where every second byte is plainly empty; else UTF-8; else
 * windows-1252. Fails with a sentence where the file is empty or isn't text (a workbook, an archive, a picture).
 */
export function decodeList(bytes: Uint8Array, name: string): Result<DecodedText> {
  const head = bytes.subarray(0, headBytes);
  const marked = markedEncoding(head) ?? unmarkedUtf16(head);
  if (!marked) {
    const other = otherKind(head, name);
    if (other) return fail('list-not-text', other);
  }
  const decoded = marked ? decodeMarked(bytes, marked) : decodeUnmarked(bytes);
  if (decoded.text.trim() === '')
    return fail('list-empty', `${quoteName(name)} is empty. Export the list again, or choose another file.`);
  if (!/[\p{L}\p{N}]/u.test(decoded.text))
    return fail(
      'list-not-text',
      `${quoteName(name)} holds no words, only marks. A list has a line of headers and a line for each person.`,
    );
  return succeed(decoded);
}

function quoteName(name: string): string {
  return name === '' ? 'This list' : `“${name}”`;
}

// ---------------------------------------------------------------- encodings

type Marked = 'utf-8' | 'utf-16le' | 'utf-16be';

const encodingNames: Readonly<Record<Marked, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
};

function markedEncoding(head: Uint8Array): Marked | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark: much of the file is zeros, nearly all of them on the same side of their pair. */
function unmarkedUtf16(head: Uint8Array): Marked | undefined {
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i & 1]!++;
  const [even, odd] = zeros as [number, number];
  if (even + odd < head.length / 5) return undefined;
  if (odd > even * 20) return 'utf-16le';
  if (even > odd * 20) return 'utf-16be';
  return undefined;
}

function decodeMarked(bytes: Uint8Array, encoding: Marked): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text: withoutNulls(text), encoding: encodingNames[encoding], notes: damageNotes(text) };
}

function decodeUnmarked(bytes: Uint8Array): DecodedText {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text: withoutNulls(text), encoding: 'UTF-8', notes: [] };
  } catch {
    const lenient = new TextDecoder('utf-8').decode(bytes);
    // A file cut or spoilt in a few places is still UTF-8: most of its letters outside ASCII are sound. In a
    // windows-1252 file next to none are.
    const damaged = count(lenient, /\ufffd/g);
    const sound = count(lenient, /[^\p{ASCII}\ufffd]/gu);
    if (damaged * 10 <= sound)
      return { text: withoutNulls(lenient), encoding: 'UTF-8', notes: damageNotes(lenient) };
    return {
      text: withoutNulls(new TextDecoder('windows-1252').decode(bytes)),
      encoding: 'windows-1252',
      notes: [
        'The file is not UTF-8 and was read as windows-1252, as older Windows programs write it. Where names look wrong, save it as “CSV UTF-8” and drop it again.',
      ],
    };
  }
}

function damageNotes(text: string): string[] {
  const at = text.indexOf('\ufffd');
  if (at < 0) return [];
  const characters = count(text, /\ufffd/g);
  const line = count(text.slice(0, at), /\r\n|\n|\r/g) + 1;
  return [
    `${characters === 1 ? 'One character' : `${characters.toLocaleString('en')} characters`} could not be read and ${characters === 1 ? 'stands' : 'stand'} as “\ufffd”, the first in line ${line.toLocaleString('en')}. The file was damaged before it came here.`,
  ];
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found++;
  return found;
}

// The database can't keep this character, and no name needs it.
function withoutNulls(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

// ---------------------------------------------------------------- files that are no lists

const saveAsCsv = 'Open it, save it as “CSV UTF-8”, and drop that file here.';

const signatures: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel or Word file' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture' },
  { bytes: [0x47, 0x49, 0x46, 0x38], what: 'a picture' },
  { bytes: [0x1f, 0x8b], what: 'a compressed file' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a compressed file' },
  { bytes: [0x52, 0x61, 0x72, 0x21], what: 'a compressed file' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'a SQLite database' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file' },
];

const textKinds: readonly { readonly pattern: RegExp; readonly what: string; readonly remedy?: string }[] = [
  { pattern: /^<!doctype html|^<html|^<table|^<head/i, what: 'a web page' },
  { pattern: /^<\?xml|^<[a-z][\w:.-]*[\s>]/i, what: 'an XML file' },
  { pattern: /^\{\\rtf/, what: 'a rich text document' },
  { pattern: /^[[{]\s*["{[\]}]/, what: 'a JSON file' },
  { pattern: /^BEGIN:VCARD/i, what: 'an address book (vCard)' },
];

/** What the file is where it is no delimited text, as a sentence with what to do; undefined where it may be a list. */
function otherKind(head: Uint8Array, name: string): string | undefined {
  const startsWith = (bytes: readonly number[]) => bytes.every((byte, i) => head[i] === byte);
  if (startsWith([0x50, 0x4b, 0x03, 0x04])) return say(zipKind(head), name, saveAsCsv);

  const signature = signatures.find(({ bytes }) => startsWith(bytes));
  if (signature) {
    const opens = signature.what.includes('Excel') ? saveAsCsv : 'Choose the list as a CSV file instead.';
    return say(signature.what, name, opens);
  }
  let strange = 0;
  for (const byte of head) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) strange++;
  if (strange > 2 + head.length / 100)
    return `${quoteName(name)} isn’t text. Choose a list saved as CSV: one line of headers, then a line for each person.`;

  const start = new TextDecoder().decode(head.subarray(0, 512)).trimStart();
  const kind = textKinds.find(({ pattern }) => pattern.test(start));
  return kind && say(kind.what, name, 'Export the list as a CSV file and drop that here.');
}

/** Archives hold the names of their parts as plain bytes, so a workbook is known by them. */
function zipKind(head: Uint8Array): string {
  const parts = new TextDecoder('windows-1252').decode(head);
  if (parts.includes('word/')) return 'a Word document';
  if (parts.includes('ppt/')) return 'a slide deck';
  if (parts.includes('opendocument.spreadsheet')) return 'an OpenDocument spreadsheet';
  if (parts.includes('xl/') || parts.includes('[Content_Types].xml')) return 'an Excel file';
  if (parts.includes('Index/') && parts.includes('.iwa')) return 'a Numbers file';
  return 'a compressed file';
}

function say(what: string, name: string, remedy: string): string {
  const extension = /\.(csv|tsv|txt)$/i.exec(name)?.[0];
  const kind = extension && what !== 'a web page' ? `${what} renamed to ${extension}` : what;
  return `${quoteName(name)} is ${kind}. ${what === 'a compressed file' ? 'Unpack it and drop the CSV file inside.' : remedy}`;
}
