import { type DocumentCell, resolveReference } from './document';
import type { CellFailure } from './kind';

/** Who feeds whom, and what is wrong with it. */
export interface Graph {
  /** Ids of all cells, sources before what they feed; otherwise as on the page. Cells on a circle come last. */
  readonly order: readonly string[];
  /** Per cell: input name -> id of its source. References that lead nowhere are left out. */
  readonly sources: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Errors of single cells; the other cells run. */
  readonly problems: ReadonlyMap<string, CellFailure>;
}

/**
 * Pure. Never throws, whatever the cells say of one another. `gone`: names of deleted cells by id, for the sentence of
 * a cell that pointed to one.
 */
export function buildGraph(
  cells: readonly DocumentCell[],
  gone: ReadonlyMap<string, string> = new Map(),
): Graph {
  const problems = new Map<string, CellFailure>();
  const sources = new Map<string, Map<string, string>>();

  for (const cell of cells) {
    const resolved = new Map<string, string>();
    for (const [input, reference] of Object.entries(cell.inputs)) {
      const source = resolveReference(cells, reference);
      if (source) resolved.set(input, source.id);
      else problems.set(cell.id, unresolved(cells, input, reference, gone.get(reference)));
    }
    sources.set(cell.id, resolved);
  }

  for (const cell of cells)
    if (cells.some((other) => other !== cell && other.name === cell.name))
      problems.set(cell.id, {
        code: 'name-taken',
        sentence: `More than one cell is called “${cell.name}”. Give each a name of its own.`,
      });

  const names = new Map(cells.map((cell) => [cell.id, cell.name]));
  for (const cell of cells) {
    const circle = circleThrough(cell.id, sources);
    if (circle) problems.set(cell.id, circular(circle.map((id) => names.get(id) ?? id)));
  }
  return { order: order(cells, sources), sources, problems };
}

/** The cell and all that depend on it, directly or through others. */
export function withDependents(graph: Graph, id: string): ReadonlySet<string> {
  const found = new Set([id]);
  for (const current of found)
    for (const [candidate, sources] of graph.sources)
      if ([...sources.values()].includes(current)) found.add(candidate);
  return found;
}

function unresolved(
  cells: readonly DocumentCell[],
  input: string,
  reference: string,
  nameOfGone: string | undefined,
): CellFailure {
  if (nameOfGone !== undefined)
    return {
      code: 'input-missing',
      sentence: `The input “${input}” came from “${nameOfGone}”, which was deleted. Choose another cell, or undo that.`,
    };
  const isAmbiguous = cells.some((cell) => cell.name === reference);
  return isAmbiguous
    ? {
        code: 'input-ambiguous',
        sentence: `The input “${input}” comes from “${reference}”, and more than one cell is called so. Choose one.`,
      }
    : {
        code: 'input-missing',
        sentence: `The input “${input}” comes from “${reference}”, which is not in this notebook. Choose another cell.`,
      };
}

function circular(names: readonly string[]): CellFailure {
  const path = [...names, names[0]].map((name) => `“${name}”`).join(' to ');
  return {
    code: 'circular',
    sentence:
      names.length === 1
        ? 'This cell takes its own result as its input. Choose another.'
        : `These cells feed one another in a circle: ${path}. Choose another input in one of them.`,
  };
}

/** A shortest circle through a cell, in the direction of the data; undefined where there is none. */
function circleThrough(
  id: string,
  sources: ReadonlyMap<string, ReadonlyMap<string, string>>,
): readonly string[] | undefined {
  /** What each cell met on the way feeds, one step nearer to where we started. */
  const next = new Map<string, string>();
  const queue = [id];
  for (const current of queue)
    for (const source of sources.get(current)?.values() ?? []) {
      if (source === id) {
        const circle = [id];
        for (let at = current; at !== id; at = next.get(at) ?? id) circle.push(at);
        return circle;
      }
      if (next.has(source)) continue;
      next.set(source, current);
      queue.push(source);
    }
  return undefined;
}

/** Repeatedly takes the first cell on the page whose sources are all taken. */
function order(
  cells: readonly DocumentCell[],
  sources: ReadonlyMap<string, ReadonlyMap<string, string>>,
): readonly string[] {
  const taken = new Set<string>();
  const left = cells.map((cell) => cell.id);
  for (;;) {
    const at = left.findIndex((id) => [...(sources.get(id)?.values() ?? [])].every((one) => taken.has(one)));
    if (at < 0) return [...taken, ...left];
    for (const id of left.splice(at, 1)) taken.add(id);
  }
}
