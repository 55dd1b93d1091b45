import { For, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import { daysToSend, publishedFigures, sendsPerVariant } from '../../domain/budget';
import type { CellViewProps } from '../../notebook/kind';
import { Explanation } from '../../ui/Explanation';
import { NumberField } from '../../ui/NumberField';
import { BestUse } from './BestUse';
import { BreakEven } from './BreakEven';
import type { BudgetInputs, BudgetOutput, BudgetParams } from './kind';
import { Scenarios } from './Scenarios';
import styles from './View.module.css';

type Props = CellViewProps<BudgetParams, BudgetInputs, BudgetOutput, Services>;

export default function View(props: Props) {
  const change = (part: Partial<BudgetParams>, step: string) =>
    props.setParams({ ...props.params, ...part }, step);
  const contacts = () => props.output?.list?.count ?? 10_000;
  const days = () => daysToSend(contacts(), props.params.inboxes, props.params.sendsPerInboxADay);

  return (
    <div class={styles.view}>
      <Scenarios params={props.params} onChange={change} />
      <Show when={props.output?.list}>
        {(list) => (
          <BestUse
            params={props.params}
            list={list()}
            measured={props.inputs?.drafts?.measured}
            onChange={change}
          />
        )}
      </Show>
      <BreakEven params={props.params} onChange={change} />
      <section class={styles.section} aria-label="What sending takes">
        <h3>What sending takes</h3>
        <p class={`${styles.sentence} ${styles.typed}`}>
          From{' '}
          <NumberField
            label="Inboxes"
            value={props.params.inboxes}
            min={1}
            max={10_000}
            isWhole
            onChange={(inboxes) => change({ inboxes }, 'Inboxes')}
          />{' '}
          {props.params.inboxes === 1 ? 'inbox' : 'inboxes'} at{' '}
          <NumberField
            label="Sends per inbox a day"
            value={props.params.sendsPerInboxADay}
            min={1}
            max={10_000}
            onChange={(sendsPerInboxADay) => change({ sendsPerInboxADay }, 'Sends per inbox a day')}
          />{' '}
          a day, writing once to {contacts().toLocaleString('en')} prospects takes{' '}
          <strong>{days().toLocaleString('en', { maximumFractionDigits: days() < 30 ? 1 : 0 })} days</strong>.
          To see whether one mail gets 2 % where another gets 1 % takes about{' '}
          {(Math.round(sendsPerVariant(0.01, 0.02) / 100) * 100).toLocaleString('en')} sends of each.
        </p>
      </section>
      <Explanation title="What others report, and where the numbers here come from">
        <p>
          The two ways of working, the thousand generic mails against ten personal ones, the minutes of the
          tiers and the rates from reply to deal are examples from published texts, to begin with. The value
          of a deal is yours to fill in. What others publish conflicts, and most of them sell something:
        </p>
        <ul>
          <For each={publishedFigures}>
            {(figure) => (
              <li>
                {figure.quantity}, {figure.of}: {rangeWords(figure.low, figure.high)} ({figure.source})
              </li>
            )}
          </For>
        </ul>
        <p>
          The number of sends that tell 1 % from 2 % is that of a test of two proportions with 80 % power at 5
          % two-sided.
        </p>
      </Explanation>
    </div>
  );
}

/** "15 to 25 %", "3.43 %", "30 to 50": shares as percentages, counts as they are. */
function rangeWords(low: number, high: number): string {
  const isShare = high <= 1;
  const number = (value: number) =>
    (isShare ? 100 * value : value).toLocaleString('en', { maximumFractionDigits: 2 });
  return `${low === high ? number(low) : `${number(low)} to ${number(high)}`}${isShare ? ' %' : ''}`;
}
