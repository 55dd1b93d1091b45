import { createMemo, createSignal, For, Show } from 'solid-js';
import type { ProspectColumn } from '../../boundary/services';
import { Popover } from '../../ui/Popover';
import { lookOf } from './columns';
import styles from './Filters.module.css';
import type { Filter } from './kind';

interface Props {
  readonly filters: readonly Filter[];
  /** Columns that can be filtered by. */
  readonly columns: readonly ProspectColumn[];
  onChange(filters: readonly Filter[], step: string): void;
  /** A form is open, and the columns are about to be chosen from. */
  onOpen(): void;
}

/** The filters as chips that can be changed or removed, and a button for one more. */
export function Filters(props: Props) {
  const put = (filter: Filter, at: number) =>
    props.onChange(
      props.filters.toSpliced(at, 1, filter),
      `Filter by ${lookOf(filter.column).label.toLowerCase()}`,
    );
  const remove = (at: number) =>
    props.onChange(props.filters.toSpliced(at, 1), `Remove filter ${inWords(props.filters[at])}`);

  return (
    <>
      <For each={props.filters}>
        {(filter, at) => (
          <span class={styles.chip}>
            <Popover
              label={inWords(filter)}
              title={`Change the filter ${inWords(filter)}`}
              onOpen={props.onOpen}
            >
              {(close) => (
                <FilterForm
                  columns={props.columns}
                  filter={filter}
                  onDone={(changed) => {
                    close();
                    put(changed, at());
                  }}
                />
              )}
            </Popover>
            <button
              type="button"
              aria-label={`Remove the filter ${inWords(filter)}`}
              onClick={() => remove(at())}
            >
              ×
            </button>
          </span>
        )}
      </For>
      <Popover label="Filter" title="Add a filter" isQuiet onOpen={props.onOpen}>
        {(close) => (
          <FilterForm
            columns={props.columns}
            onDone={(filter) => {
              close();
              put(filter, props.filters.length);
            }}
          />
        )}
      </Popover>
    </>
  );
}

/** A filter as a rep would say it: "Industry: fintech", "Employees: 50 to 200". */
function inWords(filter: Filter | undefined): string {
  if (!filter) return '';
  const { label } = lookOf(filter.column);
  if ('contains' in filter) return `${label}: ${filter.contains}`;
  const { min, max } = filter;
  if (min !== null && max !== null) return min === max ? `${label}: ${min}` : `${label}: ${min} to ${max}`;
  return min !== null ? `${label}: from ${min}` : `${label}: up to ${max}`;
}

function FilterForm(props: {
  readonly columns: readonly ProspectColumn[];
  readonly filter?: Filter;
  onDone(filter: Filter): void;
}) {
  const [column, setColumn] = createSignal<ProspectColumn>(
    props.filter?.column ?? props.columns.find((each) => each === 'industry') ?? props.columns[0] ?? 'name',
  );
  const isNumber = createMemo(() => lookOf(column()).isNumber ?? false);
  const before = props.filter;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const bound = (name: string) => (text(name) === '' ? null : Number(text(name)));
    if (!isNumber()) {
      if (text('contains')) props.onDone({ column: column(), contains: text('contains') });
      return;
    }
    const [min, max] = [bound('min'), bound('max')];
    if (min === null && max === null) return;
    const isTurned = min !== null && max !== null && min > max;
    props.onDone({ column: column(), min: isTurned ? max : min, max: isTurned ? min : max });
  }

  return (
    <form class={styles.form} onSubmit={submit}>
      <label>
        Column
        <select value={column()} onChange={(event) => setColumn(event.currentTarget.value as ProspectColumn)}>
          <For each={props.columns}>{(each) => <option value={each}>{lookOf(each).label}</option>}</For>
        </select>
      </label>
      <Show
        when={isNumber()}
        fallback={
          <label>
            contains
            <input
              name="contains"
              data-first={before ? '' : undefined}
              autocomplete="off"
              value={before && 'contains' in before ? before.contains : ''}
            />
          </label>
        }
      >
        <div class={styles.interval}>
          <label>
            from
            <input
              name="min"
              type="number"
              step="any"
              data-first={before ? '' : undefined}
              value={before && 'min' in before ? (before.min ?? '') : ''}
            />
          </label>
          <label>
            up to
            <input
              name="max"
              type="number"
              step="any"
              value={before && 'max' in before ? (before.max ?? '') : ''}
            />
          </label>
        </div>
      </Show>
      <button type="submit" data-primary>
        {before ? 'Change' : 'Add filter'}
      </button>
    </form>
  );
}
