import type { AnyCellKind } from './kind';

/** What is stored of a cell. Statuses and outputs are the runtime's and pass. */
export interface DocumentCell {
  /** Stable: survives renaming. Letters, digits, `-` and `_`. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** Input name -> id of the cell it comes from. A file written by hand may say the cell's name instead. */
  readonly inputs: Readonly<Record<string, string>>;
  /** As stored: JSON values, not yet checked against the kind. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly collapsed: boolean;
}

export interface NotebookDocument {
  readonly title: string;
  readonly cells: readonly DocumentCell[];
}

/** What editing needs to know of a kind. */
type KindShape = Pick<AnyCellKind<never>, 'kind' | 'inputs' | 'output' | 'params' | 'textParam'>;
export type KindShapes = ReadonlyMap<string, KindShape>;

/** The cell an input's reference means: by id, or else by a name that only one cell has. */
export function resolveReference(
  cells: readonly DocumentCell[],
  reference: string,
): DocumentCell | undefined {
  const byId = cells.find((cell) => cell.id === reference);
  if (byId) return byId;
  const byName = cells.filter((cell) => cell.name === reference);
  return byName.length === 1 ? byName[0] : undefined;
}

/**
 * A new cell of a kind, to be inserted at `index`: a fresh id, a free name, default parameters, and each input wired to
 * the nearest cell above whose output fits and that no other input of the cell has taken; the choosiest input first, so
 * that one that takes anything doesn't take what another takes alone.
 */
export function newCell(
  document: NotebookDocument,
  kind: KindShape,
  index: number,
  kinds: KindShapes,
): DocumentCell {
  const taken = new Set<string>();
  const inputs: Record<string, string> = {};
  const choosiest = Object.entries(kind.inputs).sort(([, a], [, b]) => a.accepts.length - b.accepts.length);
  for (const [input, spec] of choosiest) {
    const source = document.cells
      .slice(0, index)
      .findLast(
        ({ id, kind: name }) => !taken.has(id) && spec.accepts.includes(kinds.get(name)?.output ?? ''),
      );
    if (!source) continue;
    taken.add(source.id);
    inputs[input] = source.id;
  }
  return {
    id: newId(document, kind.kind),
    kind: kind.kind,
    name: freeName(document, kind.kind),
    inputs,
    params: kind.params.parse({}),
    collapsed: false,
  };
}

export function insertCell(document: NotebookDocument, index: number, cell: DocumentCell): NotebookDocument {
  return { ...document, cells: document.cells.toSpliced(index, 0, cell) };
}

/** A copy of a cell with an id and a name of its own, as duplicating and pasting need it. */
export function copyCell(document: NotebookDocument, cell: DocumentCell): DocumentCell {
  return { ...cell, id: newId(document, cell.kind), name: freeName(document, cell.name) };
}

/** References to the removed cell stay as they are, so that bringing it back mends them. */
export function removeCell(document: NotebookDocument, id: string): NotebookDocument {
  return { ...document, cells: document.cells.filter((cell) => cell.id !== id) };
}

/** Moves a cell up (negative) or down by so many places, as far as there are any. */
export function moveCell(document: NotebookDocument, id: string, by: number): NotebookDocument {
  const from = document.cells.findIndex((cell) => cell.id === id);
  const cell = document.cells[from];
  const to = Math.max(0, Math.min(document.cells.length - 1, from + by));
  if (!cell || to === from) return document;
  return { ...document, cells: document.cells.toSpliced(from, 1).toSpliced(to, 0, cell) };
}

/** Renames a cell; what referred to it by its old name refers to its id from now on. */
export function renameCell(document: NotebookDocument, id: string, name: string): NotebookDocument {
  const old = document.cells.find((cell) => cell.id === id)?.name;
  if (old === undefined || old === name) return document;
  const cells = document.cells.map((cell) => {
    const entries = Object.entries(cell.inputs).map(([input, reference]) => {
      const isByName = reference === old && resolveReference(document.cells, reference)?.id === id;
      return [input, isByName ? id : reference] as const;
    });
    return { ...cell, inputs: Object.fromEntries(entries), name: cell.id === id ? name : cell.name };
  });
  return { ...document, cells };
}

/** Why a cell can't be called so, as a sentence; undefined where it can. */
export function nameProblem(document: NotebookDocument, id: string, name: string): string | undefined {
  if (name.trim() === '') return 'A cell needs a name.';
  const other = document.cells.find((cell) => cell.id !== id && cell.name === name);
  return other && `Another cell is called “${name}” already.`;
}

export function changeCell(
  document: NotebookDocument,
  id: string,
  change: Partial<Omit<DocumentCell, 'id' | 'name'>>,
): NotebookDocument {
  return {
    ...document,
    cells: document.cells.map((cell) => (cell.id === id ? { ...cell, ...change } : cell)),
  };
}

/** Points an input to a cell, or nowhere. */
export function setInput(
  document: NotebookDocument,
  id: string,
  input: string,
  source: string | undefined,
): NotebookDocument {
  const cell = document.cells.find((one) => one.id === id);
  if (!cell) return document;
  const { [input]: _, ...others } = cell.inputs;
  return changeCell(document, id, {
    inputs: source === undefined ? others : { ...others, [input]: source },
  });
}

/** Makes a cell one of another kind; its text, if both have one, is kept. */
export function convertCell(
  document: NotebookDocument,
  id: string,
  kind: KindShape,
  kinds: KindShapes,
): NotebookDocument {
  const cell = document.cells.find((one) => one.id === id);
  if (!cell || cell.kind === kind.kind) return document;
  const textParam = kinds.get(cell.kind)?.textParam;
  const text = textParam === undefined ? undefined : cell.params[textParam];
  const params = kind.params.parse({});
  return changeCell(document, id, {
    kind: kind.kind,
    inputs: {},
    params: kind.textParam && typeof text === 'string' ? { ...params, [kind.textParam]: text } : params,
  });
}

/** Whether two JSON values are the same; the order of keys is of no account. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && sameJson(value, right.get(key)))
  );
}

/** "clusters", "clusters 2", ... */
function freeName(document: NotebookDocument, wanted: string): string {
  const taken = new Set(document.cells.map((cell) => cell.name));
  const base = wanted.replace(/ \d+$/, '');
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${base} ${n}`;
  return name;
}

/** The kind and four letters, so that a reference in the file reads well and no two notebooks share ids. */
function newId(document: NotebookDocument, kind: string): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  for (;;) {
    const tail = Array.from(
      crypto.getRandomValues(new Uint8Array(4)),
      (byte) => letters[byte % letters.length],
    );
    const id = `${kind.replace(/[^A-Za-z0-9]/g, '')}-${tail.join('')}`;
    if (!document.cells.some((cell) => cell.id === id)) return id;
  }
}
