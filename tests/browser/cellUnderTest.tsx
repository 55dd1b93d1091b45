import { render } from '@solidjs/testing-library';
import {
  type Accessor,
  type Component,
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  on,
} from 'solid-js';
import type { Services } from '../../src/boundary/services';
import type { CellKind, CellOutput, CellStatus, CellViewProps } from '../../src/notebook/kind';

interface Given<P, I, O extends CellOutput> {
  readonly kind: CellKind<P, I, O, Services>;
  readonly View: Component<CellViewProps<P, I, O, Services>>;
  readonly services: Services;
  readonly inputs: I;
  /** Those that are not the kind's own for a new cell. */
  readonly params?: Partial<P>;
  /** The kind's word where nothing else is said; it serves as the id as well. */
  readonly name?: string;
  /** What stands around the view, or beside it. */
  readonly around?: (view: JSX.Element, cell: Shown<P, O>) => JSX.Element;
}

interface Shown<P, O> {
  readonly params: Accessor<P>;
  readonly output: Accessor<O | undefined>;
  readonly status: Accessor<CellStatus>;
}

interface CellUnderTest<P, I, O> extends Shown<P, O> {
  readonly container: HTMLElement;
  /** Sets them as undo does: no step of the rep's. */
  setParams(params: P): void;
  setInputs(inputs: I): void;
  /** The names of the steps that the view has taken. */
  readonly steps: readonly string[];
  run(): Promise<void>;
}

/**
 * Mounts a cell's view with its kind run as the notebook runs it: at once, again when an input changes or a parameter
 * that the result depends on, and not while something is missing. Runs are never broken off.
 */
export function showCell<P, I, O extends CellOutput>(given: Given<P, I, O>): CellUnderTest<P, I, O> {
  const { kind, View, services, name = kind.kind } = given;
  const [params, setParams] = createSignal(kind.params.parse(given.params ?? {}));
  const [inputs, setInputs] = createSignal(given.inputs);
  const [output, setOutput] = createSignal<O>();
  const [status, setStatus] = createSignal<CellStatus>({ state: 'idle' });
  const steps: string[] = [];

  async function run(): Promise<void> {
    const need = kind.needs?.(params());
    if (need !== undefined) return void setStatus({ state: 'waiting', for: [], sentence: need });
    const result = await kind.run({
      cellId: name,
      params: params(),
      inputs: inputs(),
      services,
      signal: new AbortController().signal,
      progress() {},
    });
    setOutput(() => (result.ok ? result.value : undefined));
    setStatus(result.ok ? { state: 'done', milliseconds: 1 } : { state: 'failed', failure: result.failure });
  }

  const { container } = render(() => {
    const computing = createMemo(() => JSON.stringify(computingParams(kind, params())));
    createEffect(on([computing, inputs], run));
    const view = () => (
      <View
        cellId={name}
        name={name}
        params={params()}
        setParams={(next, step) => {
          steps.push(step);
          setParams(() => next);
        }}
        inputs={inputs()}
        output={output()}
        status={status()}
        services={services}
        run={() => void run()}
      />
    );
    return given.around ? given.around(view(), { params, output, status }) : view();
  });
  return {
    container,
    params,
    setParams: (next) => void setParams(() => next),
    setInputs: (next) => void setInputs(() => next),
    output,
    status,
    steps,
    run,
  };
}

function computingParams<P, I, O extends CellOutput, S>(kind: CellKind<P, I, O, S>, params: P): unknown {
  const ofView: readonly string[] = kind.viewParams ?? [];
  return Object.entries(params as object).filter(([name]) => !ofView.includes(name));
}
