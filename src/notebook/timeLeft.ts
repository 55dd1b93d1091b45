import type { Progress } from './kind';

/** "12 s left", judged by the speed so far; nothing while that would be a guess. `elapsed` in milliseconds. */
export function timeLeft(elapsed: number, { done, total }: Progress): string {
  if (elapsed < 1000 || done <= 0 || total <= 0 || done / total < 0.02) return '';
  const seconds = Math.max(0, (elapsed / 1000) * (total / done - 1));
  if (seconds < 1) return 'less than 1 s left';
  return seconds < 60 ? `${Math.round(seconds)} s left` : `${Math.round(seconds / 60)} min left`;
}
