import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import { filterRows, type RowFilter } from '../../domain/compare';
import { halfSeen, outcomesOf, type Vote } from '../../domain/compare/duel';
import type { CellViewProps } from '../../notebook/kind';
import { ColumnsMenu } from '../../ui/ColumnsMenu';
import { sameIds } from '../../ui/rowWindows';
import { createProspectNames } from '../prospectNames';
import { createChoices } from './choices';
import { Duel } from './Duel';
import { Export } from './Export';
import { Grid } from './Grid';
import type { CompareInputs, CompareParams, ComparisonOutput } from './kind';
import { scoreboardsOf } from './ratings';
import { Scoreboard } from './Scoreboard';
import { haveSameDrafts, sayTheSame } from './same';
import { createTexts } from './texts';
import styles from './View.module.css';
import { columnFigures, costsOf } from './words';

type Props = CellViewProps<CompareParams, CompareInputs, ComparisonOutput, Services>;

export default function View(props: Props) {
  return (
    <div class={styles.view}>
      <Show when={props.output}>
        {(output) => (
          <Show when={output().ids.length > 0} fallback={<NoDrafts />}>
            <Comparison {...props} output={output()} />
          </Show>
        )}
      </Show>
    </div>
  );
}

function NoDrafts() {
  return (
    <p class={styles.empty}>
      These prospects have no drafts yet. Make some in a drafts cell, in several variants, and they stand here
      side by side.
    </p>
  );
}

const filterWords: Readonly<Record<RowFilter, string>> = {
  all: 'All',
  differ: 'Differ',
  worst: 'Worst first',
  failed: 'Failed',
};

function Comparison(props: Props & { readonly output: ComparisonOutput }) {
  const { comparisons, prospects, selection } = props.services;
  const nameOf = createProspectNames(prospects);
  const change = (part: Partial<CompareParams>, step: string) =>
    props.setParams({ ...props.params, ...part }, step);
  const [failure, setFailure] = createSignal<string>();

  // A run that found the same drafts again leaves what is on the screen as it is.
  const written = createMemo(() => props.output, undefined, { equals: haveSameDrafts });
  const found = createMemo(() => props.output, undefined, { equals: sayTheSame });
  const textOf = createMemo(() => createTexts(comparisons, written().scoreContext, () => props.output));

  // ------------------------------------------------------------ rows and columns

  const rowsOf = (filter: RowFilter) =>
    filterRows(found().alignment, found().drafts, found().genericness, filter);
  const rows = createMemo(() => rowsOf(props.params.filter), undefined, { equals: sameIds });
  const counts = createMemo(() => ({
    all: found().ids.length,
    differ: rowsOf('differ').length,
    worst: undefined,
    failed: rowsOf('failed').length,
  }));
  const names = createMemo(() => found().alignment.columns.map(({ name }) => name));
  const columns = createMemo(() => {
    const reference = Math.max(0, names().indexOf(props.params.reference));
    const others = names().flatMap((name, column) =>
      column === reference || props.params.hidden.includes(name) ? [] : [column],
    );
    return [reference, ...others];
  });
  const costAt = createMemo(() => costsOf(found().drafts, found().prices));
  const figures = createMemo(() => columnFigures(found().alignment, found().drafts, costAt()));

  // ------------------------------------------------------------ choices

  const choices = createChoices({
    output: () => props.output,
    comparisons,
    textOf: (draftId) => textOf()(draftId),
    onChanged: () => props.run(),
    onFailure: setFailure,
  });

  // ------------------------------------------------------------ votes

  const [votes, setVotes] = createSignal<readonly Vote[]>(props.output.votes);
  createEffect(
    on(
      () => props.output.votes,
      (found) => setVotes(found),
      { defer: true },
    ),
  );
  const [isDueling, setDueling] = createSignal(false);
  const outcomes = createMemo(() => outcomesOf(votes()));
  const boards = createMemo(() => scoreboardsOf(found().alignment, found().drafts, outcomes()));
  let duelButton!: HTMLButtonElement;

  function closeDuel() {
    setDueling(false);
    props.run();
    duelButton.focus();
  }

  return (
    <>
      <div class={styles.tools}>
        <Show when={props.output.touches.length > 1}>
          <select
            aria-label="Touch"
            value={String(props.output.touch)}
            onChange={(event) => {
              const touch = Number(event.currentTarget.value);
              change({ touch }, `Compare touch ${touch}`);
            }}
          >
            <For each={props.output.touches}>
              {(touch) => (
                <option value={String(touch)} selected={touch === props.output.touch}>
                  Touch {touch}
                </option>
              )}
            </For>
          </select>
        </Show>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out in a row everywhere. */}
        <div class={styles.filters} role="group" aria-label="Which prospects">
          <For each={Object.keys(filterWords) as RowFilter[]}>
            {(filter) => (
              <button
                type="button"
                aria-pressed={props.params.filter === filter}
                onClick={() => change({ filter }, `Show: ${filterWords[filter].toLowerCase()}`)}
              >
                {filterWords[filter]}
                <Show when={counts()[filter] !== undefined}>
                  {' '}
                  <span class={styles.count}>{counts()[filter]?.toLocaleString('en')}</span>
                </Show>
              </button>
            )}
          </For>
        </div>
        <span class={styles.space} />
        <Show when={choices.canUndo()}>
          <button type="button" onClick={() => void choices.undo()}>
            Undo the choice
          </button>
        </Show>
        <button
          ref={duelButton}
          type="button"
          data-edit
          aria-pressed={isDueling()}
          disabled={columns().length < 2}
          onClick={() => (isDueling() ? closeDuel() : setDueling(true))}
        >
          Choose blind
        </button>
        <Show when={names().length > 3}>
          <button
            type="button"
            class={styles.fit}
            aria-pressed={props.params.isFitted}
            title="All variants within the width of the screen"
            onClick={() =>
              change(
                { isFitted: !props.params.isFitted },
                props.params.isFitted ? 'Wide columns' : 'All variants in view',
              )
            }
          >
            All in view
          </button>
          <ColumnsMenu
            columns={columnsMenu(names(), names()[columns()[0] ?? 0])}
            shown={columns().map((column) => names()[column] ?? '')}
            onChange={(shown) =>
              change({ hidden: names().filter((name) => !shown.includes(name)) }, 'Variants shown')
            }
            onReset={() => change({ hidden: [] }, 'All variants')}
          />
        </Show>
        <Export
          name={props.name}
          services={props.services}
          output={props.output}
          votes={votes()}
          chosenOf={choices.chosenOf}
        />
      </div>
      <Show when={failure()}>
        {(sentence) => (
          <p class={styles.failure} role="alert">
            {sentence()}
          </p>
        )}
      </Show>
      <Show
        when={isDueling()}
        fallback={
          <Show when={rows().length > 0} fallback={<NoRows filter={props.params.filter} />}>
            <Grid
              label={`Drafts of ${props.name}, side by side`}
              output={found()}
              rows={rows()}
              columns={columns()}
              figures={figures()}
              isFitted={props.params.isFitted}
              costAt={costAt()}
              textOf={textOf()}
              nameOf={nameOf}
              chosenOf={choices.chosenOf}
              onChoose={(draftId, prospectId) => void choices.choose(draftId, prospectId)}
              onUndo={() => void choices.undo()}
              onReference={(column) => {
                const reference = names()[column] ?? '';
                change({ reference }, `Mark against ${reference}`);
              }}
              onOpen={(id) => selection.show(id, props.output.ids)}
            />
            <p class={styles.hint}>
              Underlined words differ from the first column; a notch stands where words of it are left out.
              Arrows move, <kbd>C</kbd> chooses, <kbd>Z</kbd> takes the choice back, <kbd>R</kbd> marks
              against the variant you are on. Generic, 0 to 100, is how well a mail would fit anyone else,{' '}
              {found().scoreContext === null
                ? 'with the usual weights; connect a scores cell to have it weigh by yours.'
                : 'weighed as in the scores cell.'}{' '}
              Costs are at {found().hasCellPrices ? 'the prices of the drafts cell' : 'list prices'}, of{' '}
              {found().prices.asOf}; what was cached is not paid again.
            </p>
          </Show>
        }
      >
        <Duel
          output={found()}
          votes={votes()}
          comparisons={comparisons}
          textOf={textOf()}
          nameOf={nameOf}
          onVotes={setVotes}
          onClose={closeDuel}
        />
      </Show>
      <Show when={votes().length > 0 && !isDueling()}>
        <Scoreboard boards={boards()} decided={outcomes().length} waiting={halfSeen(votes()).length} />
      </Show>
    </>
  );
}

/** The reference first: it can't be hidden. */
function columnsMenu(names: readonly string[], reference: string | undefined) {
  return [...names]
    .sort((a, b) => Number(b === reference) - Number(a === reference))
    .map((name) => ({ key: name, label: name }));
}

function NoRows(props: { readonly filter: RowFilter }) {
  return (
    <p class={styles.empty}>
      {props.filter === 'failed'
        ? 'No draft failed, and none is marked as one that must not be sent.'
        : 'All variants say the same.'}
    </p>
  );
}
