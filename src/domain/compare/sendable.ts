import { findUnresolved } from '../genericness/mergefields';
import { type DraftReport, plainText } from '../genericness/report';

/**
 * Why a draft must not be sent, as a sentence; undefined where nothing speaks against it. Fields that were not filled
 * in are found with or without a `report`; that it describes somebody else is known by its report alone.
 */
export function obstacleOf(draft: {
  readonly subject: string;
  readonly body: string;
  readonly report: DraftReport | undefined;
}): string | undefined {
  const { subject, body, report } = draft;
  const fields = [...findUnresolved(subject), ...(report?.unresolved ?? findUnresolved(plainText(body)))];
  if (fields.length > 0) {
    const named = [...new Set(fields.map(({ text }) => `“${text}”`))];
    return `Not filled in: ${named.slice(0, 3).join(', ')}${named.length > 3 ? ' and more' : ''}. Mend it first.`;
  }
  const other = report?.sentences.find(({ describes }) => describes !== null)?.describes;
  return other ? `It describes ${other.name}, not the one it is written to. Mend it first.` : undefined;
}
