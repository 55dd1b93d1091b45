import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { ScoreRequest, Scores, Scoring } from '../../boundary/services';
import { lookOf, worstOf } from '../../domain/genericness/look';
import type { DraftReport } from '../../domain/genericness/report';
import { defaultWeighing, weighReport } from '../../domain/genericness/weigh';
import type { Progress } from '../../notebook/kind';
import { followEdit, type TextMark } from '../../ui/MarkedText';
import { repeatedIn } from './queue';

/** After the last key, how long until the score follows, in milliseconds. */
const pauseBeforeScore = 400;

/** A text that is written at. */
export interface WrittenText {
  /** Undefined where nothing of it is kept yet. */
  readonly draftId: number | undefined;
  readonly prospectId: number;
  /** As it is kept, and as it stands now. */
  readonly kept: string;
  readonly body: string;
}

export interface LiveScore {
  /** Scores what the cell has drafted; from then on the text is followed. Answers what went wrong, as a sentence. */
  begin(): Promise<string | undefined>;
  readonly scoring: Accessor<Scoring | undefined>;
  /** How far the scoring of all drafts is; undefined where it is not under way. */
  readonly progress: Accessor<Progress | undefined>;
  /** Of the text as it was when it was last measured; undefined until it is. */
  readonly report: Accessor<DraftReport | undefined>;
  /** 0 to 100: how well it would fit anyone else. */
  readonly score: Accessor<number | undefined>;
  /** 0 to 1: the share of its shape that other drafts have. */
  readonly repeated: Accessor<number | undefined>;
  readonly worst: Accessor<DraftReport['sentences'][number] | undefined>;
  /** Its sentences in the text as it stands now. */
  readonly marks: Accessor<readonly TextMark[]>;
}

/** The score of a text, live while it is written. */
export function createLiveScore(
  scores: Scores,
  request: () => ScoreRequest,
  text: Accessor<WrittenText | undefined>,
): LiveScore {
  const job = new AbortController();
  const [scoring, setScoring] = createSignal<Scoring>();
  const [progress, setProgress] = createSignal<Progress>();
  const [measured, setMeasured] = createSignal<{ readonly of: WrittenText; readonly is: DraftReport }>();
  let measuring: AbortController | undefined;
  onCleanup(() => {
    job.abort();
    measuring?.abort();
  });

  async function begin(): Promise<string | undefined> {
    const scored = await scores.run(request(), { signal: job.signal, progress: setProgress });
    setProgress(undefined);
    if (scored.ok) setScoring(scored.value);
    return scored.ok || scored.failure.code === 'cancelled' ? undefined : scored.failure.sentence;
  }

  const isOf = (one: WrittenText | undefined, other: WrittenText | undefined) =>
    one?.draftId === other?.draftId && one?.prospectId === other?.prospectId;

  createEffect(
    on([text, scoring], ([now, scored]) => {
      if (!isOf(measured()?.of, now)) setMeasured(undefined);
      if (!now || !scored || measured()?.of.body === now.body) return;
      const timer = setTimeout(
        () => void measure(now, scored.context),
        now.body === now.kept ? 0 : pauseBeforeScore,
      );
      onCleanup(() => clearTimeout(timer));
    }),
  );

  async function measure(of: WrittenText, context: string) {
    measuring?.abort();
    const mine = new AbortController();
    measuring = mine;
    const is = (await keptReport(of)) ?? (await newReport(of, context, mine.signal));
    const now = text();
    if (is && isOf(of, now) && of.body === now?.body) setMeasured({ of, is });
  }

  async function keptReport({ draftId, kept, body }: WrittenText): Promise<DraftReport | undefined> {
    if (draftId === undefined || body !== kept) return undefined;
    const found = await scores.report(request().cellId, draftId);
    return found.ok ? found.value : undefined;
  }

  async function newReport({ prospectId, body }: WrittenText, context: string, signal: AbortSignal) {
    const found = await scores.rescore(
      request(),
      context,
      { prospectId, body },
      { signal, progress: () => {} },
    );
    return found.ok ? found.value : undefined;
  }

  const report = () => measured()?.is;
  const repeated = () => {
    const draftId = text()?.draftId;
    return draftId === undefined ? undefined : repeatedIn(scoring(), draftId);
  };
  return {
    begin,
    scoring,
    progress,
    report,
    repeated,
    score() {
      const found = report();
      const weighed = found && weighReport(found, repeated(), defaultWeighing);
      return weighed && Math.round(weighed.score);
    },
    worst() {
      const found = report();
      return found && worstOf(found.sentences);
    },
    marks: createMemo(() => {
      const [found, now] = [report(), text()];
      if (!found || !now) return [];
      const all = found.sentences.map((sentence) => ({ ...sentence, look: lookOf(sentence) }));
      return followEdit(all, found.text, now.body).filter((mark) => mark !== undefined);
    }),
  };
}
