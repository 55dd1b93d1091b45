import { isMemberId } from './address';
import { areSimilar, mayBeSame } from './name';
import type { Identity } from './row';

/** Rows, and perhaps a stored prospect, that are thought to be one person. */
export interface Duplicates {
  /** Certain ones are all the rows of one person; the others join the first rows of persons that may be the same. */
  readonly certain: boolean;
  readonly reason: string;
  /** Position of the stored prospect among those given; -1 where there is none. */
  readonly existing: number;
  /** Positions of the rows, in order; at least two, or one beside a stored prospect. */
  readonly rows: readonly number[];
}

/** What becomes of each row once it is decided which duplicates are merged. */
export interface Resolution {
  /** The row that this one is merged into; -1 where it stands. */
  readonly target: Int32Array;
  /** Position of the stored prospect that a standing row is merged into; -1 where it is new. */
  readonly into: Int32Array;
}

const reasons = [
  'same email',
  'same profile link',
  'same name and company',
  'same email, different names',
  'same profile link, different names',
  'same name and company, different addresses',
  'similar name, same company',
] as const;
type Reason = (typeof reasons)[number];

/** Within one company each name is compared with so many that follow it in the alphabet. */
const neighbours = 1000;
/** Names under one address beyond this are a shared mailbox. */
const maxNamesOfOne = 12;
const breath = 1024;

/**
 * Finds who occurs twice among the rows, or is stored already. First by exact keys: address, profile link, name with
 * domain or company; they are certain unless something speaks against it (two names under one address, two addresses
 * at one host for one name). Then, within a company, by names that are a slip of the pen apart; these are never
 * certain. The order of the rows doesn't matter. Yields the share done now and then, 0 to 1.
 */
export function* findDuplicates(
  rows: readonly Identity[],
  existing: readonly Identity[],
): Generator<number, Duplicates[]> {
  const items = [...rows, ...existing];
  const certain = new Links(items.length);
  /** What may be one person as well: joined when it is known who certainly is. */
  const doubts: { readonly members: readonly number[]; readonly reason: Reason }[] = [];
  const isStored = (item: number) => item >= rows.length;

  const keys: readonly [(item: Identity) => string, (members: readonly number[]) => void][] = [
    [({ email }) => email, (members) => linkByAddress(members, 'same email')],
    [({ profile }) => profile, (members) => linkByAddress(members, 'same profile link')],
    [({ name, domain }) => (name && domain ? `${name}|${domain}` : ''), (members) => linkByName(members)],
    [({ name, company }) => (name && company ? `${name}|${company}` : ''), (members) => linkByName(members)],
  ];
  for (const [pass, [keyOf, link]] of keys.entries()) {
    for (const members of alike(items, keyOf)) {
      if (typeof members === 'number') yield ((pass + members) / keys.length) * 0.6;
      else if (!members.every(isStored)) link(members);
    }
  }

  function linkByAddress(members: readonly number[], reason: 'same email' | 'same profile link') {
    const names = [...new Set(members.map((item) => items[item]!.name))];
    const isOne =
      names.length <= maxNamesOfOne &&
      names.every((name, i) => names.slice(i + 1).every((other) => mayBeSame(name, other)));
    if (isOne) return certain.join(members, reason);
    const byName = new Map<string, number[]>(names.map((name) => [name, []]));
    for (const item of members) byName.get(items[item]!.name)!.push(item);
    for (const namesakes of byName.values()) certain.join(namesakes, reason);
    doubts.push({ members, reason: `${reason}, different names` });
  }

  function linkByName(members: readonly number[]) {
    const people = members.map((item) => items[item]!);
    const isOne =
      people[0]!.name.includes(' ') &&
      !differ(people, ({ domain }) => domain) &&
      !differ(people, ({ profile }) => (isMemberId(profile) ? '' : profile)) &&
      !differAtOneHost(people);
    if (isOne) certain.join(members, 'same name and company');
    else doubts.push({ members, reason: 'same name and company, different addresses' });
  }

  const companies: ((item: Identity) => string)[] = [({ domain }) => domain, ({ company }) => company];
  for (const [pass, keyOf] of companies.entries()) {
    const named = (item: Identity) => (item.name.includes(' ') ? keyOf(item) : '');
    for (const members of alike(items, named)) {
      if (typeof members === 'number') yield 0.6 + ((pass + members) / companies.length) * 0.4;
      else if (!members.every(isStored))
        for (const [a, b] of similarNames(members.map((item) => ({ item, name: items[item]!.name }))))
          doubts.push({ members: [a, b], reason: 'similar name, same company' });
    }
  }

  const persons = [...new Set(items.map((_, item) => certain.rootOf(item)))];
  const maybe = new Links(items.length);
  for (const { members, reason } of doubts)
    maybe.join([...new Set(members.map((item) => certain.rootOf(item)))], reason);
  const sure = gather(items.keys(), certain, rows.length, (item) => item);
  const storedOf = new Map(sure.map(({ root, existing }) => [root, existing]));
  const standing = (person: number) => {
    const stored = storedOf.get(person) ?? -1;
    return stored < 0 ? person : rows.length + stored;
  };
  return [
    ...sure.map((group) => ({ ...group, certain: true, reason: certain.reasonOf(group.root) })),
    ...gather(persons, maybe, rows.length, standing).map((group) => ({
      ...group,
      certain: false,
      reason: maybe.reasonOf(group.root),
    })),
  ];
}

function differ(people: readonly Identity[], read: (person: Identity) => string): boolean {
  const values = new Set(people.map(read));
  values.delete('');
  return values.size > 1;
}

function differAtOneHost(people: readonly Identity[]): boolean {
  const byHost = new Map<string, string>();
  for (const { email } of people) {
    if (email === '') continue;
    const host = email.slice(email.lastIndexOf('@'));
    if ((byHost.get(host) ?? email) !== email) return true;
    byHost.set(host, email);
  }
  return false;
}

/** Items of one key, as positions; keys with one item are left out. Yields the share done in between. */
function* alike(
  items: readonly Identity[],
  keyOf: (item: Identity) => string,
): Generator<number | number[], void> {
  const lastOf = new Map<string, number>();
  const before = new Int32Array(items.length).fill(-1);
  const isLast = new Uint8Array(items.length);
  for (let i = 0; i < items.length; i++) {
    if (i % breath === 0) yield (i / items.length) * 0.5;
    const key = keyOf(items[i]!);
    if (key === '') continue;
    const previous = lastOf.get(key);
    if (previous !== undefined) {
      before[i] = previous;
      isLast[previous] = 0;
      isLast[i] = 1;
    }
    lastOf.set(key, i);
  }
  for (let i = 0; i < items.length; i++) {
    if (i % breath === 0) yield 0.5 + (i / items.length) * 0.5;
    if (isLast[i] === 0) continue;
    const members: number[] = [];
    for (let at = i; at >= 0; at = before[at]!) members.push(at);
    yield members.reverse();
  }
}

/**
 * Pairs of similar names of one company. Most pairs are passed over by their lengths, their first and last words, and
 * the letters they have, for two slips change at most four of these.
 */
function* similarNames(
  members: readonly { readonly item: number; readonly name: string }[],
): Generator<[number, number], void> {
  const people = members
    .map(({ item, name }) => ({
      item,
      name,
      letters: lettersOf(name),
      first: name.slice(0, name.indexOf(' ')),
      last: name.slice(name.lastIndexOf(' ') + 1),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (let i = 0; i < people.length; i++) {
    const a = people[i]!;
    const end = Math.min(people.length, i + 1 + neighbours);
    for (let j = i + 1; j < end; j++) {
      const b = people[j]!;
      const isNear =
        a.last === b.last ||
        (a.first === b.last && a.last === b.first) ||
        (Math.abs(a.name.length - b.name.length) <= 2 && bits(a.letters ^ b.letters) <= 4);
      if (isNear && a.name !== b.name && areSimilar(a.name, b.name)) yield [a.item, b.item];
    }
  }
}

/** Which letters a name has, one bit each; letters beyond a to z share the bits by their code. */
function lettersOf(name: string): number {
  let set = 0;
  for (let i = 0; i < name.length; i++) set |= 1 << (name.charCodeAt(i) & 31);
  return set;
}

function bits(set: number): number {
  let left = set;
  let count = 0;
  for (; left !== 0; left &= left - 1) count++;
  return count;
}

/** Sets of items linked to one another, and why (a bit for each of {@link reasons}). */
class Links {
  private readonly parent: Int32Array;
  private readonly why: Uint8Array;
  private readonly shared: Uint8Array;

  constructor(size: number) {
    this.parent = Int32Array.from({ length: size }, (_, i) => i);
    this.why = new Uint8Array(size);
    this.shared = new Uint8Array(size);
  }

  /** Whether a root has others beside itself. */
  isShared(root: number): boolean {
    return this.shared[root] === 1;
  }

  rootOf(item: number): number {
    let root = item;
    while (this.parent[root] !== root) root = this.parent[root]!;
    for (let at = item; at !== root; ) {
      const next = this.parent[at]!;
      this.parent[at] = root;
      at = next;
    }
    return root;
  }

  join(members: readonly number[], reason: Reason): void {
    const bit = 1 << reasons.indexOf(reason);
    for (const member of members.slice(1)) {
      const a = this.rootOf(members[0]!);
      const b = this.rootOf(member);
      const [low, high] = a < b ? [a, b] : [b, a];
      this.parent[high] = low;
      this.shared[low] = 1;
      this.why[low]! |= this.why[high]! | bit;
    }
  }

  reasonOf(root: number): string {
    const why = this.why[root]!;
    return reasons.filter((_, bit) => why & (1 << bit)).join('; ');
  }
}

/**
 * The groups among `count` items, by root: those with at least two rows, or a row and a stored prospect, in the order
 * of their first rows.
 */
function gather(
  items: Iterable<number>,
  links: Links,
  rowCount: number,
  standsFor: (item: number) => number,
): { readonly rows: number[]; readonly existing: number; readonly root: number }[] {
  const groups = new Map<number, { rows: number[]; existing: number; root: number }>();
  for (const item of items) {
    const root = links.rootOf(item);
    if (!links.isShared(root)) continue;
    const group = groups.get(root) ?? { rows: [], existing: -1, root };
    groups.set(root, group);
    const standing = standsFor(item);
    if (standing < rowCount) group.rows.push(standing);
    else {
      const stored = standing - rowCount;
      group.existing = group.existing < 0 ? stored : Math.min(stored, group.existing);
    }
  }
  return [...groups.values()]
    .filter(({ rows, existing }) => rows.length > (existing < 0 ? 1 : 0))
    .sort((a, b) => a.rows[0]! - b.rows[0]!);
}

/** Decides for each row, given which groups are merged: a row is merged into the first of its group. */
export function resolve(
  rowCount: number,
  groups: readonly Duplicates[],
  isMerged: (group: Duplicates) => boolean,
): Resolution {
  const target = new Int32Array(rowCount).fill(-1);
  const into = new Int32Array(rowCount).fill(-1);
  const rootOf = (row: number) => {
    let root = row;
    while (target[root]! >= 0) root = target[root]!;
    return root;
  };
  /** The row that stands for a stored prospect: all others meant for it are merged into that one. */
  const standIns = new Map<number, number>();
  for (const group of groups.filter(isMerged)) {
    const rows = group.rows.map(rootOf);
    const standIn = standIns.get(group.existing);
    const all = [...new Set(standIn === undefined ? rows : [...rows, rootOf(standIn)])].sort((a, b) => a - b);
    const [first, ...others] = all as [number, ...number[]];
    const stored = [group.existing, ...all.map((row) => into[row]!)].find((existing) => existing >= 0) ?? -1;
    for (const row of others) target[row] = first;
    into[first] = stored;
    if (stored >= 0) standIns.set(stored, first);
  }
  for (let row = 0; row < rowCount; row++) if (target[row]! >= 0) target[row] = rootOf(row);
  return { target, into };
}
