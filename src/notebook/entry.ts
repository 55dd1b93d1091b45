import type { Component } from 'solid-js';
import type { AnyCellKind, CellKind, CellOutput, CellViewProps, Inputs } from './kind';

type AnyView<S> = Component<CellViewProps<Readonly<Record<string, unknown>>, Inputs, CellOutput, S>>;

/** One line of the registry: a kind and what shows it. */
export interface CellEntry<S> {
  readonly kind: AnyCellKind<S>;
  readonly View: AnyView<S>;
  /** The view may grow beyond the column (a table, a map). */
  readonly wide?: boolean;
}

/**
 * Pairs a kind with its view. The compiler checks here that they speak of the same parameters, inputs and output; from
 * here on the notebook holds them as one of many.
 *
 *     cellEntry(sqlKind, lazy(() => import('./sql/View')), { wide: true })
 */
export function cellEntry<P, I, O extends CellOutput, S>(
  kind: CellKind<P, I, O, S>,
  View: Component<CellViewProps<P, I, O, S>>,
  options: { readonly wide?: boolean } = {},
): CellEntry<S> {
  return {
    kind: kind as unknown as AnyCellKind<S>,
    View: View as unknown as AnyView<S>,
    ...options,
  };
}
