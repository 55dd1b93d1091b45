import { z } from 'zod';
import type { DocumentCell, NotebookDocument } from '../../src/notebook/document';
import type { CellKind, Inputs } from '../../src/notebook/kind';

/** Kinds small enough to foresee: numbers, their sums, and one that waits until the test lets it go. */

export interface NumberOutput {
  readonly type: 'number';
  readonly value: number;
}

export interface ToyServices {
  /** Runs of `sum` and `slow` in the order they began. */
  readonly log: { readonly id: string; readonly inputs: Inputs; readonly signal: AbortSignal }[];
  /** A `slow` run ends when this does. */
  gate(id: string, signal: AbortSignal): Promise<void>;
}

type Inputs2 = { a: NumberOutput; b?: NumberOutput };
const valueParams = z.object({ value: z.number().default(0), shade: z.string().default('none') });
type ValueParams = z.infer<typeof valueParams>;

export const numberKind: CellKind<ValueParams, Record<never, never>, NumberOutput, ToyServices> = {
  kind: 'number',
  summary: 'A number.',
  params: valueParams,
  inputs: {},
  output: 'number',
  viewParams: ['shade'],
  run: async ({ cellId, params, inputs, services, signal }) => {
    services.log.push({ id: cellId, inputs, signal });
    return { ok: true, value: { type: 'number', value: params.value } };
  },
  headline: ({ value }) => `it is ${value}`,
};

const plusParams = z.object({ plus: z.number().default(0) });
type PlusParams = z.infer<typeof plusParams>;

const sum = ({ inputs, params }: { inputs: Inputs2; params: PlusParams }): NumberOutput => ({
  type: 'number',
  value: inputs.a.value + (inputs.b?.value ?? 0) + params.plus,
});

export const sumKind: CellKind<PlusParams, Inputs2, NumberOutput, ToyServices> = {
  kind: 'sum',
  summary: 'The sum of two numbers.',
  params: plusParams,
  inputs: {
    a: { accepts: ['number'], label: 'from' },
    b: { accepts: ['number'], label: 'and', optional: true },
  },
  output: 'number',
  run: async (context) => {
    context.services.log.push({ id: context.cellId, inputs: { ...context.inputs }, signal: context.signal });
    return { ok: true, value: sum(context) };
  },
  headline: ({ value }) => `makes ${value}`,
};

/** As `sum`, but not before its gate opens; reports progress first. */
export const slowKind: CellKind<PlusParams, Inputs2, NumberOutput, ToyServices> = {
  ...sumKind,
  kind: 'slow',
  run: async (context) => {
    const { services, cellId, signal } = context;
    services.log.push({ id: cellId, inputs: { ...context.inputs }, signal });
    context.progress({ done: 1, total: 2, what: 'steps' });
    await services.gate(cellId, signal);
    return { ok: true, value: sum(context) };
  },
};

/** As `sum`, but asks first wherever it adds something of its own. */
export const dearKind: CellKind<PlusParams, Inputs2, NumberOutput, ToyServices> = {
  ...sumKind,
  kind: 'dear',
  ask: async ({ params }) => (params.plus > 0 ? `This costs ${params.plus}.` : undefined),
};

/** As `sum`, but without waiting for its second number. */
export const looseKind: CellKind<PlusParams, Inputs2, NumberOutput, ToyServices> = {
  ...sumKind,
  kind: 'loose',
  inputs: { ...sumKind.inputs, b: { accepts: ['number'], label: 'and', optional: true, isLoose: true } },
};

const wordParams = z.object({ word: z.string().default('') });

export const wordKind: CellKind<
  { word: string },
  Record<never, never>,
  { readonly type: 'word'; readonly word: string },
  ToyServices
> = {
  kind: 'word',
  summary: 'A word.',
  params: wordParams,
  inputs: {},
  output: 'word',
  textParam: 'word',
  run: async ({ params }) => {
    if (params.word === 'throw') throw new TypeError('that is not a word');
    if (params.word === 'fail')
      return { ok: false, failure: { code: 'bad-word', sentence: 'No such word.' } };
    return { ok: true, value: { type: 'word', word: params.word } };
  },
  headline: ({ word }) => word,
};

export function cell(
  id: string,
  kind: string,
  params: DocumentCell['params'] = {},
  inputs: DocumentCell['inputs'] = {},
): DocumentCell {
  return { id, kind, name: id, params, inputs, collapsed: false };
}

export function notebook(...cells: DocumentCell[]): NotebookDocument {
  return { title: 'Toy', cells };
}
