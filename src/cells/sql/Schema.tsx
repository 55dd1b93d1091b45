import { For, Show } from 'solid-js';
import type { Sql } from '../../boundary/services';
import { createLatest } from '../../ui/latest';
import styles from './Schema.module.css';

interface Props {
  readonly sql: Sql;
  onInsert(name: string): void;
}

/** The tables and their columns; a click writes the name into the query. */
export function Schema(props: Props) {
  const schema = createLatest(
    () => props.sql,
    (sql) => sql.schema(),
  );
  const tables = () => {
    const answer = schema();
    return answer?.ok ? answer.value : [];
  };
  const failure = () => {
    const answer = schema();
    return answer && !answer.ok ? answer.failure.sentence : undefined;
  };

  return (
    <div class={styles.schema}>
      <Show when={failure()}>{(sentence) => <p role="alert">{sentence()}</p>}</Show>
      <For each={tables()}>
        {(table) => (
          <section>
            <Name name={table.table} onInsert={props.onInsert} />
            <ul>
              <For each={table.columns}>
                {(column) => (
                  <li>
                    <Name name={column.name} onInsert={props.onInsert} />
                    <span class={styles.type}>{column.type}</span>
                  </li>
                )}
              </For>
            </ul>
          </section>
        )}
      </For>
    </div>
  );
}

function Name(props: { readonly name: string; onInsert(name: string): void }) {
  return (
    <button
      type="button"
      data-quiet
      title={`Insert ${props.name}`}
      // The caret stays in the query.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => props.onInsert(props.name)}
    >
      {props.name}
    </button>
  );
}
