import { createMemo, For, type JSX } from 'solid-js';
import { type Funnel, type Outcome, outcomeOf, type Scenario } from '../../domain/budget';
import { NumberField } from '../../ui/NumberField';
import { amountOf, type BudgetParams, money } from './kind';
import styles from './Scenarios.module.css';

interface Props {
  readonly params: BudgetParams;
  onChange(part: Partial<BudgetParams>, step: string): void;
}

const parts = [
  { key: 'research', label: 'Research' },
  { key: 'writing', label: 'Write and edit' },
  { key: 'review', label: 'Review and send' },
] as const;

/** Two ways of working side by side: what goes in can be typed over, what comes out says how. */
export function Scenarios(props: Props) {
  const both = [0, 1] as const;
  const outcomes = createMemo(() =>
    props.params.scenarios.map((one) => outcomeOf(one, props.params.funnel, props.params.hours)),
  );

  function changeScenario(at: 0 | 1, part: Partial<Scenario>, step: string) {
    const scenarios: [Scenario, Scenario] = [...props.params.scenarios];
    scenarios[at] = { ...scenarios[at], ...part };
    props.onChange({ scenarios }, step);
  }
  const changeFunnel = (part: Partial<Funnel>, step: string) =>
    props.onChange({ funnel: { ...props.params.funnel, ...part } }, step);

  /** A row of results, with how the two compare. */
  function Result(row: {
    readonly label: string;
    readonly how: JSX.Element;
    readonly isTotal?: boolean;
    of(outcome: Outcome): number;
    words?(value: number): string;
  }) {
    const value = (at: 0 | 1) => row.of(outcomes()[at]!);
    const ratio = () => {
      const [first, second] = [value(0), value(1)];
      if (first <= 0 || second <= 0) return '';
      return second >= first ? `× ${amountOf(second / first)}` : `÷ ${amountOf(first / second)}`;
    };
    return (
      <tr class={styles.result} data-total={row.isTotal ? '' : undefined}>
        <th scope="row">
          {row.label} <span class={styles.how}>{row.how}</span>
        </th>
        <For each={both}>{(at) => <td>{(row.words ?? amountOf)(value(at))}</td>}</For>
        <td class={styles.ratio}>{ratio()}</td>
      </tr>
    );
  }

  return (
    <div class={styles.scroll}>
      <table class={styles.table}>
        <caption>
          What{' '}
          <NumberField
            label="Hours"
            value={props.params.hours}
            max={10_000}
            onChange={(hours) => props.onChange({ hours }, 'Hours')}
          />{' '}
          hours come to
        </caption>
        <thead>
          <tr>
            <td />
            <For each={both}>
              {(at) => (
                <th scope="col">
                  <textarea
                    class={styles.name}
                    rows="2"
                    aria-label={`Name of way ${at + 1}`}
                    value={props.params.scenarios[at].name}
                    onChange={(event) => {
                      const name = event.currentTarget.value.trim();
                      if (name) changeScenario(at, { name }, 'Name of a way of working');
                      else event.currentTarget.value = props.params.scenarios[at].name;
                    }}
                  />
                </th>
              )}
            </For>
            <td />
          </tr>
        </thead>
        <tbody>
          <For each={parts}>
            {(part) => (
              <tr>
                <th scope="row">
                  {part.label} <span class={styles.how}>minutes a touch</span>
                </th>
                <For each={both}>
                  {(at) => (
                    <td>
                      <NumberField
                        label={`${part.label}, minutes: ${props.params.scenarios[at].name}`}
                        value={props.params.scenarios[at][part.key]}
                        onChange={(minutes) => changeScenario(at, { [part.key]: minutes }, part.label)}
                      />
                    </td>
                  )}
                </For>
                <td />
              </tr>
            )}
          </For>
          <tr>
            <th scope="row">
              Replies <span class={styles.how}>per hundred touches</span>
            </th>
            <For each={both}>
              {(at) => (
                <td>
                  <NumberField
                    label={`Reply rate, percent: ${props.params.scenarios[at].name}`}
                    value={100 * props.params.scenarios[at].replyRate}
                    max={100}
                    onChange={(rate) => changeScenario(at, { replyRate: rate / 100 }, 'Reply rate')}
                  />
                </td>
              )}
            </For>
            <td />
          </tr>
          <Result label="Minutes a touch" how="the three added up" of={(one) => one.minutesPerTouch} />
          <Result label="Touches" how="60 × hours ÷ minutes, whole ones" of={(one) => one.touches} />
          <Result label="Replies" how="touches × reply rate" of={(one) => one.replies} />
          <Result
            label="Meetings"
            how={
              <>
                replies ×{' '}
                <NumberField
                  label="Meetings per hundred replies"
                  value={100 * props.params.funnel.meetingRate}
                  max={100}
                  unit="%"
                  onChange={(rate) => changeFunnel({ meetingRate: rate / 100 }, 'Meetings per reply')}
                />
              </>
            }
            of={(one) => one.meetings}
          />
          <Result
            label="Won"
            how={
              <>
                meetings ×{' '}
                <NumberField
                  label="Deals won per hundred meetings"
                  value={100 * props.params.funnel.winRate}
                  max={100}
                  unit="%"
                  onChange={(rate) => changeFunnel({ winRate: rate / 100 }, 'Deals per meeting')}
                />
              </>
            }
            of={(one) => one.won}
            words={(value) => value.toFixed(2)}
          />
          <Result
            label="Value"
            isTotal
            how={
              <>
                won ×{' '}
                <NumberField
                  label="Value of a deal"
                  value={props.params.funnel.dealValue}
                  onChange={(dealValue) => changeFunnel({ dealValue }, 'Value of a deal')}
                />{' '}
                a deal
              </>
            }
            of={(one) => one.value}
            words={money}
          />
        </tbody>
      </table>
    </div>
  );
}
