import { For, Show } from 'solid-js';
import { dayNumber, defaultSignalRules, isLive, type Signal } from '../../domain/signal';
import { ago, todayHere } from './ago';
import styles from './Panel.module.css';

/** What is known of a prospect that is dated and specific, the live ones marked. */
export default function Signals(props: { readonly signals: readonly Signal[] }) {
  const newestFirst = () => props.signals.toSorted((a, b) => b.happenedOn.localeCompare(a.happenedOn));
  return (
    <section>
      <h3>Signals</h3>
      <Show
        when={props.signals.length > 0}
        fallback={
          <p class="muted">
            No signal yet: nothing dated and specific is known, so a mail could only be a general one.
          </p>
        }
      >
        <ol class={styles.signals}>
          <For each={newestFirst()}>{(signal) => <Item signal={signal} today={todayHere()} />}</For>
        </ol>
      </Show>
    </section>
  );
}

function Item(props: { readonly signal: Signal; readonly today: string }) {
  const live = () => isLive(props.signal, props.today);
  return (
    <li data-live={live() ? '' : undefined}>
      <p class={styles.signalHead}>
        <strong>{props.signal.kind}</strong>
        <time datetime={props.signal.happenedOn} title={props.signal.happenedOn}>
          {ago(props.signal.happenedOn, props.today)}
        </time>
        <span>{freshness(props.signal, props.today)}</span>
        <Show when={props.signal.prospectId === null}>
          <span>about the company</span>
        </Show>
      </p>
      <Show when={props.signal.quote}>
        <blockquote>{props.signal.quote}</blockquote>
      </Show>
      <Show when={props.signal.source}>
        <p class={styles.source}>
          <Source text={props.signal.source} />
        </p>
      </Show>
    </li>
  );
}

/** In words how much of a signal's worth is left: fresh within its half-life, fading while it still counts, then stale. */
function freshness(signal: Signal, today: string): string {
  if (!isLive(signal, today)) return dayNumber(signal.happenedOn) === undefined ? 'no date' : 'stale';
  const age = (dayNumber(today) ?? 0) - (dayNumber(signal.happenedOn) ?? 0);
  return age < defaultSignalRules[signal.kind].halfLifeDays ? 'fresh' : 'fading';
}

function Source(props: { readonly text: string }) {
  const isAddress = () => /^https?:\/\/\S+$/i.test(props.text) && URL.canParse(props.text);
  return (
    <Show when={isAddress()} fallback={props.text}>
      <a href={props.text} target="_blank" rel="noopener noreferrer">
        {new URL(props.text).hostname.replace(/^www\./, '')}
      </a>
    </Show>
  );
}
