import type { ChangeSet } from '@electric-sql/pglite/memfs-frontend';

/**
 * Which structural changes of a flush come before the writes, and which after. A flush that is cut short must leave
 * the old log in place until pg_control, the last file written, points to the new one; so whatever is removed goes
 * last. What is removed and made again stays where it was: a file is written anew in full and needs no removal, a
 * folder must be emptied first.
 */
export function orderRemovals({ ops, files }: ChangeSet): {
  first: ChangeSet['ops'];
  last: ChangeSet['ops'];
} {
  const written = [...files.wal, ...files.data, ...files.control].map(({ path }) => path);
  const made = new Set([...written, ...ops.filter(({ op }) => op === 'mkdir').map(({ path }) => path)]);
  const isMadeBelow = (folder: string) => [...made].some((path) => path.startsWith(`${folder}/`));
  const rewritten = new Set(written);
  const stays = ({ op, path }: ChangeSet['ops'][number]) =>
    op === 'mkdir' || made.has(path) || isMadeBelow(path);
  return {
    first: ops.filter((change) => stays(change) && !(change.op === 'remove' && rewritten.has(change.path))),
    last: ops.filter((change) => !stays(change)),
  };
}
