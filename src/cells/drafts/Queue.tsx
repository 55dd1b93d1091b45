import { createEffect, createSignal, createUniqueId, Match, on, onMount, Show, Switch } from 'solid-js';
import type { DraftRequest, OutdatedDraft, Services } from '../../boundary/services';
import { createLatest } from '../../ui/latest';
import { MarkedText } from '../../ui/MarkedText';
import { Evidence } from './Evidence';
import { createLiveScore } from './liveScore';
import { Done, Pace } from './Pace';
import styles from './Queue.module.css';
import { createQueueSession } from './queueSession';
import { ScoreBeside } from './ScoreBeside';
import { Versions } from './Versions';
import writing from './Writing.module.css';
import { clock, count, outdatedWords } from './words';

interface Props {
  readonly cellId: string;
  readonly request: DraftRequest;
  /** All prospects of the cell: whom a draft must not fit. */
  readonly pool: Int32Array;
  readonly hasVoice: boolean;
  readonly services: Services;
  /** Drafts whose research has changed since they were written. */
  readonly outdated: readonly OutdatedDraft[];
  /** Drafts were set aside to be written anew. */
  onReopened(): void;
  /** `hasDecided`: drafts were accepted, changed or skipped. */
  onClose(hasDecided: boolean): void;
}

/** What a tier-2 draft should take, in milliseconds. */
const target = 30_000;

/** Drafts one after another, worst first, by keys alone, each timed. */
export function Queue(props: Props) {
  const { drafting, drafts, scores, prospects } = props.services;
  const reasonsId = createUniqueId();
  let region!: HTMLElement;
  const [isEditing, setEditing] = createSignal(false);
  const session = createQueueSession({
    cellId: props.cellId,
    services: props.services,
    scoring: () => live.scoring(),
  });
  const live = createLiveScore(
    scores,
    () => ({
      cellId: props.cellId,
      ids: props.pool,
      withVoice: props.hasVoice,
      offer: props.request.offer.trim(),
      day: props.request.day,
    }),
    () => {
      const shown = session.draft();
      return (
        shown && {
          draftId: shown.id,
          prospectId: shown.prospectId,
          kept: shown.body,
          body: session.body(),
        }
      );
    },
  );
  createEffect(on(session.draft, (shown) => shown && setEditing(false)));

  const person = createLatest(session.item, (one) => prospects.get(one.prospectId));
  const known = () => {
    const found = person();
    return found?.ok ? found.value : undefined;
  };
  const answer = createLatest(session.item, (one) => drafting.basis(one.draftId));
  const basis = () => {
    const found = answer();
    return found?.ok ? found.value : undefined;
  };
  const outdated = () => props.outdated.find(({ draftId }) => draftId === session.item()?.draftId);

  onMount(async () => {
    focus();
    region.scrollIntoView({ block: 'start' });
    const failure = await live.begin();
    if (failure) session.setSaid(`Not scored: ${failure}`);
  });

  // ------------------------------------------------------------ by keys

  function focus() {
    region.focus({ preventScroll: true });
  }

  async function accept() {
    await session.decide('accepted');
    focus();
  }

  async function skip() {
    await session.decide('skipped');
    focus();
  }

  async function undo() {
    await session.undo();
    focus();
  }

  async function again() {
    if (!outdated()) return;
    await session.reopen();
    focus();
    props.onReopened();
  }

  function move(by: number) {
    session.move(by);
    focus();
  }

  function close() {
    props.onClose(session.decided() > 0);
  }

  function edit() {
    setEditing(true);
    // Where there is most to mend.
    const place = live.worst()?.start ?? 0;
    queueMicrotask(() => {
      const field = region.querySelector('textarea');
      field?.focus();
      field?.setSelectionRange(place, place);
    });
  }

  function stopEditing() {
    setEditing(false);
    focus();
  }

  function take(version: { readonly subject: string; readonly body: string }) {
    session.setSubject(version.subject);
    session.setBody(version.body);
    edit();
  }

  function onKeyDown(event: KeyboardEvent) {
    const isTyping = event.target instanceof HTMLElement && event.target.matches('textarea, input');
    const isMod = event.ctrlKey || event.metaKey;
    const act =
      isTyping && isEditing()
        ? { Escape: stopEditing, ...(isMod && { Enter: accept }) }[event.key]
        : isMod || event.altKey
          ? undefined
          : {
              Enter: event.target === region ? accept : undefined,
              a: accept,
              e: edit,
              s: skip,
              n: () => move(1),
              j: () => move(1),
              p: () => move(-1),
              k: () => move(-1),
              u: undo,
              d: again,
              Escape: close,
            }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    void act();
  }

  return (
    <section
      ref={region}
      class={styles.queue}
      tabindex="-1"
      aria-label="Drafts to go through"
      on:keydown={onKeyDown}
    >
      <header class={writing.actions}>
        <span class={styles.left}>{count(session.left())} left</span>
        <span class={styles.clock} data-late={session.elapsed() > target ? '' : undefined}>
          <span class="unseen">Looked at for </span>
          {clock(session.elapsed())}
          <span class="muted"> of {clock(target)}</span>
        </span>
        <progress
          class={styles.time}
          aria-label="Time for this draft"
          max={target}
          value={Math.min(target, session.elapsed())}
        />
        <Show when={live.progress()}>
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
        <Match when={session.isReady() && session.left() === 0}>
          <Done times={session.times()} passedOver={session.passedOver()} />
        </Match>
        <Match when={session.draft()}>
          <div class={writing.columns}>
            <div class={writing.mail}>
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
                  {props.request.variants.length > 1 ? ` (${session.item()?.variant})` : ''}
                </span>
              </p>
              <input
                class={`${writing.subject} ${styles.subject}`}
                aria-label="Subject"
                value={session.subject()}
                readOnly={!isEditing()}
                onInput={(event) => session.setSubject(event.currentTarget.value)}
              />
              <MarkedText
                label="Mail"
                text={session.body()}
                marks={live.marks()}
                current={undefined}
                isReadOnly={!isEditing()}
                describedBy={reasonsId}
                onCurrent={() => {}}
                onInput={session.setBody}
              />
            </div>
            <div class={writing.beside} id={reasonsId}>
              <Show when={outdated()}>
                {(one) => (
                  <p class={styles.outdated}>
                    {outdatedWords(one())}{' '}
                    <button type="button" onClick={() => void again()}>
                      Draft again <kbd>D</kbd>
                    </button>
                  </p>
                )}
              </Show>
              <ScoreBeside live={live} />
              <Evidence basis={basis()} signals={known()?.signals ?? []} />
              <Show when={session.draft()} keyed>
                {(shown) => <Versions draftId={shown.id} drafts={drafts} onTake={take} />}
              </Show>
            </div>
          </div>
        </Match>
      </Switch>
      <footer class={`${writing.actions} ${styles.keys}`}>
        <Switch>
          <Match when={isEditing()}>
            <button type="button" data-primary onClick={() => void accept()}>
              Accept as changed <kbd>Ctrl Enter</kbd>
            </button>
            <button type="button" onClick={stopEditing}>
              Stop writing <kbd>Esc</kbd>
            </button>
          </Match>
          <Match when={true}>
            <button type="button" data-primary disabled={session.left() === 0} onClick={() => void accept()}>
              Accept <kbd>A</kbd>
            </button>
            <button type="button" disabled={session.left() === 0} onClick={edit}>
              Edit <kbd>E</kbd>
            </button>
            <button type="button" disabled={session.left() === 0} onClick={() => void skip()}>
              Skip <kbd>S</kbd>
            </button>
            <button type="button" data-quiet disabled={session.left() === 0} onClick={() => move(1)}>
              Next <kbd>N</kbd>
            </button>
            <button type="button" data-quiet disabled={session.passedOver() === 0} onClick={() => move(-1)}>
              Back <kbd>P</kbd>
            </button>
            <button type="button" data-quiet disabled={session.decided() === 0} onClick={() => void undo()}>
              Undo <kbd>U</kbd>
            </button>
          </Match>
        </Switch>
        <span class={styles.said} role="status">
          {session.said()}
        </span>
      </footer>
      <p class={styles.pace}>
        <Pace times={session.times()} left={session.left()} />
      </p>
    </section>
  );
}
