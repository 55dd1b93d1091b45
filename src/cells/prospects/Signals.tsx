import { For, Show } from 'solid-js';
import type { ProspectDetail, Services } from '../../boundary/services';
import { dayNumber, defaultSignalRules, isLive, type Signal } from '../../domain/signal';
import { today } from '../today';
import { ago } from './ago';
import styles from './Panel.module.css';
import { createRemoval, Recording } from './Recording';
import recording from './Recording.module.css';
import { SignalForm } from './SignalForm';

interface Props {
  readonly prospect: ProspectDetail;
  readonly signals: Services['signals'];
}

/** What is known of a prospect that is dated and specific, the live ones marked; and the way to write down more. */
export default function Signals(props: Props) {
  const removal = createRemoval<Signal>(
    ({ id }) => props.signals.remove(id),
    ({ id: _, accountId: __, prospectId, ...signal }) =>
      props.signals.add({
        ...signal,
        prospectId: props.prospect.id,
        about: prospectId === null ? 'account' : 'prospect',
      }),
  );
  const newestFirst = () =>
    props.prospect.signals.toSorted((a, b) => b.happenedOn.localeCompare(a.happenedOn));

  return (
    <Recording
      title="Signals"
      add="Add a signal"
      prospectId={props.prospect.id}
      removal={removal}
      form={(close) => <SignalForm prospect={props.prospect} signals={props.signals} onClose={close} />}
    >
      <Show
        when={props.prospect.signals.length > 0}
        fallback={
          <p class="muted">
            No signal yet: nothing dated and specific is known, so a mail could only be a general one.
          </p>
        }
      >
        <ol class={styles.signals}>
          <For each={newestFirst()}>
            {(signal) => (
              <Item signal={signal} today={today()} onRemove={() => void removal.remove(signal)} />
            )}
          </For>
        </ol>
      </Show>
    </Recording>
  );
}

function Item(props: { readonly signal: Signal; readonly today: string; onRemove(): void }) {
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
        <button
          type="button"
          data-quiet
          class={recording.remove}
          aria-label={`Remove the signal: ${props.signal.quote.slice(0, 60)}`}
          onClick={() => props.onRemove()}
        >
          Remove
        </button>
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
