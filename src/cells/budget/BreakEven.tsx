import { createMemo, For, Show } from 'solid-js';
import { breakEven } from '../../domain/budget';
import { NumberField } from '../../ui/NumberField';
import { amountOf, type BudgetParams } from './kind';
import styles from './View.module.css';

interface Props {
  readonly params: BudgetParams;
  onChange(part: Partial<BudgetParams>, step: string): void;
}

/** Many generic mails against few personal ones: from where on which is better, in sentences. */
export function BreakEven(props: Props) {
  const even = createMemo(() =>
    breakEven(props.params.generic, props.params.personal, props.params.worthRatio, props.params.hours),
  );
  const isDefined = () =>
    [props.params.generic, props.params.personal].every((one) => one.replies > 0 && one.minutesPerSend > 0);
  const percent = (share: number) => `${amountOf(100 * share)} %`;
  const touches = () => Math.floor((60 * props.params.hours) / props.params.personal.minutesPerSend + 1e-9);

  return (
    <section class={styles.section} aria-label="Generic against personal">
      <h3>Many generic mails, or few personal ones?</h3>
      <For each={['generic', 'personal'] as const}>
        {(way) => (
          <p class={`${styles.sentence} ${styles.typed}`}>
            <Show when={way === 'personal'}>against </Show>
            <NumberField
              label={`Sends, ${way}`}
              value={props.params[way].sends}
              min={1}
              onChange={(sends) =>
                props.onChange({ [way]: { ...props.params[way], sends } }, `Sends, ${way}`)
              }
            />{' '}
            {way} mails for{' '}
            <NumberField
              label={`Replies, ${way}`}
              value={props.params[way].replies}
              max={props.params[way].sends}
              onChange={(replies) =>
                props.onChange({ [way]: { ...props.params[way], replies } }, `Replies, ${way}`)
              }
            />{' '}
            {props.params[way].replies === 1 ? 'reply' : 'replies'}, at{' '}
            <NumberField
              label={`Minutes each, ${way}`}
              value={props.params[way].minutesPerSend}
              onChange={(minutesPerSend) =>
                props.onChange({ [way]: { ...props.params[way], minutesPerSend } }, `Minutes, ${way}`)
              }
            />{' '}
            minutes each
            <Show when={way === 'personal'}>
              ; a personal reply is worth{' '}
              <NumberField
                label="How many generic replies a personal one is worth"
                value={props.params.worthRatio}
                onChange={(worthRatio) => props.onChange({ worthRatio }, 'Worth of a personal reply')}
              />{' '}
              generic {props.params.worthRatio === 1 ? 'one' : 'ones'}.
            </Show>
          </p>
        )}
      </For>
      <Show
        when={isDefined()}
        fallback={<p class="muted">Both need a reply and some minutes before they can be compared.</p>}
      >
        <ul class={styles.findings}>
          <li>
            {percent(even().genericRate)} against {percent(even().personalRate)} reply. In an hour that is{' '}
            <b>{amountOf(even().genericRepliesPerHour)}</b> generic replies (60 ÷ minutes × rate) or{' '}
            <b>{amountOf(even().personalRepliesPerHour)}</b> personal ones.
          </li>
          <li>
            A personal mail may take up to <b>{amountOf(even().minutes)} minutes</b> before generic ones bring
            more an hour. At {amountOf(props.params.personal.minutesPerSend)} minutes its reply has to be
            worth <b>{amountOf(even().worth)}</b> generic ones.
          </li>
          <li>
            <Show
              when={Number.isFinite(even().prospects)}
              fallback="As it stands, personal mail brings more with any number of prospects."
            >
              With <b>{Math.round(even().prospects).toLocaleString('en')}</b> prospects or fewer, personal
              mail brings more all the same: in {amountOf(props.params.hours)} hours it reaches{' '}
              {touches().toLocaleString('en')} of them, and generic mail to everyone could not win as much.
              Generic mail uses the list up.
            </Show>
          </li>
          <li>
            It also depends on what a reply is for: to land a customer, few and well qualified; to learn, as
            many as come. A small price with a large goal needs more mails than anyone can write.
          </li>
        </ul>
      </Show>
    </section>
  );
}
