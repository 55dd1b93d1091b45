import { batch, createMemo, createSignal, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import {
  decideTiers,
  type FactorName,
  scoreHistogram,
  type Thresholds,
  thresholdsForCapacity,
  tierScores,
} from '../../domain/tier';
import type { CellViewProps } from '../../notebook/kind';
import { Histogram } from '../../ui/Histogram';
import { createProspectNames } from '../prospectNames';
import { Breakdown } from './Breakdown';
import { HowComputed } from './HowComputed';
import { assignmentOf, rulesFor, type TiersInputs, type TiersOutput, type TiersParams, those } from './kind';
import { MoveList } from './MoveList';
import { movesOf } from './moves';
import { Settings } from './Settings';
import { TierTable } from './TierTable';
import styles from './View.module.css';

type Props = CellViewProps<TiersParams, TiersInputs, TiersOutput, Services>;

/** How many moves each way are listed one by one. */
const listed = 6;

export default function View(props: Props) {
  const [isIcpOpen, setIcpOpen] = createSignal(false);
  return (
    <div class={styles.view}>
      <Show
        when={props.output}
        fallback={
          <>
            <p class="empty">The scores will appear here, with thresholds to drag on them.</p>
            <Settings
              params={props.params}
              isIcpOpen={isIcpOpen()}
              onIcpOpen={setIcpOpen}
              setParams={props.setParams}
              onWeight={() => {}}
            />
          </>
        }
      >
        {(output) => <Tiers {...props} output={output()} isIcpOpen={isIcpOpen()} onIcpOpen={setIcpOpen} />}
      </Show>
    </div>
  );
}

function Tiers(
  props: Props & {
    readonly output: TiersOutput;
    readonly isIcpOpen: boolean;
    onIcpOpen(isOpen: boolean): void;
  },
) {
  const { selection } = props.services;
  const nameOf = createProspectNames(props.services.prospects);
  // What is being dragged: it counts at once on the page, and becomes a parameter when let go.
  const [dragged, setDragged] = createSignal<Partial<TiersParams>>({});
  const [keptMoves, setKeptMoves] = createSignal<string>();
  const params = createMemo((): TiersParams => ({ ...props.params, ...dragged() }));

  const factors = () => props.output.factors;
  const standing = () => props.output.standing;
  const score = createMemo(() => tierScores(factors(), params().weights));
  const rules = createMemo(() =>
    rulesFor(params(), score(), factors().fit, standing(), props.output.keptRules),
  );
  const decision = createMemo(() => decideTiers(score(), factors().fit, standing(), rules()));
  const moves = createMemo(() => movesOf(decision(), standing(), score(), listed));

  // ------------------------------------------------------------ the histogram

  const bounds = createMemo(() => boundsOf(score()));
  const bars = createMemo(() => {
    const { from, to } = bounds();
    const width = score().length < 1000 ? 2 : 1;
    const { decided, belowFloor } = scoreHistogram(score(), factors().fit, params().floor, 100 / width);
    return {
      counts: decided.subarray(from / width, to / width),
      aside: belowFloor.subarray(from / width, to / width),
    };
  });
  const misfits = createMemo(() => bars().aside.reduce((sum, count) => sum + count, 0));
  const handles = createMemo(() => {
    const [tier1, tier2] = rules().thresholds;
    const { from, to } = bounds();
    return [
      { label: 'Where tier 2 begins', mark: '2', value: tier2, min: Math.min(from, tier2), max: tier1 },
      { label: 'Where tier 1 begins', mark: '1', value: tier1, min: tier2, max: Math.max(to, tier1) },
    ];
  });

  const withHandle = (handle: number, value: number): Thresholds =>
    handle === 0 ? [rules().thresholds[0], value] : [value, rules().thresholds[1]];

  function keep(part: Partial<TiersParams>, step: string) {
    const { upCount, downCount } = moves();
    batch(() => {
      setKeptMoves(upCount + downCount > 0 ? `Kept: ${upAndDown(upCount, downCount)}.` : undefined);
      props.setParams({ ...props.params, ...part }, step);
      setDragged({});
    });
  }

  function dragThreshold(handle: number, value: number) {
    setKeptMoves(undefined);
    setDragged({ ...dragged(), thresholds: withHandle(handle, value) });
  }

  function setCapacity(tier: 1 | 2, count: number) {
    const thresholds = thresholdsForCapacity(score(), factors().fit, standing(), rules(), tier, count);
    setDragged({ ...dragged(), thresholds });
    keep({ thresholds }, `Capacity of tier ${tier}`);
  }

  // ------------------------------------------------------------ whom the panel beside speaks of

  const [last, setLast] = createSignal<number>();
  const pointedAt = createMemo(() => {
    const id = selection.hovered() ?? selection.open() ?? last();
    const at = id === undefined ? -1 : props.output.ids.indexOf(id);
    return at < 0 ? undefined : at;
  });
  const shownAt = createMemo(() => pointedAt() ?? highest(score()));
  function point(id: number | undefined) {
    selection.hover(id);
    if (id !== undefined) setLast(id);
  }

  async function makeMoves() {
    const { upCount, downCount } = moves();
    const all = assignmentOf({
      cellId: props.cellId,
      params: props.params,
      ids: props.output.ids,
      score: score(),
      decision: decision(),
      rules: rules(),
    });
    const moved = those(all, (i) => decision().tier[i] !== standing().current[i]);
    const kept = await props.services.tiers.assign(moved);
    setKeptMoves(kept.ok ? `Kept: ${upAndDown(upCount, downCount)}.` : kept.failure.sentence);
    if (kept.ok) props.run();
  }

  const pickMovers = (isUp: boolean) =>
    selection.select(
      props.output.ids.filter((_, i) => {
        const before = standing().current[i]!;
        const after = decision().tier[i]!;
        return before !== 0 && (isUp ? after < before : after > before);
      }),
    );

  return (
    <>
      <Histogram
        label="How many prospects score how much"
        from={bounds().from}
        to={bounds().to}
        counts={bars().counts}
        aside={bars().aside}
        handles={handles()}
        colours={['--tier-3', '--tier-2', '--tier-1']}
        marker={pointedAt() === undefined ? undefined : score()[pointedAt()!]}
        format={(value) => value.toFixed(1)}
        onInput={dragThreshold}
        onChange={(handle, value) =>
          keep({ thresholds: withHandle(handle, value) }, `Threshold of tier ${2 - handle}`)
        }
      />
      <Show when={misfits() > 0}>
        <p class={styles.caption}>
          Grey: {misfits().toLocaleString('en')} fit below {Math.round(100 * params().floor)} %, in tier 3
          whatever the score.
          <Show when={misfits() > props.output.ids.length / 2}>
            {' '}
            That is most of the list: is your ideal customer described for it?{' '}
            <button type="button" class={styles.link} onClick={() => props.onIcpOpen(true)}>
              Look at the description
            </button>
          </Show>
        </p>
      </Show>
      <div class={styles.columns}>
        <TierTable
          params={params()}
          thresholds={rules().thresholds}
          decision={decision()}
          onCapacity={setCapacity}
          onChange={(part, step) => props.setParams({ ...props.params, ...part }, step)}
        />
        <Breakdown
          output={props.output}
          index={shownAt()}
          score={score()}
          params={params()}
          decision={decision()}
          rules={rules()}
          name={nameOf(props.output.ids[shownAt()]!)}
          isExample={pointedAt() === undefined}
          onOpen={() => selection.show(props.output.ids[shownAt()], props.output.ids)}
        />
      </div>
      <MoveList
        moves={moves()}
        decision={decision()}
        rules={rules()}
        score={score()}
        factors={factors()}
        weights={params().weights}
        before={standing().current}
        ids={props.output.ids}
        nameOf={nameOf}
        isDragging={Object.keys(dragged()).length > 0}
        kept={keptMoves()}
        onKeep={makeMoves}
        onPick={pickMovers}
        onPoint={point}
        onOpen={(id) => selection.show(id, props.output.ids)}
      />
      <Settings
        params={params()}
        isIcpOpen={props.isIcpOpen}
        onIcpOpen={props.onIcpOpen}
        setParams={(next, step) => keep(next, step)}
        onWeight={(name: FactorName, weight) =>
          setDragged({ ...dragged(), weights: { ...params().weights, [name]: weight } })
        }
      />
      <HowComputed params={params()} hasGroups={props.inputs?.clusters !== undefined} />
    </>
  );
}

/** "34 up, 12 down". */
function upAndDown(up: number, down: number): string {
  const words = [up > 0 && `${up.toLocaleString('en')} up`, down > 0 && `${down.toLocaleString('en')} down`];
  return words.filter(Boolean).join(', ');
}

/** The stretch of 0 to 100 that has scores in it, in steps of ten, at least 20 wide. */
function boundsOf(score: Float32Array): { readonly from: number; readonly to: number } {
  let low = 100;
  let high = 0;
  for (const points of score) {
    if (points < low) low = points;
    if (points > high) high = points;
  }
  const from = Math.max(0, Math.min(80, Math.floor(Math.min(low, high) / 10) * 10));
  return { from, to: Math.min(100, Math.max(from + 20, Math.ceil((high + 1) / 10) * 10)) };
}

function highest(score: Float32Array): number {
  let best = 0;
  for (let i = 1; i < score.length; i++) if (score[i]! > score[best]!) best = i;
  return best;
}
