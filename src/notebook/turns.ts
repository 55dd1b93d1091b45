/** Asks for a turn; answers how to give it up. */
export type Turns = (work: () => void) => () => void;

/**
 * Does the work of many one piece a task, in the order asked for, so that the page answers in between. What is asked
 * for while nothing waits has its turn in a task of its own too.
 */
export function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let isTaking = false;

  function take(): void {
    const next = waiting.shift();
    isTaking = waiting.length > 0;
    if (isTaking) setTimeout(take);
    next?.();
  }

  return (work) => {
    waiting.push(work);
    if (!isTaking) setTimeout(take);
    isTaking = true;
    return () => {
      const at = waiting.indexOf(work);
      if (at >= 0) waiting.splice(at, 1);
    };
  };
}
