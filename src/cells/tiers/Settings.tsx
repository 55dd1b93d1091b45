import { createEffect, For, on } from 'solid-js';
import { type FactorName, factorNames, normalisedWeights } from '../../domain/tier';
import { Slider } from '../../ui/Slider';
import { Icp } from './Icp';
import type { TiersParams } from './kind';
import { RuleTables } from './RuleTables';
import styles from './Settings.module.css';
import { factorWords } from './words';

interface Props {
  readonly params: TiersParams;
  /** Whether the description of the ideal customer is open to be read and changed. */
  readonly isIcpOpen: boolean;
  onIcpOpen(isOpen: boolean): void;
  setParams(next: TiersParams, step: string): void;
  /** While a weight is dragged. */
  onWeight(name: FactorName, weight: number): void;
}

/** What the score and the tiers are decided by, for the rep to change. */
export function Settings(props: Props) {
  const change = (part: Partial<TiersParams>, step: string) =>
    props.setParams({ ...props.params, ...part }, step);
  const shareOf = (name: FactorName, weight: number) =>
    normalisedWeights({ ...props.params.weights, [name]: weight })[name];

  let icp!: HTMLDetailsElement;
  // Opened from elsewhere in the cell, it is what the rep wants to see next.
  createEffect(
    on(
      () => props.isIcpOpen,
      (isOpen) => {
        if (!isOpen || icp.contains(document.activeElement)) return;
        icp.scrollIntoView({ block: 'nearest' });
        icp.querySelector('summary')?.focus({ preventScroll: true });
      },
      { defer: true },
    ),
  );

  return (
    <div class={styles.settings}>
      <details
        ref={icp}
        class={styles.section}
        open={props.isIcpOpen}
        onToggle={(event) => props.onIcpOpen(event.currentTarget.open)}
      >
        <summary>Your ideal customer</summary>
        <Icp criteria={props.params.icp} onChange={(icp, step) => change({ icp: [...icp] }, step)} />
      </details>
      <details class={styles.section}>
        <summary>What counts how much</summary>
        <div class={styles.sliders}>
          <For each={factorNames}>
            {(name) => (
              <Slider
                label={factorWords[name].label}
                value={props.params.weights[name]}
                min={0}
                max={1}
                step={0.05}
                format={(weight) => `${Math.round(100 * shareOf(name, weight))} %`}
                onInput={(weight) => props.onWeight(name, weight)}
                onChange={(weight) =>
                  change(
                    { weights: { ...props.params.weights, [name]: weight } },
                    `Weight of ${factorWords[name].label.toLowerCase()}`,
                  )
                }
              />
            )}
          </For>
          <Slider
            label="Least fit for tier 1 and 2"
            value={props.params.floor}
            min={0}
            max={1}
            step={0.05}
            format={(share) => `${Math.round(100 * share)} %`}
            onChange={(floor) => change({ floor }, 'Least fit')}
          />
          <Slider
            label="Points of drift that move nobody"
            value={props.params.band}
            min={0}
            max={20}
            step={1}
            format={(points) => String(points)}
            onChange={(band) => change({ band }, 'Points of drift that move nobody')}
          />
        </div>
      </details>
      <details class={styles.section}>
        <summary>What signals and answers are worth</summary>
        <RuleTables params={props.params} onChange={change} />
      </details>
    </div>
  );
}
