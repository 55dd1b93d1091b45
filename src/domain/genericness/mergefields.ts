import type { Span } from '../text';

/** A merge field or spintax that was not resolved: it must not be sent. */
export interface Unresolved extends Span {
  readonly text: string;
  readonly reason: string;
}

/** Words that fields are named with; they tell `{first_name}` and `[company]` from a set or an aside in brackets. */
const fieldWord =
  'first|last|full|your|their|my|the|prospect|contact|lead|recipient|sender|rep|account|company|organi[sz]ation|business|firm|brand|client|customer|name|title|role|job|position|industry|sector|city|state|country|location|website|domain|url|email|phone|date|day|time|product|service|competitor|pain|point|challenge|problem|topic|insert|custom|variable|var|field|icebreaker|snippet\\d*|personali[sz]ation|intro|opener|signature|link|calendar|similar|mutual|connection|school|university|department|team|region|number|metric|result|tool|value|prop|proposition|situation|recognition|mission|reference|case|study|trigger|event|reason|specific|something|relevant|here|tbd|placeholder|x+';
const named = new RegExp(`(?:^|[\\s_.-])(?:${fieldWord})(?:$|[\\s_.-])`, 'i');
const isNamed = (inside: string) => named.test(inside.replace(/([a-z])([A-Z])/g, '$1 $2'));

const isAside = (inside: string) =>
  /^(?:sic|image|cid|snip|edited?|edit|laughs?|cc|bcc|attached|attachment|ok|etc)\b/i.test(inside);

const field = 'a merge field that was not filled in';
const patterns: readonly {
  readonly pattern: RegExp;
  readonly reason: string;
  /** Decides on what stands between the marks. */
  readonly holds?: (inside: string) => boolean;
}[] = [
  { pattern: /\{\{\{?([^{}\n]*)\}?\}\}/g, reason: field },
  { pattern: /\{%-?([^%\n]*)%\}/g, reason: 'a template command that would be evaluated' },
  { pattern: /\*\|([^|\n]{1,40})\|\*/g, reason: field },
  { pattern: /%%([A-Za-z_][\w .-]{0,40})%%/g, reason: field },
  // Percentages stay: "50% of teams, 20% of..." has no letters right inside both marks.
  { pattern: /%([A-Z][A-Z0-9_]{2,40})%/g, reason: field },
  { pattern: /\$\{([^}\n]{1,60})\}/g, reason: field },
  { pattern: /<%=?([^%\n]*)%>/g, reason: field },
  { pattern: /\{([^{}\n|]{1,60}(?:\|[^{}\n|]{0,80})+)\}/g, reason: 'spintax that was not resolved' },
  {
    pattern: /\{([^{}\n|]{1,60})\}/g,
    reason: field,
    holds: (inside) => isNamed(inside) || /^\w+$/.test(inside),
  },
  // Anything in square brackets is a slot, unless a writer means it: [sic], [1], [x], [a link](...).
  {
    pattern: /\[([^[\]\n]{2,80})\](?!\()/g,
    reason: field,
    holds: (inside) => /^\p{L}/u.test(inside) && !/[@:]/.test(inside) && !isAside(inside),
  },
  {
    pattern: /<([A-Za-z][A-Za-z _-]{1,40})>/g,
    reason: field,
    holds: (inside) => isNamed(inside) && !/^(?:title|time|link|field|button|var|date)$/.test(inside),
  },
  { pattern: /(?<![\w{[<%])__([A-Za-z][A-Za-z ]{1,30})__(?!\w)/g, reason: field },
];

/** "Hi ," and "Dear ,": the field was filled in with nothing. */
const emptyGreeting = /^[ \t]*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))[ \t]+,/i;
/** Values that tools print where there is none. */
const emptyValue = /^[ \t]*(?:hi|hello|hey|dear)[ \t]+(?:undefined|null|none|nan|n\/a|there there)\b/i;

/** Unresolved merge fields and spintax of a draft, in the order of the text, none overlapping. */
export function findUnresolved(text: string): Unresolved[] {
  const found: Unresolved[] = [];
  const add = (start: number, matched: string, reason: string) => {
    const end = start + matched.length;
    if (!found.some((other) => start < other.end && other.start < end))
      found.push({ start, end, text: matched, reason });
  };
  for (const { pattern, reason, holds } of patterns)
    for (const match of text.matchAll(pattern))
      if (!holds || holds(match[1] ?? '')) add(match.index, match[0], reason);
  const firstLine = text.trimStart();
  const offset = text.length - firstLine.length;
  for (const [pattern, reason] of [
    [emptyGreeting, 'a greeting whose name is missing'],
    [emptyValue, 'a greeting whose name was filled in with nothing'],
  ] as const) {
    const match = pattern.exec(firstLine);
    if (match) add(offset, match[0], reason);
  }
  return found.sort((one, other) => one.start - other.start);
}
