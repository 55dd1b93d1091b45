import { createEffect, createMemo, createSignal, on, onCleanup, Show } from 'solid-js';
import type { ProspectColumn, Services } from '../../boundary/services';
import type { CellViewProps } from '../../notebook/kind';
import { ColumnsMenu } from '../../ui/ColumnsMenu';
import { createLatest } from '../../ui/latest';
import { Table } from '../../ui/Table';
import { lookOf, tableColumn, usualColumns } from './columns';
import { Filters } from './Filters';
import { idsOf, type ProspectsInputs, type ProspectsOutput, type ProspectsParams } from './kind';
import { panelId } from './Panel';
import styles from './View.module.css';

type Props = CellViewProps<ProspectsParams, ProspectsInputs, ProspectsOutput, Services>;

/** Milliseconds without a key after which the search runs. */
const searchPause = 180;

export default function View(props: Props) {
  const selection = props.services.selection;
  const change = (part: Partial<ProspectsParams>, step: string) =>
    props.setParams({ ...props.params, ...part }, step);

  const allIds = createMemo(() => (props.inputs ? idsOf(props.inputs.from) : undefined));
  const selectedCount = createMemo(() => {
    const selected = selection.selected();
    return selected.size === 0
      ? 0
      : (allIds()?.reduce((sum, id) => sum + (selected.has(id) ? 1 : 0), 0) ?? 0);
  });
  // What is selected is no parameter: the cell can't know that it has to run again.
  createEffect(on(selection.selected, () => props.params.onlySelected && props.run(), { defer: true }));

  // ------------------------------------------------------------ columns

  // Which columns hold anything takes a look at every prospect: only once somebody wants to choose.
  const [isChoosing, setChoosing] = createSignal(false);
  const available = createLatest(
    () => (isChoosing() ? allIds() : undefined),
    async (ids) => {
      const columns = await props.services.prospects.columns(ids);
      return columns.ok ? columns.value : [];
    },
  );
  const usual = () => usualColumns(props.inputs?.from.type === 'tiering');
  const shown = createMemo<readonly ProspectColumn[]>(
    () => (props.params.columns.length > 0 ? props.params.columns : usual()),
    [],
    { equals: areSame },
  );
  // In one order, whatever is shown, so that nothing in a menu moves away under the pointer.
  const every = createMemo<readonly ProspectColumn[]>(
    () => [...new Set([...usual(), ...(available() ?? []), ...shown()])],
    [],
    { equals: areSame },
  );
  const choices = createMemo(() => every().map((column) => ({ key: column, label: lookOf(column).label })));
  const tableColumns = createMemo(() => shown().map(tableColumn));
  const rowsOf = createMemo(() => {
    const columns = shown();
    // What was fetched before is out of date now.
    props.services.prospects.revision();
    return (ids: Int32Array) => props.services.prospects.rows(ids, columns);
  });

  const tableSort = () => {
    const sort = props.params.sort;
    return sort ? { key: sort.column, descending: sort.descending } : undefined;
  };

  // ------------------------------------------------------------ selection

  function select(ids: Int32Array, how: 'replace' | 'toggle') {
    if (how === 'replace') return selection.select(ids);
    const next = new Set(selection.selected());
    for (const id of ids) if (!next.delete(id)) next.add(id);
    selection.select(next);
  }

  function open(id: number) {
    // A second Enter on the prospect that is open goes to what the panel says of it.
    if (selection.open() === id) document.getElementById(panelId)?.focus({ preventScroll: true });
    else selection.show(id, props.output?.ids);
  }

  return (
    <div class={styles.view}>
      <Show when={props.inputs ?? props.output}>
        <div class={styles.tools}>
          <Search text={props.params.search} onSearch={(search) => change({ search }, searchStep(search))} />
          <Filters
            filters={props.params.filters}
            columns={every()}
            onChange={(filters, step) => change({ filters: [...filters] }, step)}
            onOpen={() => setChoosing(true)}
          />
          <Show when={selectedCount() > 0 || props.params.onlySelected}>
            <button
              type="button"
              aria-pressed={props.params.onlySelected}
              onClick={() =>
                change(
                  { onlySelected: !props.params.onlySelected },
                  props.params.onlySelected ? 'Show all, not only the selected' : 'Show only the selected',
                )
              }
            >
              Only the {selectedCount().toLocaleString('en')} selected
            </button>
          </Show>
          <span class={styles.space} />
          <Show when={props.output}>
            {(output) => (
              <span class={styles.count} aria-live="polite">
                {props.output?.ids.length.toLocaleString('en')} of {output().total.toLocaleString('en')}
              </span>
            )}
          </Show>
          <ColumnsMenu
            columns={choices()}
            shown={shown()}
            onChange={(columns) => change({ columns: columns as ProspectColumn[] }, 'Columns')}
            onReset={() => change({ columns: [], widths: {} }, 'Usual columns')}
            onOpen={() => setChoosing(true)}
          />
        </div>
      </Show>
      <Show when={props.output}>
        {(output) => (
          <Table
            label={`Prospects of ${props.name}`}
            ids={output().ids}
            rowsOf={rowsOf()}
            columns={tableColumns()}
            sort={tableSort()}
            onSort={(sort) =>
              change(
                { sort: sort ? { column: sort.key as ProspectColumn, descending: sort.descending } : null },
                sort ? `Sort by ${lookOf(sort.key as ProspectColumn).label.toLowerCase()}` : 'No sorting',
              )
            }
            widths={props.params.widths}
            onWidth={(key, width) =>
              change({ widths: { ...props.params.widths, [key]: width } }, 'Column width')
            }
            isSelected={(id) => selection.selected().has(id)}
            hasSelection={selectedCount() > 0}
            onSelect={select}
            isLit={(id) => selection.hovered() === id}
            onHover={selection.hover}
            openId={selection.open()}
            onOpen={open}
            empty={<Nothing params={props.params} total={output().total} onChange={change} />}
          />
        )}
      </Show>
    </div>
  );
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}

function searchStep(search: string): string {
  return search ? `Search “${search}”` : 'Clear the search';
}

function Search(props: { readonly text: string; onSearch(text: string): void }) {
  const [text, setText] = createSignal(props.text);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  // Undo and redo change it from outside.
  createEffect(on(() => props.text, setText, { defer: true }));

  function searchNow() {
    clearTimeout(timer);
    if (text() !== props.text) props.onSearch(text());
  }

  return (
    <input
      type="search"
      class={styles.search}
      aria-label="Search these prospects"
      placeholder="Search"
      value={text()}
      onInput={(event) => {
        setText(event.currentTarget.value);
        clearTimeout(timer);
        timer = setTimeout(searchNow, searchPause);
      }}
      onKeyDown={(event) => event.key === 'Enter' && searchNow()}
      onBlur={searchNow}
    />
  );
}

/** Why the table is empty, and the way back. */
function Nothing(props: {
  readonly params: ProspectsParams;
  readonly total: number;
  onChange(part: Partial<ProspectsParams>, step: string): void;
}) {
  return (
    <Show
      when={props.total > 0}
      fallback={<p>There are no prospects here yet. Import a list, and they are.</p>}
    >
      <Show
        when={props.params.onlySelected}
        fallback={
          <>
            <p>No prospect matches.</p>
            <button
              type="button"
              onClick={() => props.onChange({ search: '', filters: [] }, 'Clear search and filters')}
            >
              Clear search and filters
            </button>
          </>
        }
      >
        <p>None of the selected prospects is here. Select some on the map, or show all.</p>
        <button
          type="button"
          onClick={() => props.onChange({ onlySelected: false }, 'Show all, not only the selected')}
        >
          Show all
        </button>
      </Show>
    </Show>
  );
}
