/** The longest character n-gram counted; the language model's order. */
export const gramOrder = 5;

/** Columns of a gram matrix: column k is the gram of k characters, column 0 the empty one. */
export const gramColumns = gramOrder + 1;

const textBegins = 2;
const textEnds = 3;

/**
 * The hashed character n-grams of a text, as a matrix of {@link gramColumns} columns. Row 0 stands before the first
 * character; row i holds the grams that end at character i (1-based); one last row ends the text. The grams of a
 * row's contexts are those one row up and one column left. Case, punctuation and white space are kept.
 */
export function gramKeys(text: string): Uint32Array {
  const rows = text.length + 2;
  const keys = new Uint32Array(rows * gramColumns);
  for (let row = 0; row < rows; row++) {
    let hash = 0x2545f491;
    const base = row * gramColumns;
    keys[base] = hash >>> 0;
    for (let k = 1; k <= gramOrder; k++) {
      const at = row - k;
      const code = at < 0 ? textBegins : at < text.length ? text.charCodeAt(at) : textEnds;
      hash = Math.imul(hash ^ (code + k * 0x10001), 0x9e3779b1);
      hash ^= hash >>> 15;
      hash = Math.imul(hash, 0x85ebca6b);
      hash ^= hash >>> 13;
      keys[base + k] = hash >>> 0;
    }
  }
  return keys;
}

/**
 * A set of hashed grams, each with its number (slot) in order of arrival: an open-addressing hash table as plain
 * typed arrays, so that it can be stored and sent between threads as it is. Among 100,000 grams about one pair shares
 * its 32-bit key and is counted as one gram, which no score notices.
 */
export interface GramIndex {
  /** Capacity is a power of two, at most half full. */
  keys: Uint32Array<ArrayBuffer>;
  /** Slot of the key at this place; -1 where the place is free. */
  slots: Int32Array<ArrayBuffer>;
  size: number;
}

export function emptyIndex(expected: number): GramIndex {
  let capacity = 1024;
  while (capacity < expected * 2) capacity *= 2;
  return { keys: new Uint32Array(capacity), slots: new Int32Array(capacity).fill(-1), size: 0 };
}

/** The slot of a gram, or -1. */
export function findGram(index: GramIndex, key: number): number {
  const { keys, slots } = index;
  const mask = keys.length - 1;
  for (let place = key & mask; ; place = (place + 1) & mask) {
    const slot = slots[place]!;
    if (slot < 0 || keys[place] === key) return slot;
  }
}

/** The slot of a gram, given a new one where it has none. */
export function addGram(index: GramIndex, key: number): number {
  if (index.size * 2 >= index.keys.length) grow(index);
  const { keys, slots } = index;
  const mask = keys.length - 1;
  let place = key & mask;
  while (slots[place]! >= 0) {
    if (keys[place] === key) return slots[place]!;
    place = (place + 1) & mask;
  }
  keys[place] = key;
  slots[place] = index.size;
  return index.size++;
}

function grow(index: GramIndex): void {
  const { keys, slots } = index;
  const mask = keys.length * 2 - 1;
  const nextKeys = new Uint32Array(keys.length * 2);
  const nextSlots = new Int32Array(keys.length * 2).fill(-1);
  for (let from = 0; from < keys.length; from++) {
    if (slots[from]! < 0) continue;
    let place = keys[from]! & mask;
    while (nextSlots[place]! >= 0) place = (place + 1) & mask;
    nextKeys[place] = keys[from]!;
    nextSlots[place] = slots[from]!;
  }
  index.keys = nextKeys;
  index.slots = nextSlots;
}

/** The slots of a gram matrix, cell by cell; -1 where the index lacks the gram. */
export function findGrams(index: GramIndex, keys: Uint32Array): Int32Array {
  const slots = new Int32Array(keys.length);
  for (let cell = 0; cell < keys.length; cell++) slots[cell] = findGram(index, keys[cell]!);
  return slots;
}

/** As {@link findGrams}, adding what the index lacks. */
export function addGrams(index: GramIndex, keys: Uint32Array): Int32Array {
  const slots = new Int32Array(keys.length);
  for (let cell = 0; cell < keys.length; cell++) slots[cell] = addGram(index, keys[cell]!);
  return slots;
}

/** Counts of grams by slot, as the language model needs them. */
export interface GramCounts {
  /** How often the gram occurs. */
  readonly count: Uint32Array;
  /** How often something follows it: its total as a context. */
  readonly followed: Uint32Array;
  /** How many different characters follow it. */
  readonly followers: Uint32Array;
}

export function emptyCounts(slots: number): GramCounts {
  return {
    count: new Uint32Array(slots),
    followed: new Uint32Array(slots),
    followers: new Uint32Array(slots),
  };
}

/**
 * Adds (sign 1) or takes away (sign -1) one text, given as its matrix of slots. A follower is counted when its gram
 * first occurs here, unless `isKnown` says that another table counts it already.
 */
export function countGrams(
  counts: GramCounts,
  slots: Int32Array,
  sign: 1 | -1,
  isKnown?: (slot: number) => boolean,
): void {
  const { count, followed, followers } = counts;
  for (let base = gramColumns; base < slots.length; base += gramColumns) {
    for (let k = 1; k <= gramOrder; k++) {
      const gram = slots[base + k]!;
      const context = slots[base - gramColumns + k - 1]!;
      const before = count[gram]!;
      count[gram] = before + sign;
      followed[context] = followed[context]! + sign;
      const isNew = sign > 0 ? before === 0 : before === 1;
      if (isNew && !isKnown?.(gram)) followers[context] = followers[context]! + sign;
    }
  }
}
