import { transfer } from 'comlink';
import type { DbApi } from '../../workers/db/api';
import type { ExistingKeys } from '../domain/list';
import { type Result, succeed } from '../domain/result';
import type { Analysis } from './analysis';
import { reportTo } from './report';
import type { Lists } from './services';

/** What lists need of the database. */
type ListStore = Pick<DbApi, 'existingKeys' | 'importList' | 'list' | 'lists' | 'listReport'>;

/**
 * Lists across two workers: the analysis worker reads files and prepares rows, the database stores them. The bytes pass
 * through the page as moved buffers that nothing here reads.
 */
export function createLists(analysis: Analysis, db: ListStore): Lists {
  /** Handles whose duplicates have been looked for among what is stored. */
  const compared = new Set<number>();

  async function keysFor(handle: number): Promise<Result<ExistingKeys | undefined>> {
    return compared.has(handle) ? succeed(undefined) : db.existingKeys();
  }

  return {
    read: (source, job) => analysis.run(job, (worker, report) => worker.readList(source, report)),

    withHeader: (handle, hasHeader, job) =>
      analysis.run(job, (worker, report) => worker.setListHeader(handle, hasHeader, report)),

    async preview(handle, choices, job) {
      const existing = await keysFor(handle);
      if (!existing.ok) return existing;
      const preview = await analysis.run(job, (worker, report) =>
        worker.previewList(handle, choices, moved(existing.value), report),
      );
      if (preview.ok) compared.add(handle);
      return preview;
    },

    async import(handle, choices, job) {
      // Read anew: another cell may have stored a list since the preview.
      const existing = await db.existingKeys();
      if (!existing.ok) return existing;
      const prepared = await analysis.run(job, (worker, report) =>
        worker.prepareList(handle, choices, moved(existing.value), report),
      );
      if (!prepared.ok) return prepared;
      const { csv, report } = prepared.value;
      const stored = await db.importList(
        transfer(prepared.value, [csv.buffer, report.buffer] as ArrayBuffer[]),
        reportTo(job),
      );
      if (stored.ok) discard(handle);
      return stored;
    },

    discard,
    get: (listId) => db.list(listId),
    all: () => db.lists(),

    async report(listId) {
      const kept = await db.listReport(listId);
      if (!kept.ok) return kept;
      return analysis.run(undefined, (worker) =>
        worker.openListReport(transfer(kept.value, [kept.value.buffer] as ArrayBuffer[])),
      );
    },

    async reportFile(of, job) {
      if ('handle' in of)
        return analysis.run(job, (worker, report) => worker.listReportFile(of.handle, of.choices, report));
      const kept = await db.listReport(of.listId);
      if (!kept.ok) return kept;
      return analysis.run(job, (worker) =>
        worker.printListReport(transfer(kept.value, [kept.value.buffer] as ArrayBuffer[])),
      );
    },
  };

  function discard(handle: number): void {
    compared.delete(handle);
    void analysis.run(undefined, async (worker) => {
      await worker.discardList(handle);
      return succeed(undefined);
    });
  }
}

/** Marks the columns of the stored keys for moving instead of copying. */
function moved<T extends ExistingKeys | undefined>(keys: T): T {
  if (!keys) return keys;
  const { ids, emailKeys, profileKeys, nameKeys, names, companies } = keys;
  const columns = [emailKeys, profileKeys, nameKeys, names, companies];
  const arrays = [ids, ...columns.flatMap(({ bytes, offsets }) => [bytes, offsets])];
  return transfer(keys, [...new Set(arrays.map(({ buffer }) => buffer))] as ArrayBuffer[]);
}
