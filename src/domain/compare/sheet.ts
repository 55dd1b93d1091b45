import { type Look, lookOf } from '../genericness/look';
import type { ReportedSentence } from '../genericness/report';
import { partWords, type WeighedPart } from '../genericness/weigh';
import { harmless, printRecord } from '../list/csv';
import type { Standing } from './wins';

/** One draft of a comparison as it is exported, or why there is none. */
export interface SheetDraft {
  readonly prospectId: number;
  readonly name: string;
  readonly company: string;
  readonly touch: number;
  readonly variant: string;
  readonly origin: string;
  readonly subject: string;
  readonly body: string;
  readonly isChosen: boolean;
  /** In duels with other drafts of the same prospect. */
  readonly wins: number;
  readonly losses: number;
  readonly even: number;
  /** 0 to 100: how well it would fit anyone else; null where not scored. */
  readonly genericness: number | null;
  /** What that is made of; empty where not scored. */
  readonly parts: readonly WeighedPart[];
  /** Why it must not be sent; empty where nothing speaks against it. */
  readonly obstacle: string;
  readonly sentences: readonly Pick<ReportedSentence, 'start' | 'end' | 'fit' | 'describes' | 'reasons'>[];
  /** The text that the sentences are stretches of. */
  readonly scoredText: string;
  /** In US dollars; null where no price is known. */
  readonly cost: number | null;
  readonly tokens: number;
  readonly milliseconds: number;
  readonly isCached: boolean;
  /** Why there is no draft; empty where there is one. */
  readonly failure: string;
}

const headers = [
  'Prospect',
  'Name',
  'Company',
  'Touch',
  'Variant',
  'Written by',
  'Subject',
  'Body',
  'Chosen',
  'Wins',
  'Losses',
  'Even',
  'Generic (0 to 100)',
  ...Object.values(partWords),
  'Must not be sent',
  'Sentences and reasons',
  'Cost (USD)',
  'Tokens',
  'Seconds',
  'Cached',
  'Why there is no draft',
];

const partKeys = Object.keys(partWords) as WeighedPart['key'][];

/** The first line of the CSV file, with the mark that makes spreadsheets read it as UTF-8. */
export const csvHead = `\ufeff${printRecord(headers)}\r\n`;

/** A draft as a line of the CSV file; nothing in it can be run by a spreadsheet. */
export function csvLine(draft: SheetDraft): string {
  const cells = [
    String(draft.prospectId),
    draft.name,
    draft.company,
    String(draft.touch),
    draft.variant,
    draft.origin,
    draft.subject,
    draft.body,
    draft.isChosen ? 'yes' : '',
    String(draft.wins),
    String(draft.losses),
    String(draft.even),
    whole(draft.genericness),
    ...partKeys.map((key) => whole(draft.parts.find((part) => part.key === key)?.value ?? null)),
    draft.obstacle,
    sentenceLines(draft).join('\n'),
    draft.cost === null ? '' : draft.cost.toFixed(6),
    draft.tokens === 0 ? '' : String(draft.tokens),
    draft.milliseconds === 0 ? '' : (draft.milliseconds / 1000).toFixed(1),
    draft.isCached ? 'yes' : '',
    draft.failure,
  ];
  return `${printRecord(cells.map(harmless))}\r\n`;
}

function whole(value: number | null): string {
  return value === null ? '' : value.toFixed(0);
}

function sentenceLines({ sentences, scoredText }: SheetDraft): string[] {
  return sentences.map(({ start, end, reasons }) =>
    [`“${scoredText.slice(start, end)}”`, ...reasons.map(({ sentence }) => sentence)].join(' '),
  );
}

/** One scoreboard of the page: "By variant". */
export interface SheetScoreboard {
  readonly title: string;
  readonly standings: readonly Standing[];
}

/**
 * The beginning of the page: one file that needs nothing else and may load nothing else. Rows follow by
 * {@link htmlRow}, then {@link htmlEnd}.
 */
export function htmlHead(
  title: string,
  day: string,
  scoreboards: readonly SheetScoreboard[],
  variants: readonly string[],
): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
<h1>${escapeHtml(title)}</h1>
<p class="muted">${escapeHtml(day)}. A win counts only where the same draft was preferred on both sides. Intervals are exact, at 95 %. Generic, 0 to 100, is how well a mail would fit anyone else; its parts are better the higher they are.</p>
${scoreboards.map(scoreboardTable).join('\n')}
<div class="wide"><table class="drafts">
<thead><tr><th scope="col">Prospect</th>${variants.map((variant) => `<th scope="col">${escapeHtml(variant)}</th>`).join('')}</tr></thead>
<tbody>
`;
}

export const htmlEnd = '</tbody>\n</table></div>\n</html>\n';

/** A prospect's drafts, one a variant in order; undefined where a variant has none. */
export function htmlRow(
  who: { readonly name: string; readonly company: string },
  drafts: readonly (SheetDraft | undefined)[],
): string {
  const name = `${escapeHtml(who.name || 'No name')}${who.company ? `<br><span class="muted">${escapeHtml(who.company)}</span>` : ''}`;
  return `<tr><th scope="row">${name}</th>${drafts.map(htmlCell).join('')}</tr>\n`;
}

function htmlCell(draft: SheetDraft | undefined): string {
  if (!draft) return '<td class="muted">No draft</td>';
  if (draft.failure) return `<td class="failed">No draft: ${escapeHtml(draft.failure)}</td>`;
  const facts = [
    draft.origin,
    draft.genericness !== null && `${draft.genericness.toFixed(0)} of 100 generic${partsSaid(draft)}`,
    draft.wins + draft.losses + draft.even > 0 &&
      `${draft.wins} won, ${draft.losses} lost, ${draft.even} even`,
    draft.cost !== null && `$${draft.cost.toFixed(4)}`,
    draft.tokens > 0 && `${draft.tokens.toLocaleString('en')} tokens`,
    draft.milliseconds > 0 && `${(draft.milliseconds / 1000).toFixed(1)} s`,
    draft.isCached && 'cached',
  ].filter((fact) => typeof fact === 'string');
  return `<td${draft.isChosen ? ' class="chosen"' : ''}>${draft.isChosen ? '<p class="tag">Chosen</p>' : ''}
<p class="subject">${escapeHtml(draft.subject)}</p>
<div class="mail">${escapeHtml(draft.body)}</div>
${draft.obstacle ? `<p class="failed">Must not be sent. ${escapeHtml(draft.obstacle)}</p>\n` : ''}${sentenceList(draft)}<p class="muted">${escapeHtml(facts.join(' · '))}</p></td>`;
}

/** " (about this prospect 62, unlike the other drafts 40)". */
function partsSaid({ parts }: SheetDraft): string {
  const said = parts.flatMap(({ label, value }) =>
    value === null ? [] : [`${label.toLowerCase()} ${value.toFixed(0)}`],
  );
  return said.length > 0 ? ` (${said.join(', ')})` : '';
}

const lookClasses: Readonly<Record<Look, string>> = {
  red: ' class="wrong"',
  gold: ' class="specific"',
  grey: '',
};

function sentenceList({ sentences, scoredText }: SheetDraft): string {
  if (sentences.length === 0) return '';
  const items = sentences.map(
    (sentence) =>
      `<li${lookClasses[lookOf(sentence)]}>“${escapeHtml(scoredText.slice(sentence.start, sentence.end))}” ${escapeHtml(
        sentence.reasons.map((reason) => reason.sentence).join(' '),
      )}</li>`,
  );
  return `<details><summary>Sentence by sentence</summary><ul>${items.join('')}</ul></details>\n`;
}

function scoreboardTable({ title, standings }: SheetScoreboard): string {
  const rows = standings.map(({ label, wins, losses, even, interval, verdict }) => {
    const share =
      wins + losses === 0
        ? '–'
        : `${percent(wins / (wins + losses))} (${percent(interval.low)} to ${percent(interval.high)})`;
    return `<tr><th scope="row">${escapeHtml(label)}</th><td>${wins}</td><td>${losses}</td><td>${even}</td><td>${share}</td><td>${verdictWords[verdict]}</td></tr>`;
  });
  return `<h2>${escapeHtml(title)}</h2>
<table><thead><tr><th scope="col">Variant</th><th scope="col">Won</th><th scope="col">Lost</th><th scope="col">Even</th><th scope="col">Share won</th><th scope="col">What it says</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`;
}

export const verdictWords: Readonly<Record<Standing['verdict'], string>> = {
  better: 'Preferred',
  worse: 'Passed over',
  unsure: 'Can’t tell yet',
};

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

const pageStyle = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 24px }
table { border-collapse: collapse; font-size: 13px }
th, td { border: 1px solid #8b857766; padding: 8px 12px; text-align: start; vertical-align: top }
.wide { margin-top: 24px; overflow-x: auto }
.drafts td { min-width: 260px; max-width: 66ch }
.mail { font: 15px/1.5 Georgia, serif; white-space: pre-wrap; overflow-wrap: anywhere }
.subject, .tag { font-weight: 600 }
.muted { opacity: 0.75 }
.chosen { outline: 3px solid }
.failed { color: light-dark(#b3372f, #e5746c) }
.specific, .wrong { border-inline-start: 3px solid #c9952a; padding-inline-start: 6px }
.wrong { border-color: light-dark(#b3372f, #e5746c) }
ul { padding-inline-start: 18px }
`;
