/** Whether a text is HTML rather than a mail that mentions a tag. */
export function looksLikeHtml(text: string): boolean {
  const head = text.slice(0, 20_000);
  if (/<!doctype html|<html[\s>]|<body[\s>]/i.test(head)) return true;
  const tags = head.match(
    /<\/?(?:p|div|br|span|table|tr|td|a|b|i|strong|em|ul|ol|li|font|h[1-6])(?:\s[^<>]*)?\/?>/gi,
  );
  return (tags?.length ?? 0) >= 3;
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  zwnj: '',
  zwj: '',
  shy: '',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  middot: '·',
  euro: '€',
  pound: '£',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });
}

const blocks = /^(?:p|div|tr|table|ul|ol|h[1-6]|section|article|header|footer|pre|center|hr)$/;
const unseen = /^(?:head|style|script|title|template|noscript|svg|select)$/;
/** What stands before a line within so many quotations; deeper than nine, nobody counts. */
function quoteMark(depth: number): string {
  return '> '.repeat(Math.min(depth, 9));
}

const voidTags = /^(?:br|img|hr|meta|link|input|wbr|col|area|base)$/;

/**
 * The text of an HTML mail as its reader sees it: blocks and breaks become lines, quotations get `> ` before each
 * line, and a signature that the mail program marked gets the line `-- ` above it, so that {@link cleanMail} finds
 * both. Needs no DOM and runs in linear time on broken markup.
 */
export function htmlToText(html: string): string {
  const lines: string[] = [];
  // The line being built; its last character is kept apart, since looking into a growing string copies it.
  let line = '';
  let endsBlank = true;
  let quoted = 0;
  let hidden = '';
  let preformatted = 0;
  const open: { tag: string; quotes: boolean }[] = [];
  const breakLine = () => {
    lines.push(`${quoteMark(quoted)}${line.trim()}`);
    line = '';
    endsBlank = true;
  };
  const append = (text: string) => {
    if (text === '') return;
    line += text;
    endsBlank = text.endsWith(' ');
  };
  const startBlock = () => {
    if (line.trim()) breakLine();
    line = '';
    endsBlank = true;
  };
  const say = (raw: string) => {
    if (hidden) return;
    const text = decodeEntities(raw);
    if (preformatted > 0) {
      const parts = text.split(/\r?\n/);
      for (const [at, part] of parts.entries()) {
        if (at > 0) breakLine();
        append(part);
      }
    } else {
      const flowed = text.replace(/[ \t\r\n\f]+/g, ' ');
      append(endsBlank ? flowed.trimStart() : flowed);
    }
  };

  let at = 0;
  let tagEnd = html.indexOf('>');
  while (at < html.length) {
    const tagStart = html.indexOf('<', at);
    if (tagStart < 0) {
      say(html.slice(at));
      break;
    }
    say(html.slice(at, tagStart));
    if (html.startsWith('<!--', tagStart)) {
      const end = html.indexOf('-->', tagStart + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    if (tagEnd >= 0 && tagEnd < tagStart) tagEnd = html.indexOf('>', tagStart);
    const match = /^<(\/?)([a-z][a-z0-9]*)\b/i.exec(html.slice(tagStart, tagStart + 24));
    if (tagEnd < 0 || !(match || html.startsWith('<!', tagStart) || html.startsWith('<?', tagStart))) {
      say('<');
      at = tagStart + 1;
      continue;
    }
    at = tagEnd + 1;
    if (!match) continue;
    const closes = match[1] === '/';
    const tag = match[2]!.toLowerCase();
    if (hidden) {
      if (closes && tag === hidden) hidden = '';
      continue;
    }
    if (unseen.test(tag)) {
      if (!closes) hidden = tag;
      continue;
    }
    if (tag === 'br') breakLine();
    else if (tag === 'li') {
      startBlock();
      if (!closes) append('- ');
    } else if (tag === 'td' || tag === 'th') append(' ');
    else if (blocks.test(tag) || tag === 'blockquote') startBlock();
    if (tag === 'pre') preformatted = Math.max(0, preformatted + (closes ? -1 : 1));
    if (/^(?:p|h[1-6]|blockquote)$/.test(tag) && lines.length > 0 && lines.at(-1) !== '') lines.push('');
    if (voidTags.test(tag)) continue;
    if (closes) {
      const from = open.findLastIndex((element) => element.tag === tag);
      // A stray end tag closes nothing; one that fits closes whatever was left open inside it.
      if (from >= 0) for (const element of open.splice(from)) if (element.quotes) quoted--;
      continue;
    }
    const attributes = html.slice(tagStart, Math.min(tagEnd, tagStart + 400));
    const quotes = tag === 'blockquote';
    if (quotes) quoted++;
    else if (
      /\b(?:class|id)\s*=\s*["']?[^"'>]*(?:gmail_signature|moz-signature|mail-signature|signature)\b/i.test(
        attributes,
      )
    ) {
      startBlock();
      lines.push(`${quoteMark(quoted)}-- `);
    }
    open.push({ tag, quotes });
    if (open.length > 2000) open.splice(0, 1000);
  }
  if (line.trim()) breakLine();
  return lines
    .join('\n')
    .replace(/[ \t]+\n/g, (space) => (space === ' \n' ? ' \n' : '\n'))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
