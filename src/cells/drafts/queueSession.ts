import {
  type Accessor,
  batch,
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  onMount,
} from 'solid-js';
import type { ReviewTimes, Scoring, Services } from '../../boundary/services';
import { createLatest } from '../../ui/latest';
import { createStopwatch, type QueueItem, queueOf } from './queue';
import { clock } from './words';

/** A decision as it can be taken back. */
interface Decision {
  readonly item: QueueItem;
  readonly reviewId: number;
  /** The text before it was changed, where it was. */
  readonly before: { readonly subject: string; readonly body: string; readonly origin: string } | undefined;
}

type Options = {
  readonly cellId: string;
  readonly services: Pick<Services, 'drafting' | 'drafts'>;
  /** By which the worst come first; undefined until it is known. */
  scoring(): Scoring | undefined;
};

/**
 * Going through drafts one after another: which is shown, what it says now, how long it is looked at, what is decided
 * and taken back. Each step is in the database before the next draft shows.
 */
export function createQueueSession({ cellId, services, scoring }: Options) {
  const { drafting, drafts } = services;
  /** First those passed over, then the one that is shown, then those to come. */
  const [items, setItems] = createSignal<readonly QueueItem[]>();
  const [at, setAt] = createSignal(0);
  const [decisions, setDecisions] = createSignal<readonly Decision[]>([]);
  const [subject, setSubject] = createSignal('');
  const [body, setBody] = createSignal('');
  const [said, setSaid] = createSignal('');
  const [times, setTimes] = createSignal<ReviewTimes>();

  const item = createMemo(() => items()?.[at()]);
  const found = createLatest(item, (one) => drafts.get(one.draftId));
  const draft = createMemo(() => {
    const answer = found();
    return answer?.ok && answer.value.id === item()?.draftId ? answer.value : undefined;
  });
  const isEdited = () => {
    const kept = draft();
    return kept !== undefined && (kept.subject !== subject() || kept.body !== body());
  };

  // ------------------------------------------------------------ the order

  // Drafts that come in while the queue is open join it; scores put what is left in a new order.
  const waiting = createLatest(
    () => ({ revision: drafting.revision(), scoring: scoring() }),
    async (given) => {
      const all = await drafting.drafts(cellId);
      return all.ok ? queueOf(all.value, given.scoring) : undefined;
    },
  );
  createEffect(on(waiting, (order) => order && resort(order), { defer: true }));

  /** What was passed over and what is looked at stay in place; the rest is put in its new order. */
  function resort(order: readonly QueueItem[]) {
    const before = items() ?? [];
    const stays = new Set(order.map(({ draftId }) => draftId));
    const passed = before.slice(0, at()).filter(({ draftId }) => stays.has(draftId));
    const shown = before.slice(at(), at() + 1).filter(({ draftId }) => stays.has(draftId));
    const seen = new Set([...passed, ...shown].map(({ draftId }) => draftId));
    batch(() => {
      setItems([...passed, ...shown, ...order.filter(({ draftId }) => !seen.has(draftId))]);
      setAt(passed.length);
    });
  }

  /** Takes out those that are done: the next one that is not is shown. */
  function drop(isDone: (one: QueueItem) => boolean) {
    const before = items() ?? [];
    const passed = before.slice(0, at()).filter((one) => !isDone(one));
    batch(() => {
      setItems([...passed, ...before.slice(at()).filter((one) => !isDone(one))]);
      setAt(passed.length);
    });
  }

  function move(by: number) {
    setAt(Math.max(0, Math.min(at() + by, items()?.length ?? 0)));
  }

  // ------------------------------------------------------------ the time

  const watch = createStopwatch();
  const [elapsed, setElapsed] = createSignal(0);
  const ticking = setInterval(() => setElapsed(watch.read()), 250);
  const onVisibility = () => (document.hidden ? watch.pause() : watch.resume());
  onMount(() => {
    document.addEventListener('visibilitychange', onVisibility);
    void readTimes();
  });
  onCleanup(() => {
    clearInterval(ticking);
    document.removeEventListener('visibilitychange', onVisibility);
  });

  createEffect(
    on(draft, (shown) => {
      if (!shown) return;
      batch(() => {
        setSubject(shown.subject);
        setBody(shown.body);
        setElapsed(0);
      });
      watch.reset();
    }),
  );

  async function readTimes() {
    const read = await drafting.reviewTimes(cellId);
    if (read.ok) setTimes(read.value);
  }

  // ------------------------------------------------------------ deciding

  let busy = false;
  /** One step at a time, so that a key held down decides about what is seen; what is only told after it holds up none. */
  async function alone(step: () => Promise<string | undefined>): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      const sentence = await step();
      if (sentence !== undefined) setSaid(sentence);
    } finally {
      busy = false;
    }
  }

  const decide = (verdict: 'accepted' | 'skipped') =>
    alone(async () => {
      const [one, kept] = [item(), draft()];
      if (!one || !kept) return undefined;
      const edited = verdict === 'accepted' && isEdited();
      const milliseconds = watch.read();
      if (edited) {
        const origin = `${kept.origin.replace(/, changed$/, '')}, changed`;
        const changed = await drafts.change(kept.id, { subject: subject(), body: body(), origin });
        if (!changed.ok) return changed.failure.sentence;
      }
      const { draftId } = one;
      const review = await drafting.review(cellId, { draftId, verdict, isEdited: edited, milliseconds });
      if (!review.ok) return review.failure.sentence;
      const before = edited ? { subject: kept.subject, body: kept.body, origin: kept.origin } : undefined;
      setDecisions([...decisions(), { item: one, reviewId: review.value, before }]);
      // One mail is sent for each prospect and touch: where it is accepted, its other variants are done.
      drop(
        ({ draftId, prospectId, touch }) =>
          draftId === one.draftId ||
          (verdict === 'accepted' && prospectId === one.prospectId && touch === one.touch),
      );
      void readTimes();
      return `${verdict === 'skipped' ? 'Skipped' : edited ? 'Accepted with your changes' : 'Accepted'} after ${clock(milliseconds)}.`;
    });

  const undo = () =>
    alone(async () => {
      const last = decisions().at(-1);
      if (!last) return undefined;
      const undone = await drafting.undoReview(last.reviewId);
      if (!undone.ok) return undone.failure.sentence;
      if (last.before) {
        const back = await drafts.change(last.item.draftId, last.before);
        if (!back.ok) return back.failure.sentence;
      }
      setDecisions(decisions().slice(0, -1));
      const others = (items() ?? []).filter(({ draftId }) => draftId !== last.item.draftId);
      setItems(others.toSpliced(Math.min(at(), others.length), 0, last.item));
      void readTimes();
      return 'Taken back.';
    });

  /** Sets the draft aside, to be written anew by the next run. */
  const reopen = () =>
    alone(async () => {
      const one = item();
      if (!one) return undefined;
      const reopened = await drafting.reopen(cellId, Int32Array.of(one.draftId));
      if (!reopened.ok) return reopened.failure.sentence;
      drop(({ draftId }) => draftId === one.draftId);
      return 'Set aside, to be drafted again.';
    });

  return {
    /** False until it is known what waits. */
    isReady: () => items() !== undefined,
    item,
    /** The one that is shown, as it is kept; undefined while it is fetched and where nothing is left. */
    draft,
    subject,
    setSubject,
    body,
    setBody,
    isEdited,
    /** How many wait from here on, and how many were passed over. */
    left: () => Math.max(0, (items()?.length ?? 0) - at()),
    passedOver: at,
    decided: () => decisions().length,
    move,
    decide,
    undo,
    reopen,
    /** Milliseconds the one that is shown was looked at. */
    elapsed: elapsed as Accessor<number>,
    times,
    said,
    setSaid,
  };
}
