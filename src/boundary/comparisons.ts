import type { DbApi } from '../../workers/db/api';
import type { DraftReport } from '../domain/genericness/report';
import { succeed } from '../domain/result';
import type { Comparisons } from './services';

/** Drafts side by side: the database knows them, the votes and the choices. */
export function createComparisons(db: DbApi): Comparisons {
  return {
    gather: (request) => db.comparison(request),

    async texts(draftIds, scoreContext) {
      const found = await db.comparedTexts(draftIds, scoreContext);
      if (!found.ok) return found;
      return succeed(
        found.value.map(({ report, ...text }) => ({
          ...text,
          // We wrote it: what the database answers is what the analysis made.
          report: report === null ? undefined : (JSON.parse(report) as DraftReport),
        })),
      );
    },

    vote: (showing, verdict) => db.keepVote(showing, verdict),
    undoVote: (id) => db.removeVote(id),
    choose: (draftId) => db.chooseDraft(draftId),
    undoChoice: (id) => db.undoChoice(id),
  };
}
