import { createMemo, createSignal, For, Show } from 'solid-js';
import { type Mapping, type ProspectField, prospectFields, type ReadList } from '../../domain/list';
import styles from './Columns.module.css';
import { Paged } from './Paged';
import { count, fieldLabels } from './words';

interface Props {
  readonly list: ReadList;
  readonly mapping: Mapping;
  readonly showAll: boolean;
  onMapping(mapping: Mapping): void;
}

/** Which column is which. Only what was guessed is asked about; the rest is there for who wants to look. */
export function Columns(props: Props) {
  const [isOpen, setOpen] = createSignal(false);
  const isAll = () => isOpen() || props.showAll;
  const filled = createMemo(() =>
    props.list.headers.flatMap((_, i) => ((props.list.filled[i] ?? 0) > 0 ? [i] : [])),
  );
  const columns = () => (isAll() ? filled() : props.list.unsure);
  const emptyCount = () => props.list.headers.length - filled().length;
  const keptCount = () => filled().filter((i) => (props.mapping[i] ?? null) === null).length;

  function map(column: number, value: string) {
    const field = prospectFields.find((known) => known === value) ?? null;
    props.onMapping(props.mapping.map((before, i) => (i === column ? field : before)));
  }

  return (
    <section class={styles.columns} aria-label="Columns">
      <div class={styles.heading}>
        <p>
          <Show
            when={props.list.unsure.length > 0}
            fallback={`${count(filled().length - keptCount(), 'column')} recognised.`}
          >
            <b>{count(props.list.unsure.length, 'column')} to check:</b>{' '}
            {props.list.unsure.length === 1 ? 'its place was' : 'their places were'} guessed from what they
            hold.
          </Show>{' '}
          <span class="muted">
            {keptCount() > 0 &&
              `${count(keptCount(), 'column is kept under its own name', 'columns are kept under their own names')}. `}
            {emptyCount() > 0 && `${count(emptyCount(), 'column is', 'columns are')} empty.`}
          </span>
        </p>
        <Show when={!props.showAll}>
          <button type="button" data-quiet aria-expanded={isOpen()} onClick={() => setOpen(!isOpen())}>
            {isOpen() ? 'Show less' : 'All columns'}
          </button>
        </Show>
      </div>
      <Show when={columns().length > 0}>
        <ul class={styles.list}>
          <Paged each={columns()} what="columns">
            {(column) => (
              <Column
                header={props.list.headers[column] ?? ''}
                field={props.mapping[column] ?? null}
                isGuess={props.list.unsure.includes(column)}
                examples={examplesOf(props.list, column)}
                filled={props.list.filled[column] ?? 0}
                rowCount={props.list.rowCount}
                onField={(value) => map(column, value)}
              />
            )}
          </Paged>
        </ul>
      </Show>
    </section>
  );
}

function examplesOf({ sample }: ReadList, column: number): string[] {
  const values = new Set(sample.map((row) => (row[column] ?? '').trim().slice(0, 80)));
  values.delete('');
  return [...values].slice(0, 3);
}

interface ColumnProps {
  readonly header: string;
  readonly field: ProspectField | null;
  readonly isGuess: boolean;
  readonly examples: readonly string[];
  readonly filled: number;
  readonly rowCount: number;
  onField(value: string): void;
}

function Column(props: ColumnProps) {
  return (
    <li class={styles.column} data-guess={props.isGuess ? '' : undefined}>
      <span class={styles.name}>{props.header}</span>
      <select
        aria-label={`“${props.header}” is`}
        value={props.field ?? ''}
        onChange={(event) => props.onField(event.currentTarget.value)}
      >
        <option value="">Kept under its own name</option>
        <For each={prospectFields}>{(field) => <option value={field}>{fieldLabels[field]}</option>}</For>
      </select>
      <span class={styles.examples} dir="auto">
        {props.examples.join(' · ')}
      </span>
      <span class={styles.filled}>
        {props.filled === props.rowCount ? 'in every row' : `in ${props.filled.toLocaleString('en')} rows`}
      </span>
    </li>
  );
}
