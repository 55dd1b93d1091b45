import type { NotebookDocument } from './document';
import { parseNotebook, printNotebook, type TextParams } from './file';
import type { CellFailure, RunResult } from './kind';

/** One state of the document, and the step that led to it. */
export interface Revision {
  /** Counts up along the line of undo; a new step after an undo takes the number of the one it replaces. */
  readonly seq: number;
  /** What was done, in the rep's words: "Delete clusters". */
  readonly step: string;
  /** The whole document as `file.ts` prints it. */
  readonly text: string;
  /** ISO instant. */
  readonly at: string;
}

/** Where revisions are kept. Each call is whole or fails; they come one at a time, in order. */
export interface HistoryStore {
  /** What is kept, oldest first, and the `seq` of the current one; undefined where nothing is. */
  load(): Promise<
    RunResult<{ readonly revisions: readonly Revision[]; readonly cursor: number } | undefined>
  >;
  /** Drops every revision with the same or a greater `seq`, adds this one and makes it the current. */
  append(revision: Revision): Promise<RunResult<unknown>>;
  moveCursor(seq: number): Promise<RunResult<unknown>>;
  /** Drops the oldest, so that this many are left. */
  prune(keep: number): Promise<RunResult<unknown>>;
}

export interface HistoryOptions {
  readonly store: HistoryStore;
  readonly kinds: TextParams;
  /** The document where the store holds none. */
  readonly fresh: NotebookDocument;
  /** Milliseconds of quiet before a change is written down. */
  readonly saveAfter?: number;
}

/** How many steps can be undone. */
export const historyLength = 200;

/** Edits of the same text within this many milliseconds are one step. */
const mergeWithin = 1000;
const saveWithin = 5000;

export type Saving =
  | { readonly state: 'saved' }
  | { readonly state: 'pending' }
  | { readonly state: 'failed'; readonly failure: CellFailure };

interface Kept {
  readonly seq: number;
  readonly step: string;
  readonly at: string;
  /** Parsed from `text` when first needed. */
  document?: NotebookDocument;
  /** Printed from `document` when first saved. */
  text?: string;
}

type Writing = { readonly append: Kept } | { readonly cursor: number };

/**
 * Opens the document with its history. Fails where the store does, or where the current revision can't be read (it is
 * of a later version); nothing is changed then.
 */
export async function openHistory(options: HistoryOptions): Promise<RunResult<History>> {
  const loaded = await options.store.load();
  if (!loaded.ok) return loaded;
  if (!loaded.value) return { ok: true, value: new History(options, [], 0) };
  const { revisions, cursor } = loaded.value;
  const at = revisions.findIndex(({ seq }) => seq === cursor);
  const current = revisions[at];
  if (!current) throw new Error(`The history's cursor ${cursor} points at no revision.`);
  const document = parseNotebook(current.text);
  if (!document.ok) return document;
  const kept = revisions.map(
    (one, i): Kept => (i === at ? { ...one, document: document.value } : { ...one }),
  );
  return { ok: true, value: new History(options, kept, at) };
}

/** The document that is open, every state it was in, and their way into the store. */
export class History {
  readonly #options: HistoryOptions;
  readonly #listeners = new Set<() => void>();
  readonly #queue: Writing[] = [];
  #revisions: Kept[];
  #at: number;
  #document: NotebookDocument;
  #saving: Saving = { state: 'saved' };
  /** What the last edit may be merged with, until when. */
  #merge: { readonly key: string; readonly until: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsavedSince: number | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** Use {@link openHistory}. */
  constructor(options: HistoryOptions, revisions: Kept[], at: number) {
    this.#options = options;
    this.#revisions = revisions;
    this.#at = at;
    this.#document = revisions[at]?.document ?? options.fresh;
    if (revisions.length === 0) this.#append('Start', this.#document);
  }

  document(): NotebookDocument {
    return this.#document;
  }

  saving(): Saving {
    return this.#saving;
  }

  /** The step that undo would take back, in the rep's words; undefined at the beginning. */
  undoStep(): string | undefined {
    return this.#at > 0 ? this.#revisions[this.#at]?.step : undefined;
  }

  redoStep(): string | undefined {
    return this.#revisions[this.#at + 1]?.step;
  }

  /** Calls back after every change of the document or of how it is saved. Answers how to stop it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * One step. A change that answers the same document is none. Edits with the same `merge` key that follow each other
   * quickly (typing) become one step.
   */
  edit(step: string, change: (document: NotebookDocument) => NotebookDocument, merge?: string): void {
    const next = change(this.#document);
    if (next === this.#document) return;
    const now = Date.now();
    const isMerged = merge !== undefined && this.#merge?.key === merge && now < this.#merge.until;
    this.#merge = merge === undefined ? undefined : { key: merge, until: now + mergeWithin };
    if (isMerged) this.#at--;
    this.#document = next;
    this.#append(step, next);
    this.#tell();
  }

  /** Goes back one step and answers which; undefined where there is none. Fails where the older text can't be read. */
  undo(): RunResult<string | undefined> {
    return this.#goTo(this.#at - 1, this.undoStep());
  }

  redo(): RunResult<string | undefined> {
    return this.#goTo(this.#at + 1, this.redoStep());
  }

  /** Writes down at once what is not saved yet; for when the page is hidden or closed. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#unsavedSince = undefined;
    const write = () => this.#write();
    // A bug in one write must not end all later ones.
    this.#writing = this.#writing.then(write, write);
    await this.#writing;
  }

  #goTo(at: number, step: string | undefined): RunResult<string | undefined> {
    const revision = this.#revisions[at];
    if (step === undefined || !revision) return { ok: true, value: undefined };
    if (!revision.document) {
      const parsed = parseNotebook(revision.text ?? '');
      if (!parsed.ok) return parsed;
      revision.document = parsed.value;
    }
    this.#at = at;
    this.#merge = undefined;
    this.#document = revision.document;
    this.#enqueue({ cursor: revision.seq });
    this.#tell();
    return { ok: true, value: step };
  }

  /** Puts a revision after the current one, in place of all that were there. */
  #append(step: string, document: NotebookDocument): void {
    const before = this.#revisions.slice(0, this.#at + 1);
    const seq = (before.at(-1)?.seq ?? 0) + 1;
    const revision: Kept = { seq, step, document, at: new Date().toISOString() };
    this.#revisions = [...before, revision].slice(-historyLength);
    this.#at = this.#revisions.length - 1;
    this.#enqueue({ append: revision });
  }

  #enqueue(writing: Writing): void {
    const last = this.#queue.at(-1);
    const isReplaced =
      last &&
      ('cursor' in writing ? 'cursor' in last : 'append' in last && last.append.seq === writing.append.seq);
    if (isReplaced) this.#queue.pop();
    this.#queue.push(writing);
    this.#saving = { state: 'pending' };
    this.#schedule();
  }

  /** Saves after a moment of quiet, but not later than `saveWithin` after the first unsaved change. */
  #schedule(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    this.#unsavedSince ??= now;
    const wait = Math.min(this.#options.saveAfter ?? 400, this.#unsavedSince + saveWithin - now);
    this.#timer = setTimeout(() => void this.flush(), Math.max(0, wait));
  }

  async #write(): Promise<void> {
    const { store, kinds } = this.#options;
    const isPruned = this.#queue.some((writing) => 'append' in writing && writing.append.seq > historyLength);
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      const written = await ('cursor' in next
        ? store.moveCursor(next.cursor)
        : store.append(storedRevision(next.append, kinds)));
      if (!written.ok) return this.#showSaving({ state: 'failed', failure: written.failure });
      if (this.#queue[0] === next) this.#queue.shift();
    }
    if (isPruned) {
      const pruned = await store.prune(historyLength);
      if (!pruned.ok) return this.#showSaving({ state: 'failed', failure: pruned.failure });
    }
    if (this.#queue.length === 0) this.#showSaving({ state: 'saved' });
  }

  #showSaving(saving: Saving): void {
    this.#saving = saving;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function storedRevision(kept: Kept, kinds: TextParams): Revision {
  if (kept.text === undefined) {
    if (!kept.document) throw new Error(`Revision ${kept.seq} has neither a document nor its text.`);
    kept.text = printNotebook(kept.document, kinds);
  }
  const { seq, step, text, at } = kept;
  return { seq, step, text, at };
}
