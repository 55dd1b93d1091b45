import { type EmbeddingModel, tagOf } from '../../src/domain/embedding/models';
import { fail, type Result } from '../../src/domain/result';

const noMemory =
  /out of memory|\bOOM\b|allocation failed|could not allocate|cannot enlarge memory|bad_alloc/i;
const noWasm = /CompileError|unsafe-eval|WebAssembly is not defined|SIMD is not supported/i;

/** The failure for an error that a want of memory caused; undefined for any other error. */
export function memoryFailure(error: unknown): Result<never> | undefined {
  if (!noMemory.test(String(error))) return undefined;
  return fail(
    'embedder-memory',
    'There was not enough memory to read the texts. Close other tabs or programs, then run again.',
  );
}

/** Why the model could not be made ready, for any error that loading it can throw. */
export function loadFailure(error: unknown, model: EmbeddingModel): Result<never> {
  const message = String(error);
  const memory = memoryFailure(error);
  if (memory) return memory;
  if (noWasm.test(message))
    return fail(
      'embedder-wasm',
      'This browser does not let the site run the model that reads texts (WebAssembly is blocked or too old). Allow it for this site, or use a current browser, then reload.',
    );
  if (model.hub)
    return fail(
      'embedder-hub',
      `“${model.name}” could not be fetched from the model hub (${model.hub}). Check the connection and run again, or choose the model that comes with the workbench in the settings.`,
    );
  if (/Failed to fetch|NetworkError|Load failed/i.test(message))
    return fail(
      'embedder-offline',
      'The model that reads texts could not be loaded, because the site can’t be reached. Check the connection, then run again.',
    );
  return fail(
    'embedder-files',
    `The model that reads texts could not be loaded: the site’s folder models/${tagOf(model)} is missing or damaged (${firstLine(message)}). Reload the page; if that does not help, the site has to be put up again.`,
  );
}

function firstLine(message: string): string {
  const line = message.split('\n', 1)[0] ?? '';
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
