import { createSignal } from 'solid-js';
import type { ComparedText, Comparisons } from '../../boundary/services';

/** Most that one call to the database answers. */
const batch = 200;
/** Texts that appear in one frame: to compare and to lay out more takes longer than one. */
const shownAtOnce = 8;
/** More than any screen shows. */
const mostKept = 2000;

/** Undefined until a text is here; null is a draft that is gone. */
export type TextOf = (draftId: number) => ComparedText | null | undefined;

/**
 * Texts of drafts, fetched when first asked for: undefined until they are here, then whoever read one reactively is
 * told. Those asked for within one frame are fetched together. Null is a draft that is gone; it is asked for again where
 * `output` is another since, for it may have come.
 */
export function createTexts(
  comparisons: Comparisons,
  scoreContext: string | null,
  output: () => unknown,
): TextOf {
  const known = new Map<number, ComparedText | null>();
  /** The output under which each draft was found to be gone. */
  const goneUnder = new Map<number, unknown>();
  const underway = new Set<number>();
  let wanted = new Set<number>();
  const [news, tell] = createSignal(undefined, { equals: false });

  async function fetchWanted() {
    const ids = Int32Array.from(wanted);
    const under = output();
    wanted = new Set();
    if (known.size > mostKept) known.clear();
    for (let from = 0; from < ids.length; from += batch) {
      const asked = ids.slice(from, from + batch);
      for (const id of asked) underway.add(id);
      const found = await comparisons.texts(asked, scoreContext);
      // Nobody is told of a failure: the next to read a text asks again.
      if (!found.ok) for (const id of asked) underway.delete(id);
      if (!found.ok) return;
      const texts = new Map(found.value.map((text) => [text.id, text]));
      for (let at = 0; at < asked.length; at += shownAtOnce) {
        for (const id of asked.subarray(at, at + shownAtOnce)) {
          known.set(id, texts.get(id) ?? null);
          if (!texts.has(id)) goneUnder.set(id, under);
          underway.delete(id);
        }
        tell(undefined);
        await new Promise(requestAnimationFrame);
      }
    }
  }

  return (id) => {
    news();
    const found = known.get(id);
    const mayHaveCome = found === null && goneUnder.get(id) !== output();
    if ((found === undefined || mayHaveCome) && !underway.has(id)) {
      if (wanted.size === 0) requestAnimationFrame(fetchWanted);
      wanted.add(id);
    }
    return found;
  };
}
