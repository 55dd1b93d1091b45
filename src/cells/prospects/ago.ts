import { dayNumber } from '../../domain/signal';

/** How long ago an ISO day was, as one says it: "today", "3 days ago", "5 months ago"; the text itself where it is no day. */
export function ago(when: string, today: string): string {
  const days = (dayNumber(today) ?? Number.NaN) - (dayNumber(when) ?? Number.NaN);
  if (Number.isNaN(days)) return when;
  if (days < 0) return days === -1 ? 'tomorrow' : `in ${-days} days`;
  if (days === 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days < 14) return `${days} days ago`;
  if (days < 60) return `${Math.round(days / 7)} weeks ago`;
  if (days < 730) return `${Math.round(days / 30.44)} months ago`;
  return `${Math.round(days / 365.25)} years ago`;
}
