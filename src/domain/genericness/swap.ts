import type { Span } from '../text';

/** What a mail calls its addressee. */
export interface Names {
  readonly company: string;
  readonly firstName: string;
  readonly lastName: string;
}

export interface SwappedMail {
  readonly text: string;
  /** Where names were put in, within the new text. */
  readonly spans: readonly Span[];
}

const legalForm =
  /[\s,]+(?:inc|llc|llp|ltd|limited|plc|corp|corporation|gmbh|ag|kg|sas|sarl|bv|nv|ab|as|oy|sp\. z o\.o)\.?$/i;

/**
 * The same mail with another prospect's names put in, wherever the addressee's stand as whole words. With the names of
 * the same prospect nothing changes. A name that the other one lacks is left as it is.
 */
export function swapNames(mail: string, from: Names, to: Names): SwappedMail {
  const short = (company: string) => company.replace(legalForm, '').trim();
  const pairs = new Map<string, string>();
  const add = (name: string, other: string) => {
    // One letter is more often a word than a name.
    if (name.length > 1 && other !== '' && !pairs.has(name)) pairs.set(name, other);
  };
  add(from.company.trim(), to.company.trim());
  add(short(from.company), short(to.company));
  add(from.firstName.trim(), to.firstName.trim());
  add(from.lastName.trim(), to.lastName.trim());
  if (pairs.size === 0) return { text: mail, spans: [] };

  const longestFirst = [...pairs.keys()].sort((one, other) => other.length - one.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${longestFirst.map(literal).join('|')})(?![\\p{L}\\p{N}])`,
    'gu',
  );
  const spans: Span[] = [];
  let text = '';
  let end = 0;
  for (const match of mail.matchAll(pattern)) {
    text += mail.slice(end, match.index);
    const other = pairs.get(match[0]) ?? match[0];
    spans.push({ start: text.length, end: text.length + other.length });
    text += other;
    end = match.index + match[0].length;
  }
  return { text: text + mail.slice(end), spans };
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
