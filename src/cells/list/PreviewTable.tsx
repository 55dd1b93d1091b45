import { createMemo, For, Show } from 'solid-js';
import type { ListPreview, Mapping, ReadList } from '../../domain/list';
import { storedFields } from '../../domain/prospect/row';
import styles from './PreviewTable.module.css';
import { count, fieldLabels } from './words';

interface Props {
  readonly list: ReadList;
  readonly mapping: Mapping;
  readonly rows: ListPreview['rows'];
}

/** Columns under their own name that the table shows beside the fields. */
const keptColumns = 8;
/** Letters of a value that anybody reads in a table. */
const readable = 200;

/** The first rows as they will be stored. */
export function PreviewTable(props: Props) {
  const isFilled = (key: string) => props.rows.some(({ values }) => (values[key] ?? '') !== '');
  const fields = createMemo(() =>
    storedFields.filter((field) => props.mapping.includes(field) || isFilled(field)),
  );
  const kept = createMemo(() =>
    props.list.headers.filter((header, i) => (props.mapping[i] ?? null) === null && isFilled(header)),
  );
  const columns = createMemo(() => [
    ...fields().map((field) => ({ key: field as string, label: fieldLabels[field] })),
    ...kept()
      .slice(0, keptColumns)
      .map((header) => ({ key: header, label: header })),
  ]);

  return (
    <Show when={props.rows.length > 0}>
      <figure class={styles.preview}>
        <figcaption class={styles.caption}>
          The first {count(props.rows.length, 'prospect')} as they will be stored
          {kept().length > keptColumns &&
            `, without ${count(kept().length - keptColumns, 'column')} kept under their own name`}
        </figcaption>
        <section class={styles.scroller} aria-label="First prospects" tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Line</th>
                <For each={columns()}>{(column) => <th scope="col">{column.label}</th>}</For>
              </tr>
            </thead>
            <tbody>
              <For each={props.rows}>
                {(row) => (
                  <tr>
                    <td class={styles.line}>{row.line.toLocaleString('en')}</td>
                    <For each={columns()}>
                      {(column) => <td dir="auto">{(row.values[column.key] ?? '').slice(0, readable)}</td>}
                    </For>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </section>
      </figure>
    </Show>
  );
}
