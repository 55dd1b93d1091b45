import type { JSX } from 'solid-js';
import styles from './Explanation.module.css';

/** The way from a number to where it comes from: closed until asked for. */
export function Explanation(props: { readonly title?: string; readonly children: JSX.Element }) {
  return (
    <details class={styles.explanation}>
      <summary>{props.title ?? 'How is this computed?'}</summary>
      <div class={styles.text}>{props.children}</div>
    </details>
  );
}
