import { type Accessor, createEffect, createSignal, on } from 'solid-js';

/**
 * The answer to the latest question. The one before stays until it is here; an answer that comes after another
 * question was put is dropped; without a question there is none. Unlike a resource of Solid it never suspends what
 * stands around it.
 */
export function createLatest<Question, Answer>(
  question: Accessor<Question | undefined>,
  ask: (question: Question) => Promise<Answer>,
): Accessor<Answer | undefined> {
  const [answer, setAnswer] = createSignal<{ readonly is: Answer }>();
  let latest = 0;
  createEffect(
    on(question, async (asked) => {
      const mine = ++latest;
      if (asked === undefined) {
        setAnswer(undefined);
        return;
      }
      const is = await ask(asked);
      if (mine === latest) setAnswer({ is });
    }),
  );
  return () => answer()?.is;
}
