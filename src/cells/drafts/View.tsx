import { createMemo, createSignal, For, Match, Show, Switch } from 'solid-js';
import type { DraftRequest, Services } from '../../boundary/services';
import type { CellViewProps } from '../../notebook/kind';
import { createLatest } from '../../ui/latest';
import { Basics } from './Basics';
import { Batch } from './Batch';
import { ByHand } from './ByHand';
import { HowDrafted } from './HowDrafted';
import { byScore, type DraftsInputs, type DraftsOutput, type DraftsParams, requestOf, tiersOf } from './kind';
import { Segments } from './Segments';
import styles from './View.module.css';
import { Ways } from './Ways';
import { Writers } from './Writers';
import { count } from './words';

type Props = CellViewProps<DraftsParams, DraftsInputs, DraftsOutput, Services>;

const tabs = [
  { tier: 2, name: 'Drafted' },
  { tier: 1, name: 'By hand' },
  { tier: 3, name: 'By segment' },
] as const;

export default function View(props: Props) {
  const [tab, setTab] = createSignal<1 | 2 | 3>(2);
  const change = (part: Partial<DraftsParams>, step: string) =>
    props.setParams({ ...props.params, ...part }, step);

  const tiers = createLatest(
    () => props.inputs,
    (inputs) => tiersOf({ cellId: props.cellId, params: props.params, inputs, services: props.services }),
  );
  const tierOf = () => {
    const found = tiers();
    return found?.ok ? found.value : undefined;
  };
  const members = createMemo(() => {
    const of = tierOf();
    const from = props.inputs?.from;
    const pick = (tier: number) =>
      of && from && of.length === from.ids.length ? byScore(from, of, tier) : new Int32Array(0);
    return { 1: pick(1), 2: pick(2), 3: pick(3) };
  });
  const request = createMemo((): DraftRequest | undefined => {
    const [of, inputs] = [tierOf(), props.inputs];
    if (!of || !inputs || of.length !== inputs.from.ids.length) return undefined;
    return requestOf({ cellId: props.cellId, params: props.params, inputs }, of);
  });

  /** What follows this cell sees new drafts and texts once it has run; a cell that waits for an answer is left alone. */
  function refresh() {
    if (props.status.state === 'done') props.run();
  }

  function onTabKey(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex(({ tier }) => tier === tab());
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next) setTab(next.tier);
    const list = event.currentTarget as HTMLElement;
    queueMicrotask(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  }

  return (
    <div class={styles.view}>
      <Basics params={props.params} onChange={change} />
      <div class={styles.settings}>
        <Writers params={props.params} services={props.services} onChange={change} />
        <Ways params={props.params} hasVoice={props.inputs?.voice !== undefined} onChange={change} />
      </div>
      <div class={styles.tabs} role="tablist" aria-label="By tier" onKeyDown={onTabKey}>
        <For each={tabs}>
          {({ tier, name }) => (
            <button
              type="button"
              role="tab"
              id={`${props.cellId}-tab-${tier}`}
              aria-selected={tab() === tier}
              aria-controls={`${props.cellId}-tier`}
              tabindex={tab() === tier ? 0 : -1}
              class={styles.tab}
              onClick={() => setTab(tier)}
            >
              {name} <span class={styles.count}>{count(members()[tier].length)}</span>
            </button>
          )}
        </For>
      </div>
      <div
        id={`${props.cellId}-tier`}
        class={styles.panel}
        role="tabpanel"
        aria-labelledby={`${props.cellId}-tab-${tab()}`}
      >
        <Show when={props.inputs} fallback={<p class="empty">Choose whom to write to, above.</p>}>
          {(inputs) => (
            <Switch>
              <Match when={tab() === 2}>
                <Batch
                  cellId={props.cellId}
                  params={props.params}
                  request={request()}
                  pool={inputs().from.ids}
                  hasVoice={inputs().voice !== undefined}
                  isByScore={inputs().from.type === 'tiering'}
                  status={props.status}
                  services={props.services}
                  run={props.run}
                  onChanged={refresh}
                  onParams={change}
                />
              </Match>
              <Match when={tab() === 1}>
                <ByHand
                  cellId={props.cellId}
                  touch={props.params.touch}
                  offer={props.params.offer}
                  ids={members()[1]}
                  pool={inputs().from.ids}
                  hasVoice={inputs().voice !== undefined}
                  services={props.services}
                  onChanged={refresh}
                />
              </Match>
              <Match when={tab() === 3}>
                <Segments
                  cellId={props.cellId}
                  params={props.params}
                  ids={members()[3]}
                  clusters={inputs().clusters}
                  services={props.services}
                  onChanged={refresh}
                />
              </Match>
            </Switch>
          )}
        </Show>
      </div>
      <HowDrafted />
    </div>
  );
}
