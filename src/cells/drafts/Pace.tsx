import { Show } from 'solid-js';
import type { ReviewTimes } from '../../boundary/services';
import { fewestMeasured } from '../../domain/budget';
import styles from './Queue.module.css';
import { briefly, clock, count, peopleWords } from './words';

/** What was measured so far, and what that means for the rest. */
export function Pace(props: { readonly times: ReviewTimes | undefined; readonly left: number }) {
  const decided = () => (props.times ? props.times.accepted + props.times.skipped : 0);
  return (
    <Show when={decided() > 0 && props.times}>
      {(times) => (
        <>
          {count(decided())} decided in {briefly(times().total / 60_000)}: half took less than{' '}
          {clock(times().median)}.{' '}
          <Show when={props.left > 0}>
            The {count(props.left)} left would take{' '}
            {briefly(((times().total / decided()) * props.left) / 60_000)}.
          </Show>
        </>
      )}
    </Show>
  );
}

/** Where the queue ends: what was decided, what it took, and what the budget makes of that. */
export function Done(props: { readonly times: ReviewTimes | undefined; readonly passedOver: number }) {
  const drafts = ({ accepted, skipped }: ReviewTimes) => accepted + skipped;
  return (
    <div class={styles.done}>
      <Show when={props.passedOver > 0}>
        <p>
          {count(props.passedOver)} that you passed over {props.passedOver === 1 ? 'waits' : 'wait'}: press P
          to go back.
        </p>
      </Show>
      <Show
        when={props.times && drafts(props.times) > 0 && props.times}
        fallback={
          <Show when={props.passedOver === 0}>
            <p>There is nothing to go through: no draft waits for a decision.</p>
          </Show>
        }
      >
        {(times) => (
          <>
            <p>
              {props.passedOver === 0 ? 'Nothing is left. ' : ''}
              {count(times().accepted)} accepted, {count(times().edited)} of them with your changes;{' '}
              {count(times().skipped)} skipped.
            </p>
            <p class="muted">
              {drafts(times()) === 1 ? 'It took you' : 'They took you'} {briefly(times().total / 60_000)} for{' '}
              {peopleWords(times().people)}.{' '}
              {times().people < fewestMeasured
                ? 'That is too little to plan by; a few more, and a budget cell can take it in place of what it assumes.'
                : 'A budget cell that is connected to this one under “measured in” plans by that.'}
            </p>
          </>
        )}
      </Show>
    </div>
  );
}
