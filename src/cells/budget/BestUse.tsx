import { For, Show } from 'solid-js';
import { defaultTierEfforts, type MeasuredEffort } from '../../domain/budget';
import { Explanation } from '../../ui/Explanation';
import { NumberField } from '../../ui/NumberField';
import { TierBadge } from '../../ui/TierBadge';
import { amountOf, type BudgetOutput, type BudgetParams, minutesOf, money } from './kind';
import { MeasuredNote } from './MeasuredNote';
import styles from './View.module.css';

interface Props {
  readonly params: BudgetParams;
  readonly list: NonNullable<BudgetOutput['list']>;
  /** What the queue of a drafts cell measured; undefined where none is connected. */
  readonly measured: MeasuredEffort | null | undefined;
  onChange(part: Partial<BudgetParams>, step: string): void;
}

type Effort = BudgetParams['efforts'][number];

const names = ['by hand', 'drafted', 'by segment'] as const;
const sources = [
  'published for 15 to 30 minutes (John Barrows)',
  'published for 5 to 10 minutes (John Barrows)',
  'around the 1 % of the worked example',
] as const;

/** The hours there are for the connected list, spent as well as can be, beside the tiers as they are. */
export function BestUse(props: Props) {
  const best = () => props.list.best;
  const gain = () => best().value - props.list.asTiered.value;

  function changeEffort(at: 0 | 1 | 2, part: Partial<Effort>, step: string) {
    const efforts: [Effort, Effort, Effort] = [...props.params.efforts];
    efforts[at] = { ...efforts[at], ...part };
    props.onChange({ efforts }, step);
  }
  const isUsual = (at: 0 | 1 | 2) => {
    const [low, high] = props.params.efforts[at].replyRate;
    const usual = defaultTierEfforts[at].replyRate;
    return low === usual[0] && high === usual[1];
  };

  return (
    <section class={styles.section} aria-label="The best use of the hours">
      <h3>
        The best use of{' '}
        <NumberField
          label="Hours for this list"
          value={props.params.listHours}
          max={100_000}
          onChange={(listHours) => props.onChange({ listHours }, 'Hours for the list')}
        />{' '}
        hours on {props.list.count.toLocaleString('en')} prospects
      </h3>
      <div class={styles.scroll}>
        <table class={styles.table}>
          <thead>
            <tr>
              <th scope="col">Tier</th>
              <th scope="col" class={styles.number}>
                Minutes each
              </th>
              <th scope="col">Reply rate, % (score 0 to 100)</th>
              <th scope="col" class={styles.number}>
                Best
              </th>
              <th scope="col" class={styles.number}>
                As tiered
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={[0, 1, 2] as const}>
              {(at) => (
                <tr>
                  <th scope="row">
                    <TierBadge tier={at + 1} /> {names[at]}
                  </th>
                  <td class={styles.number}>
                    <Show when={at === 1 && props.list.measuredMinutes}>
                      {(minutes) => (
                        <span class={styles.measured}>
                          <b>{minutesOf(minutes())}</b> measured, assumed{' '}
                        </span>
                      )}
                    </Show>
                    <NumberField
                      label={`Minutes each, ${names[at]}`}
                      value={props.params.efforts[at].minutes}
                      onChange={(minutes) => changeEffort(at, { minutes }, `Minutes, ${names[at]}`)}
                    />
                  </td>
                  <td>
                    <NumberField
                      label={`Reply rate at score 0, percent, ${names[at]}`}
                      value={100 * props.params.efforts[at].replyRate[0]}
                      max={100}
                      onChange={(rate) =>
                        changeEffort(
                          at,
                          { replyRate: [rate / 100, props.params.efforts[at].replyRate[1]] },
                          `Reply rate, ${names[at]}`,
                        )
                      }
                    />{' '}
                    to{' '}
                    <NumberField
                      label={`Reply rate at score 100, percent, ${names[at]}`}
                      value={100 * props.params.efforts[at].replyRate[1]}
                      max={100}
                      onChange={(rate) =>
                        changeEffort(
                          at,
                          { replyRate: [props.params.efforts[at].replyRate[0], rate / 100] },
                          `Reply rate, ${names[at]}`,
                        )
                      }
                    />{' '}
                    <span class={styles.source}>{isUsual(at) ? sources[at] : 'yours'}</span>
                  </td>
                  <td class={styles.number}>{best().counts[at + 1]?.toLocaleString('en')}</td>
                  <td class={styles.number}>{props.list.tierCounts[at].toLocaleString('en')}</td>
                </tr>
              )}
            </For>
            <tr>
              <th scope="row">no mail</th>
              <td />
              <td />
              <td class={styles.number}>{best().counts[0].toLocaleString('en')}</td>
              <td class={styles.number}>0</td>
            </tr>
            <tr class={styles.total}>
              <th scope="row">Hours</th>
              <td />
              <td />
              <td class={styles.number}>{amountOf(best().hours)}</td>
              <td class={styles.number}>{amountOf(props.list.asTiered.hours)}</td>
            </tr>
            <tr>
              <th scope="row">Expected value</th>
              <td />
              <td />
              <td class={styles.number}>{money(best().value)}</td>
              <td class={styles.number}>{money(props.list.asTiered.value)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      <Show when={props.measured !== undefined}>
        <MeasuredNote
          measured={props.measured ?? null}
          assumed={props.params.efforts[1].minutes}
          isWanted={props.params.usesMeasured}
          onChange={(usesMeasured) =>
            props.onChange(
              { usesMeasured },
              usesMeasured ? 'Plan with measured minutes' : 'Plan with assumed minutes',
            )
          }
        />
      </Show>
      <p class={styles.sentence}>
        <Show
          when={best().valueOfAnHour > 0}
          fallback="All that is worth doing fits into the hours: one more would bring nothing."
        >
          One more hour is worth about <b>{money(best().valueOfAnHour)}</b>. An hour that costs you less is
          worth adding.
        </Show>{' '}
        <Show when={props.list.asTiered.hours > props.params.listHours + 0.05}>
          The tiers as they are take {amountOf(props.list.asTiered.hours - props.params.listHours)} hours more
          than there are.
        </Show>
        <Show when={props.list.asTiered.hours <= props.params.listHours + 0.05 && gain() > 0}>
          The best use brings {money(gain())} more than the tiers as they are.
        </Show>
      </p>
      <Explanation>
        <p>
          A prospect can get no mail or the treatment of a tier. What a treatment brings is{' '}
          <code>reply rate × meetings per reply × deals per meeting × value of a deal</code>; the reply rate
          rises evenly from the first number at score 0 to the second at score 100. Of each prospect's options
          only steps that bring more a minute than the next are worth taking (the concave hull), and the steps
          are taken by value a minute until the hours are full. What the last minute brings, times sixty, is
          what one more hour is worth.
        </p>
        <p>
          No way of spending these hours could bring more than {money(best().bound)} (the linear relaxation);
          this one brings {best().bound > 0 ? ((100 * best().value) / best().bound).toFixed(2) : '100.00'} %
          of that.
        </p>
      </Explanation>
    </section>
  );
}
