import { For, Show } from 'solid-js';
import type { ProspectDetail, Services, TierChange } from '../../boundary/services';
import type { Engagement } from '../../domain/signal';
import { TierBadge } from '../../ui/TierBadge';
import { today } from '../today';
import { ago } from './ago';
import { EngagementForm } from './EngagementForm';
import styles from './Panel.module.css';
import { createRemoval, Recording } from './Recording';
import recording from './Recording.module.css';

interface Props {
  readonly prospect: ProspectDetail;
  readonly signals: Services['signals'];
}

type Event = { readonly on: string; readonly tier?: TierChange; readonly engagement?: Engagement };

/** What happened with a prospect, newest first: changes of tier with their reason, and what came back. */
export default function History(props: Props) {
  const removal = createRemoval<Engagement>(
    ({ id }) => props.signals.removeEngagement(id),
    ({ id: _, ...engagement }) => props.signals.addEngagement(engagement),
  );
  const events = (): Event[] =>
    [
      ...props.prospect.tierHistory.map((tier): Event => ({ on: tier.since.slice(0, 10), tier })),
      ...props.prospect.engagement.map((engagement): Event => ({ on: engagement.happenedOn, engagement })),
    ].sort((a, b) => b.on.localeCompare(a.on));

  return (
    <Recording
      title="History"
      add="Add what came back"
      prospectId={props.prospect.id}
      removal={removal}
      form={(close) => (
        <EngagementForm prospectId={props.prospect.id} signals={props.signals} onClose={close} />
      )}
    >
      <Show when={events().length > 0} fallback={<p class="muted">Nothing has happened yet.</p>}>
        <ol class={styles.history}>
          <For each={events()}>
            {(event) => (
              <li>
                <time datetime={event.on} title={event.on}>
                  {ago(event.on, today())}
                </time>
                <Show when={event.tier}>
                  {(change) => (
                    <span>
                      <TierBadge tier={change().tier} /> {change().reason}
                    </span>
                  )}
                </Show>
                <Show when={event.engagement}>
                  {(came) => (
                    <span class={recording.line}>
                      {came().kind}
                      <button
                        type="button"
                        data-quiet
                        class={recording.remove}
                        aria-label={`Remove: ${came().kind}, ${event.on}`}
                        onClick={() => void removal.remove(came())}
                      >
                        Remove
                      </button>
                    </span>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </Recording>
  );
}
