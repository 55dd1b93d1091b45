import { createEffect, createMemo, createSignal, createUniqueId, on, onCleanup, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import type { Draft } from '../../domain/draft';
import { lookOf } from '../../domain/genericness/look';
import type { DraftReport, ReportedSentence } from '../../domain/genericness/report';
import { weighDraft, weighReport } from '../../domain/genericness/weigh';
import { longestDraft } from '../../domain/voice/score';
import { createLatest } from '../../ui/latest';
import { followEdit, MarkedText, type TextMark } from '../../ui/MarkedText';
import { Besides } from './Besides';
import styles from './Detail.module.css';
import { requestOf, type ScoresInputs, type ScoresOutput, type ScoresParams } from './kind';
import { Parts } from './Parts';
import { Sentences } from './Sentences';

interface Props {
  readonly cellId: string;
  readonly draftId: number;
  readonly output: ScoresOutput;
  readonly params: ScoresParams;
  readonly inputs: ScoresInputs | undefined;
  readonly services: Services;
  readonly position: string;
  /** To the next worse draft (-1) or the next better one (1); undefined at the ends. */
  readonly step: (by: -1 | 1) => (() => void) | undefined;
  /** The draft was changed or removed: the batch is to be scored again. */
  onChanged(): void;
  /** What was removed, so that it can be brought back. */
  onRemoved(draft: Draft): void;
}

/** Milliseconds without a key after which the text is scored. */
const typingPause = 220;

/** One draft: its number with its parts, the mail to be written in, and what is said of each sentence. */
export function Detail(props: Props) {
  const reasonsId = createUniqueId();
  const { drafts, scores, prospects, selection } = props.services;
  const [draft, setDraft] = createSignal<Draft>();
  const [failure, setFailure] = createSignal<string>();
  const [body, setBody] = createSignal('');
  const [report, setReport] = createSignal<DraftReport>();
  const [isPending, setPending] = createSignal(false);
  const [current, setCurrent] = createSignal<number>();

  // ------------------------------------------------------------ reading

  createEffect(
    on([() => props.draftId, () => props.output], async ([id]) => {
      const isOther = draft()?.id !== id;
      if (!isOther && isEdited()) return;
      const [found, kept] = [await drafts.get(id), await scores.report(props.cellId, id)];
      if (props.draftId !== id || (!isOther && isEdited())) return;
      if (!found.ok) return void setFailure(found.failure.sentence);
      setFailure(kept.ok ? undefined : kept.failure.sentence);
      setDraft(found.value);
      const text = kept.ok ? kept.value?.text : undefined;
      // What was scored of an HTML draft is the text it shows; that is what is read and written here.
      setBody(text !== undefined && kept.ok && kept.value?.notes.length ? text : found.value.body);
      setReport(kept.ok ? kept.value : undefined);
      if (isOther) setCurrent(undefined);
    }),
  );

  const addressee = createLatest(
    () => draft()?.prospectId,
    async (id) => {
      const found = await prospects.get(id);
      return found.ok ? found.value : undefined;
    },
  );
  const names = () => {
    const found = addressee();
    return {
      company: found?.account.name ?? '',
      firstName: found?.firstName ?? '',
      lastName: found?.lastName ?? '',
    };
  };
  const toWhom = () =>
    [`${names().firstName} ${names().lastName}`.trim(), names().company].filter(Boolean).join(', ') || '…';

  // ------------------------------------------------------------ writing

  let timer: ReturnType<typeof setTimeout> | undefined;
  let work: AbortController | undefined;
  let hasUnsaved = false;
  const isEdited = () => hasUnsaved || isPending();

  function write(text: string) {
    setBody(text);
    hasUnsaved = true;
    setPending(true);
    clearTimeout(timer);
    work?.abort();
    timer = setTimeout(() => void rescore(), typingPause);
  }

  async function rescore() {
    const [written, inputs] = [draft(), props.inputs];
    if (!written || !inputs) return;
    const mine = new AbortController();
    work = mine;
    const request = requestOf({ cellId: props.cellId, params: props.params, inputs });
    const scored = await scores.rescore(
      request,
      props.output.context,
      { prospectId: written.prospectId, body: body() },
      { signal: mine.signal, progress: () => {} },
    );
    // A newer text is on its way.
    if (mine.signal.aborted) return;
    setPending(false);
    if (scored.ok) setReport(scored.value);
    else setFailure(scored.failure.sentence);
  }

  async function save() {
    const written = draft();
    if (!written || !hasUnsaved) return;
    hasUnsaved = false;
    const kept = await drafts.change(written.id, {
      subject: written.subject,
      body: body(),
      origin: 'edited here',
    });
    if (!kept.ok) setFailure(kept.failure.sentence);
    props.onChanged();
  }

  async function remove() {
    const written = draft();
    const removed = await drafts.remove(Int32Array.of(props.draftId));
    hasUnsaved = false;
    if (!removed.ok) return void setFailure(removed.failure.sentence);
    if (written) props.onRemoved({ ...written, body: body() });
  }

  createEffect(
    on(
      () => props.draftId,
      () => void save(),
      { defer: true },
    ),
  );
  onCleanup(() => {
    clearTimeout(timer);
    work?.abort();
    void save();
  });

  // ------------------------------------------------------------ what is shown

  const followed = createMemo(() => {
    const found = report();
    if (!found) return { marks: [] as TextMark[], sentences: [] as number[] };
    const moved = followEdit<TextMark>(
      found.sentences.map((one) => ({ start: one.start, end: one.end, look: lookOf(one) })),
      found.text,
      body(),
    );
    const kept = [...moved.entries()].filter((entry): entry is [number, TextMark] => entry[1] !== undefined);
    return { marks: kept.map(([, mark]) => mark), sentences: kept.map(([at]) => at) };
  });
  const underlined = createMemo(() => {
    const found = report();
    if (!found || found.text !== body()) return [];
    return found.sentences.flatMap(({ reasons }) =>
      reasons
        .filter(({ kind }) => kind === 'unsupported' || kind === 'stock' || kind === 'must not be sent')
        .map(({ span }) => span),
    );
  });
  const score = createMemo(() => {
    const found = report();
    const at = props.output.draftIds.indexOf(props.draftId);
    // The reasons come from the database; the numbers are here already.
    return found
      ? weighReport(found, props.output.repeated[at], props.params)
      : weighDraft(props.output, at, props.params);
  });
  const isTooLong = () => body().length > longestDraft * 2;
  const shownText = () => (isTooLong() ? `${body().slice(0, 2000)} …` : body());
  const marks = createMemo(() => (isTooLong() ? [] : followed().marks));
  const status = () => {
    if (isPending()) return 'Reading what you wrote.';
    const found = report();
    return found ? (found.unscored ?? found.notes[0] ?? '') : 'The reasons are on their way.';
  };
  const missing = () => {
    const found = report();
    // What can't be scored at all says so below; its parts have no reasons of their own.
    if (!found || found.unscored !== null) return { voice: '', sameness: '' };
    return { voice: missingVoice(found), sameness: 'one draft alone' };
  };
  const missingVoice = ({ voices }: DraftReport) => {
    const verdict = voices.find(({ corpus }) => corpus === props.params.voice);
    if (verdict && 'sentence' in verdict) return verdict.sentence;
    return props.params.voice === 'brand' ? 'no brand mails' : 'no mails of yours';
  };

  return (
    <section class={styles.detail} aria-label={`Draft to ${toWhom()}`}>
      <header class={styles.header}>
        <div class={styles.who}>
          <h3 class={styles.name}>
            <button
              type="button"
              data-quiet
              onClick={() => draft() && selection.show(draft()?.prospectId, props.output.prospectIds)}
            >
              {toWhom()}
            </button>
          </h3>
          <span class={styles.origin}>
            {props.position}
            {draft() ? ` · ${draft()?.origin}` : ''}
          </span>
        </div>
        <div class={styles.tools}>
          <button
            type="button"
            title="The next worse draft (Alt ↑)"
            disabled={!props.step(-1)}
            onClick={() => props.step(-1)?.()}
          >
            Worse
          </button>
          <button
            type="button"
            title="The next better draft (Alt ↓)"
            disabled={!props.step(1)}
            onClick={() => props.step(1)?.()}
          >
            Better
          </button>
          <button type="button" data-quiet onClick={() => void remove()}>
            Remove
          </button>
        </div>
      </header>
      <Show when={failure()}>
        <p class={styles.failure} role="alert">
          {failure()}
        </p>
      </Show>
      <Parts
        genericness={score()}
        weights={props.params.weights}
        missing={missing()}
        gate={report()?.gate.sentence ?? ''}
        isPending={isPending()}
      />
      <p class={styles.status} aria-live="polite">
        {status()}
      </p>
      <div class={styles.mailAndReasons}>
        <div class={styles.paper}>
          <Show when={draft()?.subject}>
            <p class={styles.subject}>{draft()?.subject}</p>
          </Show>
          <MarkedText
            label={`Mail to ${toWhom()}`}
            text={shownText()}
            isReadOnly={isTooLong()}
            marks={marks()}
            underlined={underlined()}
            current={followed().sentences.indexOf(current() ?? -1)}
            describedBy={reasonsId}
            onCurrent={(mark) => setCurrent(mark === undefined ? undefined : followed().sentences[mark])}
            onInput={write}
            onBlur={() => void save()}
          />
        </div>
        <Show when={report()?.sentences.length}>
          <Sentences
            text={report()?.text ?? ''}
            sentences={report()?.sentences ?? ([] as ReportedSentence[])}
            current={current()}
            reasonsId={reasonsId}
            onCurrent={setCurrent}
            onOpen={(id) => selection.show(id)}
          />
        </Show>
      </div>
      <Show when={report()?.unscored === null && report()}>
        {(found) => (
          <Besides
            report={found()}
            addressee={names()}
            hasVoice={props.inputs?.voice !== undefined}
            prospects={prospects}
            onOpen={(id) => selection.show(id)}
          />
        )}
      </Show>
    </section>
  );
}
