import { For, Show } from 'solid-js';
import type { TierChange } from '../../boundary/services';
import type { Engagement } from '../../domain/signal';
import { TierBadge } from '../../ui/TierBadge';
import { ago, todayHere } from './ago';
import styles from './Panel.module.css';

interface Props {
  readonly tiers: readonly TierChange[];
  readonly engagement: readonly Engagement[];
}

type Event = { readonly on: string; readonly tier?: TierChange; readonly engagement?: Engagement };

/** What happened with a prospect, newest first: changes of tier with their reason, and what came back. */
export default function History(props: Props) {
  const events = (): Event[] =>
    [
      ...props.tiers.map((tier): Event => ({ on: tier.since.slice(0, 10), tier })),
      ...props.engagement.map((engagement): Event => ({ on: engagement.happenedOn, engagement })),
    ].sort((a, b) => b.on.localeCompare(a.on));

  return (
    <Show when={events().length > 0}>
      <section>
        <h3>History</h3>
        <ol class={styles.history}>
          <For each={events()}>
            {(event) => (
              <li>
                <time datetime={event.on} title={event.on}>
                  {ago(event.on, todayHere())}
                </time>
                <Show when={event.tier}>
                  {(change) => (
                    <span>
                      <TierBadge tier={change().tier} /> {change().reason}
                    </span>
                  )}
                </Show>
                <Show when={event.engagement}>{(came) => <span>{came().kind}</span>}</Show>
              </li>
            )}
          </For>
        </ol>
      </section>
    </Show>
  );
}
