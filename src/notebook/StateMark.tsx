import { type JSX, Match, Switch } from 'solid-js';
import type { CellStatus } from './kind';
import styles from './StateMark.module.css';

/** The word for a state; each has its own. */
export function stateWord(status: CellStatus): string {
  switch (status.state) {
    case 'idle':
      return 'not run yet';
    case 'stale':
      return status.ask === undefined ? 'out of date' : 'asks first';
    case 'waiting':
      return 'waiting';
    case 'running':
      return 'running';
    case 'done':
      return 'done';
    case 'failed':
      return 'failed';
  }
}

/** A state as a shape of its own, so that colour is never needed to tell them apart. The word stands beside it. */
export function StateMark(props: { readonly status: CellStatus }): JSX.Element {
  return (
    <svg class={styles.mark} data-state={props.status.state} viewBox="0 0 12 12" aria-hidden="true">
      <Switch>
        <Match when={props.status.state === 'idle'}>
          <circle cx="6" cy="6" r="1.5" fill="currentColor" />
        </Match>
        <Match when={props.status.state === 'done'}>
          <circle cx="6" cy="6" r="4" fill="currentColor" />
        </Match>
        <Match when={props.status.state === 'running'}>
          <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" opacity="0.35" stroke-width="2" />
          <path
            class={styles.turning}
            d="M6 2a4 4 0 014 4"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
          />
        </Match>
        <Match when={props.status.state === 'stale'}>
          <path d="M6 1.5L10.5 6 6 10.5 1.5 6z" fill="none" stroke="currentColor" stroke-width="1.5" />
        </Match>
        <Match when={props.status.state === 'waiting'}>
          <circle
            cx="6"
            cy="6"
            r="4"
            fill="none"
            stroke="currentColor"
            stroke-width="1.5"
            stroke-dasharray="2 2.2"
          />
        </Match>
        <Match when={props.status.state === 'failed'}>
          <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
        </Match>
      </Switch>
    </svg>
  );
}
