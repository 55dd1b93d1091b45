import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changeCell, moveCell, type NotebookDocument, removeCell } from '../../src/notebook/document';
import {
  type History,
  type HistoryStore,
  historyLength,
  openHistory,
  type Revision,
} from '../../src/notebook/history';
import { cell, notebook, wordKind } from './toy';

/** The store's contract over an array: what the database keeps, without the database. */
class ArrayStore implements HistoryStore {
  revisions: Revision[] = [];
  cursor = 0;
  calls: string[] = [];
  failure: { code: string; sentence: string } | undefined;

  async #do(call: string, change: () => void) {
    if (this.failure) return { ok: false, failure: this.failure } as const;
    this.calls.push(call);
    change();
    return { ok: true, value: undefined } as const;
  }
  async load() {
    const { revisions, cursor } = structuredClone({ revisions: this.revisions, cursor: this.cursor });
    return { ok: true, value: revisions.length > 0 ? { revisions, cursor } : undefined } as const;
  }
  append(revision: Revision) {
    return this.#do(`append ${revision.seq}`, () => {
      this.revisions = [...this.revisions.filter(({ seq }) => seq < revision.seq), structuredClone(revision)];
      this.cursor = revision.seq;
    });
  }
  moveCursor(seq: number) {
    return this.#do(`cursor ${seq}`, () => {
      this.cursor = seq;
    });
  }
  prune(keep: number) {
    return this.#do(`prune ${keep}`, () => {
      this.revisions = this.revisions.slice(-keep);
    });
  }
}

const fresh = notebook(
  cell('a', 'word', { word: 'one' }),
  cell('b', 'word', { word: 'two' }),
  cell('c', 'word'),
);

async function open(store: HistoryStore, document: NotebookDocument = fresh): Promise<History> {
  const opened = await openHistory({ store, kinds: [wordKind], fresh: document });
  if (!opened.ok) throw new Error(opened.failure.sentence);
  return opened.value;
}

const type = (history: History, word: string) =>
  history.edit('Edit a', (document) => changeCell(document, 'a', { params: { word } }), 'a:word');
const word = (history: History) => history.document().cells.find(({ id }) => id === 'a')?.params.word;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('undo and redo', () => {
  it('walk every kind of edit, each with its name', async () => {
    const history = await open(new ArrayStore());
    const seen = [history.document()];
    const edit = (step: string, change: (document: NotebookDocument) => NotebookDocument) => {
      history.edit(step, change);
      seen.push(history.document());
    };
    edit('Delete b', (document) => removeCell(document, 'b'));
    edit('Move a', (document) => moveCell(document, 'a', 1));
    edit('Title', (document) => ({ ...document, title: 'Better' }));
    expect(history.undoStep()).toBe('Title');
    for (const step of ['Title', 'Move a', 'Delete b'])
      expect(history.undo()).toEqual({ ok: true, value: step });
    expect(history.document()).toEqual(seen[0]);
    expect(history.undo()).toEqual({ ok: true, value: undefined });
    for (const step of ['Delete b', 'Move a', 'Title'])
      expect(history.redo()).toEqual({ ok: true, value: step });
    expect(history.document()).toEqual(seen[3]);
    expect(history.redoStep()).toBeUndefined();
  });

  it('take no step for an edit that changes nothing', async () => {
    const history = await open(new ArrayStore());
    history.edit('Nothing', (document) => moveCell(document, 'a', -1));
    expect(history.undoStep()).toBeUndefined();
  });

  it('make one step of typing, another after a pause', async () => {
    const history = await open(new ArrayStore());
    for (const text of ['o', 'on', 'once']) {
      vi.advanceTimersByTime(200);
      type(history, text);
    }
    vi.advanceTimersByTime(1500);
    type(history, 'once more');
    history.undo();
    expect(word(history)).toBe('once');
    history.undo();
    expect(word(history)).toBe('one');
  });

  it('do not merge typing into the step before it, nor over an undo', async () => {
    const history = await open(new ArrayStore());
    history.edit('Delete b', (document) => removeCell(document, 'b'));
    type(history, 'x');
    history.undo();
    type(history, 'y');
    expect(history.document().cells).toHaveLength(2);
    history.undo();
    expect(word(history)).toBe('one');
  });
});

describe('across a reload', () => {
  it('everything comes back: the document, the steps before and those after', async () => {
    const store = new ArrayStore();
    const first = await open(store);
    first.edit('Delete b', (document) => removeCell(document, 'b'));
    first.edit('Delete c', (document) => removeCell(document, 'c'));
    first.undo();
    await first.flush();
    const second = await open(store, notebook());
    expect(second.document()).toEqual(first.document());
    expect([second.undoStep(), second.redoStep()]).toEqual(['Delete b', 'Delete c']);
    second.undo();
    expect(second.document()).toEqual(fresh);
    second.redo();
    second.redo();
    expect(second.document().cells.map(({ id }) => id)).toEqual(['a']);
  });

  it('holds for any line of edits, undos, redos and reloads', async () => {
    vi.useRealTimers();
    const action = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), word: fc.string() }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
      fc.record({ do: fc.constant('reload' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        const store = new ArrayStore();
        let history = await open(store);
        /** The plain model: a line of words and a place in it. */
        let line: unknown[] = ['one'];
        let at = 0;
        for (const step of actions) {
          if (step.do === 'edit') {
            history.edit('Edit', (document) => changeCell(document, 'a', { params: { word: step.word } }));
            line = [...line.slice(0, at + 1), step.word];
            at++;
          } else if (step.do === 'undo') {
            history.undo();
            at = Math.max(0, at - 1);
          } else if (step.do === 'redo') {
            history.redo();
            at = Math.min(line.length - 1, at + 1);
          } else {
            await history.flush();
            history = await open(store, notebook());
          }
          expect(word(history)).toBe(line[at]);
          expect([history.undoStep() === undefined, history.redoStep() === undefined]).toEqual([
            at === 0,
            at === line.length - 1,
          ]);
        }
        await history.flush();
      }),
      { numRuns: 200 },
    );
  });

  it('keeps the last 200, and drops the oldest', async () => {
    const store = new ArrayStore();
    const history = await open(store);
    for (let i = 0; i < historyLength + 50; i++)
      history.edit(`Edit ${i}`, (document) => changeCell(document, 'a', { params: { word: `${i}` } }));
    await history.flush();
    expect(store.revisions).toHaveLength(historyLength);
    const reopened = await open(store);
    let steps = 0;
    for (const one of [history, reopened]) {
      for (steps = 0; one.undoStep() !== undefined; steps++) one.undo();
      expect(steps).toBe(historyLength - 1);
    }
    expect(word(reopened)).toBe('50');
  });

  it('refuses a document of a later version and leaves it as it is', async () => {
    const store = new ArrayStore();
    store.revisions = [
      { seq: 1, step: 'Start', text: 'touchstone notebook 99\n', at: '2026-01-01T00:00:00Z' },
    ];
    store.cursor = 1;
    const opened = await openHistory({ store, kinds: [], fresh });
    expect(opened).toMatchObject({ ok: false, failure: { code: 'notebook-newer' } });
    expect(store.calls).toEqual([]);
  });
});

describe('saving', () => {
  it('waits for a moment of quiet, and writes typing once', async () => {
    const store = new ArrayStore();
    const history = await open(store);
    await history.flush();
    store.calls = [];
    for (const text of ['o', 'on', 'onc', 'once']) {
      type(history, text);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(store.calls).toEqual([]);
    expect(history.saving().state).toBe('pending');
    await vi.advanceTimersByTimeAsync(500);
    expect(store.calls).toEqual(['append 2']);
    expect(store.revisions.at(-1)?.text).toContain('once');
    expect(history.saving().state).toBe('saved');
  });

  it('does not wait for ever while typing goes on', async () => {
    const store = new ArrayStore();
    const history = await open(store);
    for (let i = 0; i < 60; i++) {
      type(history, `${i}`);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(store.revisions.at(-1)?.text).toMatch(/\| \d+/);
    expect(store.revisions.at(-1)?.seq).toBe(2);
  });

  it('says that it failed, keeps what is unsaved, and tries again', async () => {
    const store = new ArrayStore();
    const history = await open(store);
    await history.flush();
    store.failure = { code: 'full', sentence: 'The disk is full.' };
    history.edit('Delete b', (document) => removeCell(document, 'b'));
    await history.flush();
    expect(history.saving()).toEqual({ state: 'failed', failure: store.failure });
    store.failure = undefined;
    history.edit('Delete c', (document) => removeCell(document, 'c'));
    await history.flush();
    expect(history.saving().state).toBe('saved');
    expect(store.revisions.map(({ step }) => step)).toEqual(['Start', 'Delete b', 'Delete c']);
  });

  it('keeps order when edits come while a write is under way', async () => {
    const store = new ArrayStore();
    const history = await open(store);
    history.edit('Delete b', (document) => removeCell(document, 'b'));
    const writing = history.flush();
    history.undo();
    history.edit('Delete c', (document) => removeCell(document, 'c'));
    await writing;
    await history.flush();
    expect(store.revisions.map(({ step }) => step)).toEqual(['Start', 'Delete c']);
    expect(store.cursor).toBe(2);
    expect((await open(store)).document()).toEqual(history.document());
  });
});
