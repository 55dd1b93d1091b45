import type { ComparedText, Job, ProspectRow, Services } from '../../boundary/services';
import { rowPlaces } from '../../domain/compare';
import { outcomesOf, type Vote } from '../../domain/compare/duel';
import { obstacleOf } from '../../domain/compare/sendable';
import { csvHead, csvLine, htmlEnd, htmlHead, htmlRow, type SheetDraft } from '../../domain/compare/sheet';
import { weighDraft, weighedParts } from '../../domain/genericness/weigh';
import { cancelled, type Result, succeed } from '../../domain/result';
import type { ComparisonOutput } from './kind';
import { scoreboardsOf } from './ratings';
import { costsOf } from './words';

/** Prospects printed at a time: few enough to keep the page free between them. */
const batch = 6;
/** Most texts that one call to the database answers. */
const mostTexts = 200;

export interface Exported {
  readonly output: ComparisonOutput;
  readonly votes: readonly Vote[];
  chosenOf(prospectId: number): number;
}

/** The whole comparison with its ratings as one file. */
export async function exportComparison(
  format: 'csv' | 'html',
  title: string,
  exported: Exported,
  services: Pick<Services, 'comparisons' | 'prospects'>,
  job: Job,
): Promise<Result<Blob>> {
  const { alignment, drafts } = exported.output;
  const outcomes = outcomesOf(exported.votes);
  const ratings = ratingsOf(outcomes);
  const costAt = costsOf(drafts, exported.output.prices);
  const parts: string[] = [
    format === 'csv'
      ? csvHead
      : htmlHead(
          title,
          new Date().toLocaleDateString('en', { dateStyle: 'long' }),
          scoreboardsOf(alignment, drafts, outcomes),
          alignment.columns.map(({ name }) => name),
        ),
  ];
  const total = alignment.prospectIds.length;
  for (let from = 0; from < total; from += batch) {
    if (job.signal.aborted) return cancelled;
    job.progress({ done: from, total, what: 'prospects written' });
    const rows = Array.from({ length: Math.min(batch, total - from) }, (_, i) => from + i);
    const names = await services.prospects.rows(
      Int32Array.from(rows, (row) => alignment.prospectIds[row]!),
      ['name', 'company'],
    );
    if (!names.ok) return names;
    const texts = await textsOf(rows, exported.output, services);
    if (!texts.ok) return texts;
    const nameOf = new Map(names.value.map((row) => [row.id, row]));
    for (const row of rows) {
      const who = nameOf.get(alignment.prospectIds[row]!);
      const cells = cellsOf(row, who, texts.value, ratings, costAt, exported);
      parts.push(
        format === 'csv'
          ? cells.flatMap((cell) => (cell ? [csvLine(cell)] : [])).join('')
          : htmlRow({ name: textIn(who, 'name'), company: textIn(who, 'company') }, cells),
      );
    }
  }
  if (format === 'html') parts.push(htmlEnd);
  return succeed(new Blob(parts, { type: format === 'csv' ? 'text/csv' : 'text/html' }));
}

async function textsOf(
  rows: readonly number[],
  { alignment, drafts, scoreContext }: ComparisonOutput,
  { comparisons }: Pick<Services, 'comparisons'>,
): Promise<Result<ReadonlyMap<number, ComparedText>>> {
  const ids = rows.flatMap((row) =>
    [...rowPlaces(alignment, row)].filter((place) => place >= 0).map((place) => drafts.draftIds[place]!),
  );
  const found = new Map<number, ComparedText>();
  for (let from = 0; from < ids.length; from += mostTexts) {
    const texts = await comparisons.texts(Int32Array.from(ids.slice(from, from + mostTexts)), scoreContext);
    if (!texts.ok) return texts;
    for (const text of texts.value) found.set(text.id, text);
  }
  return succeed(found);
}

type Ratings = ReadonlyMap<number, Pick<SheetDraft, 'wins' | 'losses' | 'even'>>;

/** Of each draft that was in a duel. */
function ratingsOf(outcomes: ReturnType<typeof outcomesOf>): Ratings {
  const ratings = new Map<number, { wins: number; losses: number; even: number }>();
  for (const { one, other, winner } of outcomes) {
    if (winner === undefined) continue;
    for (const id of [one, other]) {
      const of = ratings.get(id) ?? { wins: 0, losses: 0, even: 0 };
      ratings.set(id, of);
      if (winner === null) of.even++;
      else if (winner === id) of.wins++;
      else of.losses++;
    }
  }
  return ratings;
}

/** A row's cells, one a variant; undefined where there is neither a draft nor a reason for none. */
function cellsOf(
  row: number,
  who: ProspectRow | undefined,
  texts: ReadonlyMap<number, ComparedText>,
  ratings: Ratings,
  costAt: (place: number) => number | null,
  { output, chosenOf }: Exported,
): (SheetDraft | undefined)[] {
  const { alignment, drafts, failed, touch } = output;
  const prospectId = alignment.prospectIds[row]!;
  const places = rowPlaces(alignment, row);
  return alignment.columns.map((column, at): SheetDraft | undefined => {
    const place = places[at]!;
    const failure = failed.reasons[alignment.failures[row * alignment.columns.length + at]!];
    const text = texts.get(drafts.draftIds[place] ?? -1);
    if (!text && failure === undefined) return undefined;
    const weighed = weighDraft(output.measured, place, output.weighing);
    return {
      prospectId,
      name: textIn(who, 'name'),
      company: textIn(who, 'company'),
      touch,
      variant: column.name,
      origin: drafts.names[drafts.origins[place] ?? -1] ?? '',
      subject: text?.subject ?? '',
      body: text?.body ?? '',
      isChosen: text !== undefined && chosenOf(prospectId) === text.id,
      ...(ratings.get(text?.id ?? -1) ?? { wins: 0, losses: 0, even: 0 }),
      genericness: weighed ? weighed.score : null,
      parts: weighed ? weighedParts(weighed.parts, output.weighing.weights) : [],
      obstacle: (text && obstacleOf(text)) ?? '',
      sentences: text?.report?.sentences ?? [],
      scoredText: text?.report?.text ?? '',
      cost: text && drafts.outputTokens[place]! > 0 ? costAt(place) : null,
      tokens: text ? drafts.inputTokens[place]! + drafts.outputTokens[place]! : 0,
      milliseconds: text ? drafts.milliseconds[place]! : 0,
      isCached: text !== undefined && drafts.isCached[place] === 1,
      failure: text ? '' : (failure ?? ''),
    };
  });
}

function textIn(who: ProspectRow | undefined, column: 'name' | 'company'): string {
  return String(who?.values[column] ?? '');
}
