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
 * told. Those asked for within one frame are fetched together. Null is a draft that is gone.
 */
export function createTexts(comparisons: Comparisons, scoreContext: string | null): TextOf {
  const known = new Map<number, ComparedText | null>();
  const underway = new Set<number>();
  let wanted = new Set<number>();
  const [news, tell] = createSignal(undefined, { equals: false });

  async function fetchWanted() {
    const ids = Int32Array.from(wanted);
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
    if (found === undefined && !underway.has(id)) {
      if (wanted.size === 0) requestAnimationFrame(fetchWanted);
      wanted.add(id);
    }
    return found;
  };
}
