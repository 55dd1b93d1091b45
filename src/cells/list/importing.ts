import { type Accessor, batch, createSignal, onCleanup } from 'solid-js';
import type { Job, Lists, StoredList } from '../../boundary/services';
import {
  defaultChoices,
  type ImportChoices,
  type ListPreview,
  type Mapping,
  type ReadList,
} from '../../domain/list';
import { type Failure, fail, type Result } from '../../domain/result';
import type { Progress } from '../../notebook/kind';

/** A list that was read and waits for the rep's word. */
export interface Review {
  readonly list: ReadList;
  readonly choices: ImportChoices;
  /** The last preview; it stays while a newer one is made. */
  readonly preview: ListPreview | undefined;
}

export type ListFile = File | { readonly name: string; readonly text: string };

export interface Work {
  readonly since: number;
  readonly progress: Progress | undefined;
}

export interface Import {
  review: Accessor<Review | undefined>;
  failure: Accessor<Failure | undefined>;
  isBusy: Accessor<boolean>;
  /** Whether the list is on its way into the workbench: nothing may change under it. */
  isStoring: Accessor<boolean>;
  /** Work that has lasted long enough to be shown. */
  work: Accessor<Work | undefined>;
  read(file: ListFile): Promise<void>;
  setHeader(hasHeader: boolean): Promise<void>;
  choose(choices: ImportChoices): Promise<void>;
  store(): Promise<void>;
  stop(): void;
  /** Lets go of the list that was read; nothing of it is kept. */
  leave(): void;
}

/** What passes sooner is not shown, so that nothing flickers. */
const calm = 300;

/** The way of a list into the workbench: read, looked at, stored. Only the last step changes anything. */
export function createImport(lists: Lists, onStored: (list: StoredList) => void): Import {
  const [review, setReview] = createSignal<Review>();
  const [failure, setFailure] = createSignal<Failure>();
  const [running, setRunning] = createSignal<AbortController>();
  const [since, setSince] = createSignal<number>();
  const [progress, setProgress] = createSignal<Progress>();
  const [isStoring, setStoring] = createSignal(false);

  /**
   * Runs one piece of work at a time: a newer one stops the older, whose answer is dropped. Answers undefined where
   * nothing came of it; why is said, unless it was stopped.
   */
  async function attempt<T>(work: (job: Job) => Promise<Result<T>>): Promise<T | undefined> {
    running()?.abort();
    const controller = new AbortController();
    const began = performance.now();
    const isCurrent = () => running() === controller;
    const timer = setTimeout(() => isCurrent() && setSince(began), calm);
    batch(() => {
      setRunning(controller);
      setSince(undefined);
      setProgress(undefined);
      setFailure(undefined);
    });
    const result = await work({
      signal: controller.signal,
      progress: (next) => isCurrent() && setProgress(next),
    }).catch(faultOf);
    clearTimeout(timer);
    if (!isCurrent()) return undefined;
    batch(() => {
      setRunning(undefined);
      setSince(undefined);
      if (!result.ok && result.failure.code !== 'cancelled') setFailure(result.failure);
    });
    return result.ok ? result.value : undefined;
  }

  async function preview(list: ReadList, choices: ImportChoices): Promise<void> {
    setReview({ list, choices, preview: review()?.preview });
    const made = await attempt((job) => lists.preview(list.handle, choices, job));
    if (made && review()?.list === list) setReview({ list, choices, preview: made });
  }

  function leave(): void {
    running()?.abort();
    const held = review()?.list.handle;
    batch(() => {
      setRunning(undefined);
      setSince(undefined);
      setReview(undefined);
    });
    if (held !== undefined) lists.discard(held);
  }

  onCleanup(leave);

  return {
    review,
    failure,
    isBusy: () => running() !== undefined,
    isStoring,
    work: () => {
      const began = since();
      return began === undefined ? undefined : { since: began, progress: progress() };
    },

    async read(file) {
      const list = await attempt((job) => lists.read(file, job));
      if (!list) return;
      // Only now: a file that can't be read takes nothing away.
      leave();
      await preview(list, defaultChoices(list.mapping));
    },

    async setHeader(hasHeader) {
      const held = review();
      if (!held) return;
      const list = await attempt((job) => lists.withHeader(held.list.handle, hasHeader, job));
      if (list) await preview(list, { ...held.choices, mapping: list.mapping, flipped: [] });
    },

    async choose(choices) {
      const held = review();
      if (!held) return;
      // Other columns make other groups, which the old exceptions say nothing of.
      const isSame = sameMapping(held.choices.mapping, choices.mapping);
      await preview(held.list, isSame ? choices : { ...choices, flipped: [] });
    },

    async store() {
      const held = review();
      if (!held) return;
      setStoring(true);
      const stored = await attempt((job) => lists.import(held.list.handle, held.choices, job));
      setStoring(false);
      if (!stored) return;
      setReview(undefined);
      onStored(stored);
    },

    stop: () => running()?.abort(),
    leave,
  };
}

/** An error that should not have happened: said, logged, and over. */
function faultOf(error: unknown): Result<never> {
  console.error('Importing a list failed:', error);
  const what = error instanceof Error ? error.message : String(error);
  return fail(
    'list-fault',
    `This could not be done because of a fault in Touchstone (${what}). Nothing was changed. Try again with the same file.`,
  );
}

function sameMapping(a: Mapping, b: Mapping): boolean {
  return a.length === b.length && a.every((field, i) => field === b[i]);
}
