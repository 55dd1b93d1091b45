import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderRemovals } from '../../../workers/db/removals';

type Change = { op: 'remove' | 'mkdir'; path: string };

const write = (path: string) => ({ path, size: 1, full: true, truncate: true, chunks: [] });
const flush = (ops: Change[], ...written: string[]) => ({
  ops,
  files: { wal: [], data: written.map(write), control: [] },
});

test('a piece of the log goes after the writes', () => {
  const change = flush([{ op: 'remove', path: '/pg_wal/1' }], '/global/pg_control');
  expect(orderRemovals(change)).toEqual({ first: [], last: [{ op: 'remove', path: '/pg_wal/1' }] });
});

test('a file removed and made again is written, and not removed', () => {
  expect(orderRemovals(flush([{ op: 'remove', path: '/a/b' }], '/a/b'))).toEqual({ first: [], last: [] });
});

test('a folder removed and made again is emptied first', () => {
  const ops: Change[] = [
    { op: 'remove', path: '/a' },
    { op: 'mkdir', path: '/a' },
  ];
  expect(orderRemovals(flush(ops, '/a/b'))).toEqual({ first: ops, last: [] });
});

/** The files on the disk after a flush in this order. */
function apply(
  disk: ReadonlySet<string>,
  first: Change[],
  written: readonly string[],
  last: Change[],
): Set<string> {
  const after = new Set(disk);
  const remove = ({ op, path }: Change) => {
    if (op === 'remove')
      for (const file of after) if (file === path || file.startsWith(`${path}/`)) after.delete(file);
  };
  first.forEach(remove);
  for (const path of written) after.add(path);
  last.forEach(remove);
  return after;
}

test('leaves the disk as the shipped order does, whatever was created, removed and renamed', () => {
  const folders = ['/a', '/b'];
  const files = folders.flatMap((folder) => [`${folder}/1`, `${folder}/2`]);
  const action = fc.record({
    kind: fc.constantFrom('create', 'remove', 'remove folder'),
    file: fc.constantFrom(...files),
  });
  fc.assert(
    fc.property(fc.subarray(files), fc.array(action, { maxLength: 12 }), (before, actions) => {
      // What the file system records while PostgreSQL works on its copy in memory.
      const memory = new Set(before);
      const dirty = new Set<string>();
      const ops: Change[] = [];
      for (const { kind, file } of actions) {
        const folder = file.slice(0, 2);
        if (kind === 'create') {
          if (!memory.has(file)) dirty.add(file);
          memory.add(file);
        } else {
          const doomed = kind === 'remove' ? [file] : files.filter((path) => path.startsWith(folder));
          for (const path of doomed)
            if (memory.delete(path)) {
              dirty.delete(path);
              ops.push({ op: 'remove', path });
            }
          if (kind === 'remove folder')
            ops.push({ op: 'remove', path: folder }, { op: 'mkdir', path: folder });
        }
      }
      const written = [...dirty];
      const { first, last } = orderRemovals(flush(ops, ...written));
      expect(apply(new Set(before), first, written, last)).toEqual(memory);
      expect(apply(new Set(before), ops, written, [])).toEqual(memory);
    }),
  );
});
