import { createSignal } from 'solid-js';
import type { Prospects } from '../boundary/services';

export interface ProspectName {
  /** Empty where the list has none, or the prospect is gone. */
  readonly name: string;
  readonly company: string;
}

/** Most that one call to the database answers. */
const batch = 500;

/**
 * Names of prospects, fetched when first asked for: undefined until they are here, then whoever read one reactively
 * is told. Those asked for within one frame are fetched together.
 */
export function createProspectNames(prospects: Prospects): (id: number) => ProspectName | undefined {
  const known = new Map<number, ProspectName>();
  const underway = new Set<number>();
  let wanted = new Set<number>();
  const [news, tell] = createSignal(undefined, { equals: false });

  async function fetchWanted() {
    const ids = Int32Array.from(wanted);
    wanted = new Set();
    for (let from = 0; from < ids.length; from += batch) {
      const asked = ids.subarray(from, from + batch);
      for (const id of asked) underway.add(id);
      const rows = await prospects.rows(asked.slice(), ['name', 'company']);
      for (const id of asked) underway.delete(id);
      // Nobody is told of a failure: the next to read a name asks again.
      if (!rows.ok) return;
      for (const id of asked) known.set(id, { name: '', company: '' });
      for (const { id, values } of rows.value)
        known.set(id, { name: String(values.name ?? ''), company: String(values.company ?? '') });
    }
    tell(undefined);
  }

  /** Whom nobody knew may have come with a list since. */
  function forgetUnknown() {
    for (const [id, { name, company }] of known) if (name === '' && company === '') known.delete(id);
  }

  let seen = prospects.revision();
  return (id) => {
    news();
    if (prospects.revision() !== seen) {
      seen = prospects.revision();
      forgetUnknown();
    }
    const found = known.get(id);
    if (!found && !underway.has(id)) {
      if (wanted.size === 0) requestAnimationFrame(fetchWanted);
      wanted.add(id);
    }
    return found;
  };
}

/** "Ada Smith, Clarus"; an ellipsis while the name is on its way. */
export function fullName(found: ProspectName | undefined): string {
  if (!found) return '…';
  return [found.name, found.company].filter(Boolean).join(', ') || 'No name';
}
