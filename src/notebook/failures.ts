import type { CellFailure, InputSpec } from './kind';

/* What a cell says when it can't run, for reasons that lie outside its kind. Those of the wiring are in `graph.ts`. */

export function waitsFor(names: readonly string[]): string {
  return `Waits for ${quoted(names)}.`;
}

export function waitsForFailed(names: readonly string[]): string {
  return `Waits for ${quoted(names)}, which failed.`;
}

export function unknownKind(kind: string): CellFailure {
  return {
    code: 'unknown-kind',
    sentence: `This version knows no cell of the kind “${kind}”. The cell is kept as it is; a version that knows it will run it.`,
  };
}

/** Settings that don't fit the kind, as zod found them. */
export function unfitParams(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): CellFailure {
  const each = issues.map(
    ({ path, message }) => `“${path.join('.')}” (${message.replace(/^Invalid input: /, '')})`,
  );
  return {
    code: 'params',
    sentence: `These settings of the cell can't be used: ${each.join(', ')}. Reset them, or mend them in the file.`,
  };
}

export function unfitInput(spec: InputSpec, source: string, type: string): CellFailure {
  return {
    code: 'input-type',
    sentence: `“${spec.label}” takes ${spec.accepts.join(' or ')}, but “${source}” makes ${type}. Choose another cell.`,
  };
}

/** An error that a kind threw: ours, not the rep's. */
export function brokenOff(error: unknown): CellFailure {
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'bug',
    sentence: `This cell broke off with an error of the program: ${message}. The rest of the notebook is unharmed. Run it again, or undo the last change.`,
  };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(' and ');
}
