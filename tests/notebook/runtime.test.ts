import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeCell,
  type DocumentCell,
  insertCell,
  type NotebookDocument,
  removeCell,
  renameCell,
} from '../../src/notebook/document';
import type { AnyCellKind, CellOutput } from '../../src/notebook/kind';
import { Runtime, type RuntimeOptions } from '../../src/notebook/runtime';
import {
  cell,
  dearKind,
  looseKind,
  type NumberOutput,
  notebook,
  numberKind,
  slowKind,
  sumKind,
  type ToyServices,
  wordKind,
} from './toy';

const kinds = [numberKind, sumKind, slowKind, dearKind, looseKind, wordKind].map(
  (kind) => kind as unknown as AnyCellKind<ToyServices>,
);

/** A notebook of toys that runs, and what a test wants to know of it. */
function open(document: NotebookDocument, options: Partial<RuntimeOptions<ToyServices>> = {}) {
  const gates: { readonly id: string; readonly signal: AbortSignal; open(): void }[] = [];
  const services: ToyServices = {
    log: [],
    gate: (id, signal) => new Promise<void>((resolve) => gates.push({ id, signal, open: resolve })),
  };
  const errors: unknown[] = [];
  const runtime = new Runtime<ToyServices>({
    kinds,
    services,
    document,
    log: (error) => errors.push(error),
    pause: () => Promise.resolve(),
    ...options,
  });
  const state = (id: string) => runtime.cell(id)?.status.state;
  const value = (id: string) => (runtime.cell(id)?.output as NumberOutput | undefined)?.value;
  const sentence = (id: string) => {
    const status = runtime.cell(id)?.status;
    if (status?.state === 'failed') return status.failure.sentence;
    return status && 'sentence' in status ? status.sentence : undefined;
  };
  return {
    runtime,
    services,
    gates,
    errors,
    state,
    value,
    sentence,
    runs: () => services.log.map(({ id }) => id),
  };
}

/** Lets everything that needs no gate come to rest. */
async function rest(): Promise<void> {
  for (let i = 0; i < 100; i++) await Promise.resolve();
}

const chain = notebook(
  cell('c', 'sum', { plus: 100 }, { a: 'b' }),
  cell('b', 'sum', { plus: 10 }, { a: 'a' }),
  cell('a', 'number', { value: 1 }),
);

describe('running', () => {
  it('goes from sources to what they feed, and starts only when told', async () => {
    const { runtime, runs, value, state } = open(chain);
    await rest();
    expect(runs()).toEqual([]);
    expect(state('a')).toBe('idle');
    runtime.start();
    await rest();
    expect(runs()).toEqual(['a', 'b', 'c']);
    expect([value('a'), value('b'), value('c')]).toEqual([1, 11, 111]);
    expect(runtime.cell('c')?.headline).toBe('makes 111');
  });

  it('runs again what an edit touches, and nothing else', async () => {
    const document = { ...chain, cells: [...chain.cells, cell('other', 'number', { value: 5 })] };
    const { runtime, runs, value } = open(document);
    runtime.start();
    await rest();
    runtime.setDocument(changeCell(document, 'b', { params: { plus: 20 } }));
    await rest();
    expect(runs()).toEqual(['a', 'other', 'b', 'c', 'b', 'c']);
    expect(value('c')).toBe(121);
  });

  it('reruns nothing for a name, a place, a fold, or a setting of the view', async () => {
    const { runtime, services } = open(chain);
    runtime.start();
    await rest();
    const before = services.log.length;
    let document = renameCell(chain, 'a', 'start');
    document = { ...document, cells: document.cells.toReversed() };
    document = changeCell(document, 'b', { collapsed: true });
    document = changeCell(document, 'a', { params: { value: 1, shade: 'blue' } });
    runtime.setDocument(document);
    await rest();
    expect(services.log.length).toBe(before);
    expect(runtime.cell('a')?.params).toMatchObject({ shade: 'blue' });
  });

  it('runs again what watches a thing that changed outside, and what depends on it', async () => {
    const watching = kinds.map((kind) => (kind.kind === 'number' ? { ...kind, watches: ['weather'] } : kind));
    const document = { ...chain, cells: [...chain.cells, cell('w', 'word', { word: 'x' })] };
    const { runtime, runs } = open(document, { kinds: watching });
    runtime.start();
    await rest();
    const before = runs().length;
    runtime.changed('tides');
    await rest();
    expect(runs().slice(before)).toEqual([]);
    runtime.changed('weather');
    await rest();
    expect(runs().slice(before)).toEqual(['a', 'b', 'c']);
  });

  it('treats a document read again from text as unchanged', async () => {
    const { runtime, services } = open(chain);
    runtime.start();
    await rest();
    const before = services.log.length;
    runtime.setDocument(structuredClone(chain));
    await rest();
    expect(services.log.length).toBe(before);
  });

  it('keeps the inputs the same object while they are the same', async () => {
    const { runtime } = open(chain);
    runtime.start();
    await rest();
    const inputs = runtime.cell('c')?.inputs;
    runtime.setDocument(changeCell(chain, 'c', { params: { plus: 1 } }));
    await rest();
    expect(runtime.cell('c')?.inputs).toBe(inputs);
    expect(inputs).toEqual({ a: runtime.cell('b')?.output });
  });
});

describe('a superseded run', () => {
  const document = notebook(cell('a', 'number', { value: 1 }), cell('s', 'slow', { plus: 10 }, { a: 'a' }));

  it('is aborted and never publishes, in whatever order the runs end', async () => {
    const { runtime, gates, value, state } = open(document);
    runtime.start();
    await rest();
    runtime.setDocument(changeCell(document, 's', { params: { plus: 20 } }));
    await rest();
    expect(gates.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    gates[1]?.open();
    await rest();
    expect(value('s')).toBe(21);
    gates[0]?.open();
    await rest();
    expect(value('s')).toBe(21);
    expect(state('s')).toBe('done');
  });

  it('does not publish when its source changed', async () => {
    const { runtime, gates, value } = open(document);
    runtime.start();
    await rest();
    runtime.setDocument(changeCell(document, 'a', { params: { value: 2 } }));
    await rest();
    for (const gate of gates) gate.open();
    await rest();
    expect(gates[0]?.signal.aborted).toBe(true);
    expect(value('s')).toBe(12);
  });

  it('does not publish when its cell is gone', async () => {
    const { runtime, gates } = open(document);
    runtime.start();
    await rest();
    runtime.setDocument(removeCell(document, 's'));
    gates[0]?.open();
    await rest();
    expect(gates[0]?.signal.aborted).toBe(true);
    expect(runtime.cell('s')).toBeUndefined();
  });

  it('leaves the last output where it is until the new one comes', async () => {
    const { runtime, gates, value, state } = open(document);
    runtime.start();
    await rest();
    gates[0]?.open();
    await rest();
    runtime.setDocument(changeCell(document, 's', { params: { plus: 20 } }));
    await rest();
    expect(state('s')).toBe('running');
    expect(value('s')).toBe(11);
  });
});

describe('stopping', () => {
  const document = notebook(
    cell('a', 'number', { value: 1 }),
    cell('s', 'slow', {}, { a: 'a' }),
    cell('t', 'sum', {}, { a: 's' }),
  );

  it('aborts, says so, and waits until run again', async () => {
    const { runtime, gates, state, sentence, value } = open(document);
    runtime.start();
    await rest();
    runtime.stop('s');
    gates[0]?.open();
    await rest();
    expect(gates[0]?.signal.aborted).toBe(true);
    expect([state('s'), value('s')]).toEqual(['stale', undefined]);
    expect(sentence('s')).toMatch(/Stopped/);
    expect(state('t')).toBe('waiting');
    runtime.run('s');
    await rest();
    gates[1]?.open();
    await rest();
    expect([value('s'), value('t')]).toEqual([1, 1]);
  });

  it('does the same for a run that answers that it was cancelled', async () => {
    const cancelled = {
      ok: false,
      failure: { code: 'cancelled', sentence: 'Stopped. Nothing was changed.' },
    } as const;
    const stopping = { ...kinds[0], run: async () => cancelled } as AnyCellKind<ToyServices>;
    const { runtime, state, sentence } = open(notebook(cell('a', 'number')), { kinds: [stopping] });
    runtime.start();
    await rest();
    expect([state('a'), sentence('a')]).toEqual(['stale', cancelled.failure.sentence]);
  });
});

describe('a cell that asks', () => {
  const document = notebook(
    cell('a', 'number', { value: 1 }),
    cell('d', 'dear', { plus: 7 }, { a: 'a' }),
    cell('e', 'sum', {}, { a: 'd', b: 'a' }),
  );

  it('waits with its sentence and runs when agreed to', async () => {
    const { runtime, value, runs } = open(document);
    runtime.start();
    await rest();
    expect(runtime.cell('d')?.status).toEqual({ state: 'stale', ask: 'This costs 7.' });
    expect(runs()).toEqual(['a']);
    runtime.run('d');
    await rest();
    expect([value('d'), value('e')]).toEqual([8, 9]);
  });

  it('asks anew for a new price, and one agreement is for one run', async () => {
    const { runtime, runs, state } = open(document);
    runtime.start();
    await rest();
    runtime.run('d');
    await rest();
    runtime.setDocument(changeCell(document, 'd', { params: { plus: 9 } }));
    await rest();
    expect(runtime.cell('d')?.status).toEqual({ state: 'stale', ask: 'This costs 9.' });
    runtime.run('d');
    await rest();
    expect(state('d')).toBe('done');
    runtime.run('d');
    await rest();
    expect(state('d')).toBe('stale');
    expect(runs().filter((id) => id === 'd')).toHaveLength(2);
  });

  it('is not agreed to by running everything, nor by Run before the sentence stood there', async () => {
    const { runtime, runs } = open(document);
    runtime.run('d');
    runtime.start();
    await rest();
    runtime.runAll();
    await rest();
    expect(runs()).toEqual(['a', 'a']);
  });

  it('runs at once where it needs no agreement', async () => {
    const { runtime, value } = open(changeCell(document, 'd', { params: { plus: 0 } }));
    runtime.start();
    await rest();
    expect(value('e')).toBe(2);
  });

  it('holds back what depends on it, so that no run mixes old and new', async () => {
    const { runtime, state, sentence, services, value } = open(document);
    runtime.start();
    await rest();
    runtime.run('d');
    await rest();
    runtime.setDocument(changeCell(document, 'a', { params: { value: 2 } }));
    await rest();
    expect([state('d'), state('e')]).toEqual(['stale', 'stale']);
    expect(sentence('e')).toBe('Waits for “d”.');
    expect(value('e')).toBe(9);
    expect(services.log.filter(({ id }) => id === 'e')).toHaveLength(1);
  });
});

describe('failures', () => {
  it('stand in their cell, and dependents name it', async () => {
    const { runtime, state, sentence, value } = open(
      notebook(
        cell('w', 'word', { word: 'fail' }),
        cell('s', 'sum', {}, { a: 'w' }),
        cell('n', 'number', { value: 3 }),
      ),
    );
    runtime.start();
    await rest();
    expect(sentence('w')).toBe('No such word.');
    expect(runtime.cell('s')?.status).toEqual({
      state: 'waiting',
      for: ['w'],
      sentence: 'Waits for “w”, which failed.',
    });
    expect([state('n'), value('n')]).toEqual(['done', 3]);
  });

  it('of the program are caught, shown and logged', async () => {
    const { runtime, errors, sentence } = open(notebook(cell('w', 'word', { word: 'throw' })));
    runtime.start();
    await rest();
    expect(errors).toEqual([new TypeError('that is not a word')]);
    expect(sentence('w')).toContain('that is not a word');
  });

  it('withdraw what was made of an earlier result', async () => {
    const document = notebook(
      cell('a', 'number', { value: 1 }),
      cell('b', 'sum', {}, { a: 'a' }),
      cell('c', 'sum', {}, { a: 'b' }),
    );
    const { runtime, value, state } = open(document);
    runtime.start();
    await rest();
    runtime.setDocument(changeCell(document, 'a', { params: { value: 'x' } }));
    await rest();
    expect([state('a'), state('b'), state('c')]).toEqual(['failed', 'waiting', 'waiting']);
    expect([value('a'), value('b'), value('c')]).toEqual([undefined, undefined, undefined]);
  });

  it('of the settings say which', async () => {
    const { runtime, sentence } = open(notebook(cell('a', 'number', { value: 'many' })));
    runtime.start();
    expect(sentence('a')).toContain('“value”');
    expect(runtime.cell('a')?.params).toBeUndefined();
  });

  it('of the wiring say what fits', async () => {
    const { runtime, sentence, runs } = open(
      notebook(cell('w', 'word', { word: 'one' }), cell('s', 'sum', {}, { a: 'w' }), cell('u', 'sum')),
    );
    runtime.start();
    await rest();
    expect(sentence('s')).toBe('“from” takes number, but “w” makes word. Choose another cell.');
    expect(sentence('u')).toMatch(/Choose the cell that “from”/);
    expect(runs()).toEqual([]);
  });

  it('of an unknown kind keep the cell, before and after the start', async () => {
    const { runtime, state, sentence } = open(notebook(cell('h', 'hologram')));
    expect([state('h'), sentence('h')]).toEqual(['failed', expect.stringContaining('“hologram”')]);
    runtime.start();
    await rest();
    expect(state('h')).toBe('failed');
  });

  it('of the graph come and go with the edit that made them', async () => {
    const { runtime, state, value } = open(chain);
    runtime.start();
    await rest();
    runtime.setDocument(changeCell(chain, 'b', { inputs: { a: 'c' } }));
    await rest();
    expect([state('a'), state('b'), state('c')]).toEqual(['done', 'failed', 'failed']);
    runtime.setDocument(chain);
    await rest();
    expect(value('c')).toBe(111);
    runtime.setDocument(renameCell(chain, 'a', 'b'));
    await rest();
    expect([state('a'), state('b'), state('c')]).toEqual(['failed', 'failed', 'waiting']);
    runtime.setDocument(chain);
    await rest();
    expect(value('c')).toBe(111);
  });
});

describe('deleting and renaming', () => {
  it('withdraws what depended on the deleted cell; undoing brings it back', async () => {
    const { runtime, state, value } = open(chain);
    runtime.start();
    await rest();
    runtime.setDocument(removeCell(chain, 'a'));
    await rest();
    expect([state('b'), value('b'), state('c'), value('c')]).toEqual([
      'failed',
      undefined,
      'waiting',
      undefined,
    ]);
    runtime.setDocument(chain);
    await rest();
    expect(value('c')).toBe(111);
  });

  it('a kind changed in place starts afresh', async () => {
    const { runtime, value, runs } = open(chain);
    runtime.start();
    await rest();
    runtime.setDocument(changeCell(chain, 'a', { kind: 'word', params: { word: 'x' } }));
    await rest();
    expect(value('b')).toBeUndefined();
    expect(runs()).toEqual(['a', 'b', 'c']);
  });
});

describe('prebuilt outputs', () => {
  const outputs = new Map<string, CellOutput>([
    ['a', { type: 'number', value: 1 } as NumberOutput],
    ['s', { type: 'number', value: 11 } as NumberOutput],
    ['t', { type: 'number', value: 11 } as NumberOutput],
  ]);
  const document = notebook(
    cell('a', 'number', { value: 1 }),
    cell('s', 'slow', { plus: 10 }, { a: 'a' }),
    cell('t', 'sum', {}, { a: 's' }),
  );

  it('are shown as done at once, with inputs and headline, before anything runs', async () => {
    const { runtime, state, value, runs } = open(document, { outputs });
    expect([state('a'), state('s'), state('t')]).toEqual(['done', 'done', 'done']);
    expect(value('s')).toBe(11);
    expect(runtime.cell('t')?.inputs).toEqual({ a: outputs.get('s') });
    expect(runtime.cell('t')?.headline).toBe('makes 11');
    await rest();
    expect(runs()).toEqual([]);
  });

  it('stay as done until their own cell runs, and are then replaced', async () => {
    const { runtime, gates, state, value, runs } = open(document, { outputs });
    runtime.start();
    await rest();
    expect([state('a'), state('s'), state('t')]).toEqual(['done', 'running', 'done']);
    expect(value('t')).toBe(11);
    gates[0]?.open();
    await rest();
    expect(runs()).toEqual(['a', 's', 't']);
    expect(runtime.cell('s')?.output).not.toBe(outputs.get('s'));
  });

  it('are put in doubt by an edit, even before the start', () => {
    const { runtime, state } = open(document, { outputs });
    runtime.setDocument(changeCell(document, 's', { params: { plus: 5 } }));
    expect([state('a'), state('s'), state('t')]).toEqual(['done', 'stale', 'stale']);
  });

  it('are withdrawn when what they rest on fails', async () => {
    const failing = kinds.map((kind) =>
      kind.kind === 'slow'
        ? { ...kind, run: async () => ({ ok: false, failure: { code: 'no', sentence: 'No.' } }) as const }
        : kind,
    );
    const { runtime, state, value } = open(document, { outputs, kinds: failing });
    runtime.start();
    await rest();
    expect([state('s'), state('t'), value('t')]).toEqual(['failed', 'waiting', undefined]);
  });
});

describe('progress', () => {
  it('reaches the subscribers once a frame, the latest only', async () => {
    const frames: (() => void)[] = [];
    const many = {
      ...(kinds[2] as AnyCellKind<ToyServices>),
      run: async (context: Parameters<AnyCellKind<ToyServices>['run']>[0]) => {
        for (let done = 1; done <= 50; done++) context.progress({ done, total: 50, what: 'steps' });
        await context.services.gate(context.cellId, context.signal);
        context.progress({ done: 50, total: 50, what: 'steps' });
        return { ok: true, value: { type: 'number', value: 1 } as CellOutput } as const;
      },
      inputs: {},
    } as AnyCellKind<ToyServices>;
    const { runtime, gates } = open(notebook(cell('s', 'slow')), {
      kinds: [many],
      frame: (callback) => frames.push(callback),
    });
    runtime.start();
    await rest();
    let heard = 0;
    runtime.subscribe(() => heard++);
    expect(frames).toHaveLength(1);
    frames[0]?.();
    expect(heard).toBe(1);
    expect(runtime.cell('s')?.status).toMatchObject({ progress: { done: 50, total: 50 } });
    gates[0]?.open();
    await rest();
    frames[1]?.();
    expect(runtime.cell('s')?.status.state).toBe('done');
  });
});

describe('a loose input', () => {
  const document = notebook(
    cell('one', 'number', { value: 1 }),
    cell('slow', 'slow', { plus: 0 }, { a: 'one' }),
    cell('sum', 'loose', { plus: 10 }, { a: 'one', b: 'slow' }),
    cell('after', 'sum', { plus: 100 }, { a: 'sum' }),
  );

  it('is not waited for, and its result is taken over when it comes', async () => {
    const { runtime, gates, value, state } = open(document);
    runtime.start();
    await rest();
    expect([value('sum'), value('after')]).toEqual([11, 111]);
    gates[0]?.open();
    await rest();
    expect([value('sum'), value('after')]).toEqual([12, 112]);

    runtime.setDocument(changeCell(document, 'one', { params: { value: 5 } }));
    await rest();
    // With what the slow one made last.
    expect([value('sum'), value('after'), state('sum')]).toEqual([16, 116, 'done']);
    gates[1]?.open();
    await rest();
    expect([value('sum'), value('after')]).toEqual([20, 120]);
  });

  it('is done without where it fails or goes', async () => {
    const { runtime, gates, value } = open(document);
    runtime.start();
    await rest();
    gates[0]?.open();
    await rest();
    const unwired = changeCell(document, 'slow', { inputs: {} });
    runtime.setDocument(unwired);
    await rest();
    expect(value('sum')).toBe(11);
  });
});

describe('whatever is edited, whenever runs end', () => {
  const ids = ['p', 'q', 'r', 's', 't'];
  const anyCell = fc.record({
    id: fc.constantFrom(...ids),
    kind: fc.constantFrom('number', 'sum', 'slow', 'dear', 'loose', 'word', 'hologram'),
    inputs: fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom(...ids), { maxKeys: 2 }),
    plus: fc.nat(3),
  });
  const action = fc.oneof(
    fc.record({ do: fc.constant('put' as const), cell: anyCell }),
    fc.record({ do: fc.constant('remove' as const), id: fc.constantFrom(...ids) }),
    fc.record({ do: fc.constant('run' as const), id: fc.constantFrom(...ids) }),
    fc.record({ do: fc.constant('stop' as const), id: fc.constantFrom(...ids) }),
    fc.record({ do: fc.constant('open' as const), gate: fc.nat(20) }),
    fc.record({ do: fc.constant('rest' as const) }),
  );

  /** What a cell should hold, from the document alone; undefined where it can't be computed. */
  function expected(
    document: NotebookDocument,
    id: string,
    path: readonly string[] = [],
  ): number | undefined {
    const one = document.cells.find((candidate) => candidate.id === id);
    if (!one || path.includes(id)) return undefined;
    if (one.kind === 'number') return one.params.value as number;
    if (!['sum', 'slow', 'dear', 'loose'].includes(one.kind) || one.inputs.a === undefined) return undefined;
    const { b } = one.inputs;
    const sources = Object.values(one.inputs).map((source) => expected(document, source, [...path, id]));
    // A number that can't be had is not waited for, unless it could never be one.
    if (one.kind === 'loose' && b !== undefined && isThere(document, b) && !leadsTo(document, b, id))
      sources[Object.values(one.inputs).lastIndexOf(b)] = expected(document, b) ?? 0;
    if (sources.some((source) => source === undefined)) return undefined;
    return sources.reduce<number>((sum, source) => sum + (source ?? 0), one.params.plus as number);
  }

  /** Whether there is a cell that makes numbers, or one of a kind not known here. */
  const isThere = ({ cells }: NotebookDocument, id: string) =>
    cells.some((cell) => cell.id === id && cell.kind !== 'word');

  function leadsTo(
    document: NotebookDocument,
    from: string,
    to: string,
    path: readonly string[] = [],
  ): boolean {
    if (from === to) return true;
    if (path.includes(from)) return false;
    const cell = document.cells.find(({ id }) => id === from);
    // These take nothing, whatever was wired to them as another kind.
    if (!cell || cell.kind === 'number' || cell.kind === 'word') return false;
    return Object.values(cell.inputs).some((source) => leadsTo(document, source, to, [...path, from]));
  }

  it('ends where a fresh run of the same document would, with subscribers knowing it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
        let document = notebook();
        const opened = open(document);
        const { runtime, gates, errors } = opened;
        const heard = new Map<string, unknown>();
        runtime.subscribe((changed) => {
          for (const id of changed) heard.set(id, runtime.cell(id));
        });
        runtime.start();
        for (const step of actions) {
          if (step.do === 'put') {
            const { plus, ...rest } = step.cell;
            const next: DocumentCell = {
              ...rest,
              name: rest.id,
              collapsed: false,
              params: { plus, value: plus },
            };
            const at = document.cells.findIndex(({ id }) => id === next.id);
            document =
              at < 0
                ? insertCell(document, document.cells.length, next)
                : { ...document, cells: document.cells.with(at, next) };
            runtime.setDocument(document);
          } else if (step.do === 'remove') {
            document = removeCell(document, step.id);
            runtime.setDocument(document);
          } else if (step.do === 'run') runtime.run(step.id);
          else if (step.do === 'stop') runtime.stop(step.id);
          else if (step.do === 'open') gates[step.gate]?.open();
          else await rest();
        }
        // Everything stopped or asking is agreed to, until nothing moves any more.
        for (let round = 0; round < 12; round++) {
          await rest();
          for (const gate of gates) gate.open();
          await rest();
          for (const { id } of document.cells)
            if (runtime.cell(id)?.status.state === 'stale') runtime.run(id);
        }
        for (const { id, kind } of document.cells) {
          const status = runtime.cell(id)?.status.state;
          if (kind === 'word') continue;
          expect(opened.value(id)).toBe(expected(document, id));
          expect(status === 'done').toBe(expected(document, id) !== undefined);
          expect(heard.get(id)).toBe(runtime.cell(id));
        }
        expect(errors).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
