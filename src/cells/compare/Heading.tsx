import { Show } from 'solid-js';
import styles from './Grid.module.css';
import { type ColumnFigures, counted, dollars, seconds } from './words';

/** A variant: what it is called, who wrote it and what it came to. */
export function Heading(props: {
  readonly name: string;
  readonly origins: readonly string[];
  readonly figures: ColumnFigures;
  readonly isReference: boolean;
  onReference(): void;
}) {
  const facts = () =>
    [
      counted(props.figures.drafts, 'draft'),
      props.figures.failed > 0 && `${props.figures.failed.toLocaleString('en')} not written`,
      props.figures.cost !== null && dollars(props.figures.cost),
      props.figures.milliseconds !== null && `${seconds(props.figures.milliseconds)} each`,
    ]
      .filter(Boolean)
      .join(' · ');
  const origins = () => props.origins.filter((origin) => !props.name.includes(origin)).join(', ');
  return (
    <th class={styles.heading} scope="col" data-reference={props.isReference ? '' : undefined}>
      <span class={styles.name} title={props.name}>
        {props.name}
      </span>
      <Show when={origins()}>
        <span class={styles.figures}>by {origins()}</span>
      </Show>
      <span class={styles.figures}>{facts()}</span>
      <Show
        when={!props.isReference}
        fallback={<span class={styles.figures}>The others are marked against this</span>}
      >
        <button type="button" data-quiet class={styles.against} onClick={() => props.onReference()}>
          Mark against this
        </button>
      </Show>
    </th>
  );
}
