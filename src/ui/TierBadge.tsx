import styles from './TierBadge.module.css';

/** A tier as a number on its depth of the one hue. */
export function TierBadge(props: { readonly tier: number }) {
  return (
    <span class={styles.badge} data-tier={props.tier}>
      <span class="unseen">Tier </span>
      {props.tier}
    </span>
  );
}
