import { Match, Switch } from 'solid-js';
import { fewestMeasured, type MeasuredEffort } from '../../domain/budget';
import { amountOf, minutesOf } from './kind';
import styles from './View.module.css';

interface Props {
  /** Null where nothing was decided in the queue yet. */
  readonly measured: MeasuredEffort | null;
  readonly assumed: number;
  /** Whether what was measured is to be used, where it is enough. */
  readonly isWanted: boolean;
  onChange(isWanted: boolean): void;
}

/** Where the minutes of tier 2 come from: measured in the queue of the drafts cell, or assumed; one can go back. */
export function MeasuredNote(props: Props) {
  const assumed = () => `${amountOf(props.assumed)} ${props.assumed === 1 ? 'minute' : 'minutes'}`;
  const over = (measured: MeasuredEffort) =>
    `${measured.drafts.toLocaleString('en')} ${measured.drafts === 1 ? 'draft' : 'drafts'} for ${measured.people.toLocaleString('en')} ${measured.people === 1 ? 'person' : 'people'}`;
  return (
    <p class={styles.sentence}>
      <Switch
        fallback={`Nothing has been measured in the queue yet, so tier 2 is planned with ${assumed()}.`}
      >
        <Match when={props.measured && props.measured.people < fewestMeasured && props.measured}>
          {(measured) =>
            `Measured in the queue so far: ${over(measured())}. That is too few to plan by; from ${fewestMeasured} people on it replaces the assumed ${assumed()}.`
          }
        </Match>
        <Match when={props.measured}>
          {(measured) => (
            <>
              Measured in the queue over {over(measured())}: {amountOf(measured().minutes)} minutes in all,{' '}
              <b>{minutesOf(measured().minutes / measured().people)}</b> a person.{' '}
              <button type="button" data-quiet onClick={() => props.onChange(!props.isWanted)}>
                {props.isWanted ? `Plan with the assumed ${assumed()}` : 'Plan with what was measured'}
              </button>
            </>
          )}
        </Match>
      </Switch>
    </p>
  );
}
