import { createMemo, For, Show } from 'solid-js';
import { hoursNeeded } from '../../domain/budget';
import { type Decision, ignoredTouchesToDrop, type Thresholds, tierReasons } from '../../domain/tier';
import { NumberField } from '../../ui/NumberField';
import { TierBadge } from '../../ui/TierBadge';
import type { TiersParams } from './kind';
import styles from './TierTable.module.css';
import { tierWords } from './words';

interface Props {
  readonly params: TiersParams;
  readonly thresholds: Thresholds;
  readonly decision: Decision;
  onCapacity(tier: 1 | 2, count: number): void;
  onChange(part: Partial<TiersParams>, step: string): void;
}

/** How many are in each tier, and what they take of the hours there are. A number typed for a tier moves its threshold. */
export function TierTable(props: Props) {
  const counts = () => props.decision.counts;
  /** How many are where they are for this reason, whatever their score. */
  const because = (reason: (typeof tierReasons)[number]) => {
    const code = tierReasons.indexOf(reason);
    let count = 0;
    for (const own of props.decision.reason) if (own === code) count++;
    return count;
  };
  const regardless = createMemo(() =>
    [
      { count: because('replied'), words: 'replied lately' },
      { count: because('ignored'), words: `ignored ${ignoredTouchesToDrop} touches` },
      { count: because('unsubscribed'), words: 'asked not to be written to' },
    ]
      .filter(({ count }) => count > 0)
      .map(({ count, words }) => `${count.toLocaleString('en')} ${words}`)
      .join(', '),
  );
  const needed = () => hoursNeeded(counts(), props.params.minutes);
  const most = () => Math.max(needed(), props.params.hours, 1e-9);
  function setMinutes(at: 0 | 1 | 2, each: number) {
    const minutes: [number, number, number] = [...props.params.minutes];
    minutes[at] = each;
    props.onChange({ minutes }, `Minutes of tier ${at + 1}`);
  }
  const hoursOf = (at: number) => (counts()[at]! * props.params.minutes[at]!) / 60;

  return (
    <div class={styles.tiers}>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">Tier</th>
            <th scope="col" class={styles.number}>
              From
            </th>
            <th scope="col" class={styles.number}>
              Prospects
            </th>
            <th scope="col" class={styles.number}>
              Minutes each
            </th>
            <th scope="col" class={styles.number}>
              Hours
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={[0, 1, 2] as const}>
            {(at) => (
              <tr>
                <th scope="row">
                  <TierBadge tier={at + 1} /> <span class={styles.word}>{tierWords[at]}</span>
                </th>
                <td class={styles.number}>{props.thresholds.at(at)?.toFixed(1)}</td>
                <td class={styles.number}>
                  <Show
                    when={at < 2 ? ((at + 1) as 1 | 2) : undefined}
                    fallback={<span class={styles.count}>{counts()[at].toLocaleString('en')}</span>}
                  >
                    {(tier) => (
                      <NumberField
                        label={`How many in tier ${tier()}`}
                        value={counts()[at]}
                        isWhole
                        isFirst={at === 0}
                        onChange={(count) => props.onCapacity(tier(), count)}
                      />
                    )}
                  </Show>
                </td>
                <td class={styles.number}>
                  <NumberField
                    label={`Minutes for each of tier ${at + 1}`}
                    value={props.params.minutes[at]}
                    step={0.25}
                    onChange={(minutes) => setMinutes(at, minutes)}
                  />
                </td>
                <td class={styles.number}>{hours(hoursOf(at))}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <Show when={regardless()}>
        <p class={styles.aside}>Whatever their score: {regardless()}.</p>
      </Show>
      <div class={styles.budget}>
        <div class={styles.bar} aria-hidden="true">
          <For each={[0, 1, 2] as const}>
            {(at) => (
              <span
                style={{ width: `${(100 * hoursOf(at)) / most()}%`, background: `var(--tier-${at + 1})` }}
              />
            )}
          </For>
          <i style={{ left: `${(100 * props.params.hours) / most()}%` }} />
        </div>
        <p class={styles.sentence}>
          <span class={styles.needed}>{hours(needed())}</span> hours needed of the{' '}
          <NumberField
            label="Hours there are"
            value={props.params.hours}
            onChange={(there) => props.onChange({ hours: there }, 'Hours there are')}
          />{' '}
          there are.{' '}
          <Show when={needed() > props.params.hours + 0.05}>
            <strong>That is {hours(needed() - props.params.hours)} too many: raise a threshold.</strong>
          </Show>
        </p>
      </div>
    </div>
  );
}

function hours(value: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
