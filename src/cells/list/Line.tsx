import styles from './Line.module.css';

/** Where a row begins in the file, as a text editor counts. */
export function Line(props: { readonly line: number }) {
  return <span class={styles.line}>line {props.line.toLocaleString('en')}</span>;
}
