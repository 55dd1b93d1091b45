import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Switch,
} from 'solid-js';
import type { DraftRequest, ReviewTimes, ScoreRequest, Scoring, Services } from '../../boundary/services';
import { lookOf, worstOf } from '../../domain/genericness/look';
import type { DraftReport } from '../../domain/genericness/report';
import { defaultWeighing, weighReport } from '../../domain/genericness/weigh';
import type { Progress } from '../../notebook/kind';
import { createLatest } from '../../ui/latest';
import { followEdit, MarkedText } from '../../ui/MarkedText';
import { Evidence } from './Evidence';
import styles from './Queue.module.css';
import { createStopwatch, type QueueItem, queueOf, repeatedIn } from './queue';
import { Versions } from './Versions';
import { briefly, clock, count } from './words';

interface Props {
  readonly cellId: string;
  readonly request: DraftRequest;
  /** All prospects of the cell: whom a draft must not fit. */
  readonly pool: Int32Array;
  readonly hasVoice: boolean;
  readonly services: Services;
  /** `hasDecided`: drafts were accepted, changed or skipped. */
  onClose(hasDecided: boolean): void;
}

/** What a tier-2 draft should take, in milliseconds. */
const target = 30_000;
/** After the last key, how long until the score follows. */
const pauseBeforeScore = 400;

interface Decision {
  readonly item: QueueItem;
  readonly reviewId: number;
  /** The text before it was changed, where it was. */
  readonly before: { readonly subject: string; readonly body: string; readonly origin: string } | undefined;
}

/** Drafts one after another, worst first, by keys alone, each timed. */
export function Queue(props: Props) {
  const { drafting, drafts, scores, prospects } = props.services;
  const reasonsId = createUniqueId();
  let region!: HTMLElement;
  const [items, setItems] = createSignal<readonly QueueItem[]>();
  const [at, setAt] = createSignal(0);
  const [decisions, setDecisions] = createSignal<readonly Decision[]>([]);
  const [isEditing, setEditing] = createSignal(false);
  const [subject, setSubject] = createSignal('');
  const [body, setBody] = createSignal('');
  const [said, setSaid] = createSignal('');
  const [elapsed, setElapsed] = createSignal(0);
  const [times, setTimes] = createSignal<ReviewTimes>();
  const [scoring, setScoring] = createSignal<Scoring>();
  const [scoringNow, setScoringNow] = createSignal<Progress>();
  const [report, setReport] = createSignal<{ readonly text: string; readonly is: DraftReport }>();
  const watch = createStopwatch();
  const scoreJob = new AbortController();
  let busy = false;

  const item = () => items()?.[at()];
  const draft = createLatest(item, (one) => drafts.get(one.draftId));
  const text = () => {
    const found = draft();
    return found?.ok && found.value.id === item()?.draftId ? found.value : undefined;
  };
  const person = createLatest(item, (one) => prospects.get(one.prospectId));
  const known = () => {
    const found = person();
    return found?.ok ? found.value : undefined;
  };
  const basis = createLatest(item, (one) => drafting.basis(one.draftId));
  const origin = () => {
    const found = basis();
    return found?.ok ? found.value : undefined;
  };
  const isEdited = () => {
    const found = text();
    return found !== undefined && (found.subject !== subject() || found.body !== body());
  };

  createEffect(
    on(text, (found) => {
      if (!found) return;
      setSubject(found.subject);
      setBody(found.body);
      setEditing(false);
      setReport(undefined);
      watch.reset();
      setElapsed(0);
      void readReport(found.id);
    }),
  );

  // ------------------------------------------------------------ opening

  const scoreRequest = (): ScoreRequest => ({
    cellId: props.cellId,
    ids: props.pool,
    withVoice: props.hasVoice,
    offer: props.request.offer.trim(),
    day: props.request.day,
  });

  async function open() {
    await readTimes();
    const scored = await scores.run(scoreRequest(), {
      signal: scoreJob.signal,
      progress: setScoringNow,
    });
    setScoringNow(undefined);
    if (!scored.ok) {
      if (scored.failure.code !== 'cancelled') setSaid(`Not scored: ${scored.failure.sentence}`);
      return;
    }
    setScoring(scored.value);
    const shown = item();
    if (shown) void readReport(shown.draftId);
  }

  // Drafts that come in while the queue is open join it; scores put what is left in a new order.
  const waiting = createLatest(
    () => ({ revision: drafting.revision(), scoring: scoring() }),
    async (given) => {
      const all = await drafting.drafts(props.cellId);
      return all.ok ? queueOf(all.value, given.scoring) : undefined;
    },
  );
  createEffect(on(waiting, (order) => order && resort(order), { defer: true }));

  /** What has been passed and what is looked at stays in place; the rest is put in its new order. */
  function resort(order: readonly QueueItem[]) {
    const before = items();
    if (!before) return setItems(order);
    const passed = before.slice(0, at() + 1);
    const seen = new Set(passed.map(({ draftId }) => draftId));
    setItems([...passed, ...order.filter(({ draftId }) => !seen.has(draftId))]);
  }

  async function readTimes() {
    const found = await drafting.reviewTimes(props.cellId);
    if (found.ok) setTimes(found.value);
  }

  async function readReport(draftId: number) {
    if (!scoring()) return;
    const found = await scores.report(props.cellId, draftId);
    const shown = text();
    if (found.ok && found.value && shown?.id === draftId && body() === shown.body)
      setReport({ text: shown.body, is: found.value });
  }

  // The score follows what is written.
  let rescoring: AbortController | undefined;
  createEffect(
    on(body, (now) => {
      const [context, one] = [scoring()?.context, item()];
      if (!context || !one || now === report()?.text || now === text()?.body) return;
      const timer = setTimeout(async () => {
        rescoring?.abort();
        const mine = new AbortController();
        rescoring = mine;
        const found = await scores.rescore(
          scoreRequest(),
          context,
          { prospectId: one.prospectId, body: now },
          { signal: mine.signal, progress: () => {} },
        );
        if (found.ok && body() === now && item() === one) setReport({ text: now, is: found.value });
      }, pauseBeforeScore);
      onCleanup(() => clearTimeout(timer));
    }),
  );

  const ticking = setInterval(() => setElapsed(watch.read()), 250);
  const onVisibility = () => (document.hidden ? watch.pause() : watch.resume());
  onMount(() => {
    document.addEventListener('visibilitychange', onVisibility);
    region.focus({ preventScroll: true });
    region.scrollIntoView({ block: 'start' });
    void open();
  });
  onCleanup(() => {
    clearInterval(ticking);
    document.removeEventListener('visibilitychange', onVisibility);
    scoreJob.abort();
    rescoring?.abort();
  });

  // ------------------------------------------------------------ deciding

  async function decide(verdict: 'accepted' | 'skipped') {
    const [one, found] = [item(), text()];
    if (!one || !found || busy) return;
    busy = true;
    try {
      const edited = verdict === 'accepted' && isEdited();
      const milliseconds = watch.read();
      if (edited) {
        const changed = await drafts.change(found.id, {
          subject: subject(),
          body: body(),
          origin: `${found.origin.replace(/, changed$/, '')}, changed`,
        });
        if (!changed.ok) return setSaid(changed.failure.sentence);
      }
      const kept = await drafting.review(props.cellId, {
        draftId: one.draftId,
        verdict,
        isEdited: edited,
        milliseconds,
      });
      if (!kept.ok) return setSaid(kept.failure.sentence);
      const before = edited ? { subject: found.subject, body: found.body, origin: found.origin } : undefined;
      setDecisions([...decisions(), { item: one, reviewId: kept.value, before }]);
      setSaid(
        `${verdict === 'skipped' ? 'Skipped' : edited ? 'Accepted with your changes' : 'Accepted'} after ${clock(milliseconds)}.`,
      );
      move(1);
      await readTimes();
    } finally {
      busy = false;
    }
  }

  function move(by: number) {
    const next = at() + by;
    if (next < 0 || next > (items()?.length ?? 0)) return;
    setAt(next);
    region.focus({ preventScroll: true });
  }

  async function undo() {
    const last = decisions().at(-1);
    if (!last || busy) return;
    busy = true;
    try {
      const undone = await drafting.undoReview(last.reviewId);
      if (!undone.ok) return setSaid(undone.failure.sentence);
      if (last.before) {
        const back = await drafts.change(last.item.draftId, last.before);
        if (!back.ok) return setSaid(back.failure.sentence);
      }
      setDecisions(decisions().slice(0, -1));
      const others = (items() ?? []).filter(({ draftId }) => draftId !== last.item.draftId);
      const place = Math.max(0, Math.min(at() - 1, others.length));
      setItems(others.toSpliced(place, 0, last.item));
      setAt(place);
      setSaid('Taken back.');
      region.focus({ preventScroll: true });
      await readTimes();
    } finally {
      busy = false;
    }
  }

  function close() {
    props.onClose(decisions().length > 0);
  }

  function edit() {
    setEditing(true);
    // Where there is most to mend.
    const place = worst()?.start ?? 0;
    queueMicrotask(() => {
      const field = region.querySelector('textarea');
      field?.focus();
      field?.setSelectionRange(place, place);
    });
  }

  function take(version: { readonly subject: string; readonly body: string }) {
    setSubject(version.subject);
    setBody(version.body);
    edit();
  }

  function onKeyDown(event: KeyboardEvent) {
    const isTyping = event.target instanceof HTMLElement && event.target.matches('textarea, input');
    const isMod = event.ctrlKey || event.metaKey;
    const act = isTyping
      ? { Escape: stopEditing, ...(isMod && { Enter: () => decide('accepted') }) }[event.key]
      : isMod || event.altKey
        ? undefined
        : {
            Enter: event.target === region ? () => decide('accepted') : undefined,
            a: () => decide('accepted'),
            e: edit,
            s: () => decide('skipped'),
            n: () => move(1),
            j: () => move(1),
            p: () => move(-1),
            k: () => move(-1),
            u: undo,
            Escape: close,
          }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    void act();
  }

  function stopEditing() {
    setEditing(false);
    region.focus({ preventScroll: true });
  }

  // ------------------------------------------------------------ what is shown

  const marks = createMemo(() => {
    const found = report();
    if (!found) return [];
    const all = found.is.sentences.map((sentence) => ({ ...sentence, look: lookOf(sentence) }));
    return followEdit(all, found.is.text, body()).filter((mark) => mark !== undefined);
  });
  const worst = () => {
    const found = report();
    return found && worstOf(found.is.sentences);
  };
  const score = () => {
    const found = report();
    const weighed = found && weighReport(found.is, repeated(), defaultWeighing);
    return weighed && Math.round(weighed.score);
  };
  const repeated = () => repeatedIn(scoring(), item()?.draftId ?? 0);
  const left = () => Math.max(0, (items()?.length ?? 0) - at());

  return (
    <section
      ref={region}
      class={styles.queue}
      tabindex="-1"
      aria-label="Drafts to go through"
      on:keydown={onKeyDown}
    >
      <header class={styles.bar}>
        <span class={styles.left}>{count(left())} left</span>
        <span class={styles.clock} data-late={elapsed() > target ? '' : undefined}>
          <span class="unseen">Looked at for </span>
          {clock(elapsed())}
          <span class="muted"> of {clock(target)}</span>
        </span>
        <progress
          class={styles.time}
          aria-label="Time for this draft"
          max={target}
          value={Math.min(target, elapsed())}
        />
        <Show when={scoringNow()}>
          {(now) => (
            <span class="muted">
              Scoring: {count(now().done)} {now().total ? `of ${count(now().total)} ` : ''}
              {now().what}
            </span>
          )}
        </Show>
        <button type="button" data-quiet class={styles.close} onClick={close}>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      <Switch>
        <Match when={items() && left() === 0}>
          <Done times={times()} waiting={items()?.length ?? 0} />
        </Match>
        <Match when={text()}>
          <div class={styles.columns}>
            <div class={styles.mail}>
              <p class={styles.to}>
                To{' '}
                <strong>
                  {known() ? `${known()?.firstName} ${known()?.lastName}`.trim() || known()?.email : '…'}
                </strong>
                <span class="muted">
                  {[known()?.title, known()?.account.name]
                    .filter(Boolean)
                    .map((part) => `, ${part}`)
                    .join('')}
                  {item()?.variant ? ` (${item()?.variant})` : ''}
                </span>
              </p>
              <input
                class={styles.subject}
                aria-label="Subject"
                value={subject()}
                readOnly={!isEditing()}
                onInput={(event) => setSubject(event.currentTarget.value)}
              />
              <MarkedText
                label="Mail"
                text={body()}
                marks={marks()}
                current={undefined}
                isReadOnly={!isEditing()}
                describedBy={reasonsId}
                onCurrent={() => {}}
                onInput={setBody}
              />
            </div>
            <div class={styles.reasons} id={reasonsId}>
              <Show when={score() !== undefined}>
                <p class={styles.score}>
                  <b>{score()}</b> of 100: how well it would fit anyone else
                  <Show when={(repeated() ?? 0) >= 0.5}>
                    <span class={styles.shape}>
                      Other drafts share {Math.round(100 * (repeated() ?? 0))} % of its shape.
                    </span>
                  </Show>
                </p>
              </Show>
              <Show when={worst()}>
                {(sentence) => (
                  <div class={styles.worst} data-look={lookOf(sentence())}>
                    <p class={styles.excerpt}>{report()?.is.text.slice(sentence().start, sentence().end)}</p>
                    <ul>
                      <For each={sentence().reasons.slice(0, 3)}>
                        {(reason) => <li>{reason.sentence}</li>}
                      </For>
                    </ul>
                  </div>
                )}
              </Show>
              <Evidence basis={origin()} signals={known()?.signals ?? []} />
              <Show when={text()} keyed>
                {(shown) => <Versions draftId={shown.id} drafts={drafts} onTake={take} />}
              </Show>
            </div>
          </div>
        </Match>
      </Switch>
      <footer class={styles.actions}>
        <Switch>
          <Match when={isEditing()}>
            <button type="button" data-primary onClick={() => void decide('accepted')}>
              Accept as changed <kbd>Ctrl Enter</kbd>
            </button>
            <button type="button" onClick={stopEditing}>
              Stop writing <kbd>Esc</kbd>
            </button>
          </Match>
          <Match when={true}>
            <button
              type="button"
              data-primary
              disabled={left() === 0}
              onClick={() => void decide('accepted')}
            >
              Accept <kbd>A</kbd>
            </button>
            <button type="button" disabled={left() === 0} onClick={edit}>
              Edit <kbd>E</kbd>
            </button>
            <button type="button" disabled={left() === 0} onClick={() => void decide('skipped')}>
              Skip <kbd>S</kbd>
            </button>
            <button type="button" data-quiet disabled={left() === 0} onClick={() => move(1)}>
              Next <kbd>N</kbd>
            </button>
            <button type="button" data-quiet disabled={at() === 0} onClick={() => move(-1)}>
              Back <kbd>P</kbd>
            </button>
            <button type="button" data-quiet disabled={decisions().length === 0} onClick={() => void undo()}>
              Undo <kbd>U</kbd>
            </button>
          </Match>
        </Switch>
        <span class={styles.said} role="status">
          {said()}
        </span>
      </footer>
      <p class={styles.pace}>
        <Pace times={times()} left={left()} />
      </p>
    </section>
  );
}

/** What was measured so far, and what that means for the rest. */
function Pace(props: { readonly times: ReviewTimes | undefined; readonly left: number }) {
  const decided = () => (props.times ? props.times.accepted + props.times.skipped : 0);
  return (
    <Show when={decided() > 0 && props.times}>
      {(times) => (
        <>
          {count(decided())} decided in {briefly(times().total / 60_000)}: half took less than{' '}
          {clock(times().median)}.{' '}
          <Show when={props.left > 0}>
            The {count(props.left)} left would take{' '}
            {briefly(((times().total / decided()) * props.left) / 60_000)}.
          </Show>
        </>
      )}
    </Show>
  );
}

function Done(props: { readonly times: ReviewTimes | undefined; readonly waiting: number }) {
  return (
    <div class={styles.done}>
      <Show
        when={props.times && props.times.accepted + props.times.skipped > 0 && props.times}
        fallback={<p>There is nothing to go through: no draft waits for a decision.</p>}
      >
        {(times) => (
          <>
            <p>
              Nothing is left. {count(times().accepted)} accepted, {count(times().edited)} of them with your
              changes; {count(times().skipped)} skipped.
            </p>
            <p class="muted">
              A draft of tier 2 takes you{' '}
              {(times().total / 60_000 / (times().accepted + times().skipped)).toFixed(1)} minutes here. Put
              that into the budget, in place of what it assumes.
            </p>
          </>
        )}
      </Show>
    </div>
  );
}
