import { For, Show } from 'solid-js';
import {
  type EngagementKind,
  engagementKinds,
  halfLifeSources,
  halfLivesUntilStale,
  type SignalKind,
  signalKinds,
} from '../../domain/signal';
import { NumberField } from '../../ui/NumberField';
import { engagementPointsOf, signalRulesOf, type TiersParams } from './kind';
import styles from './RuleTables.module.css';

interface Props {
  readonly params: TiersParams;
  onChange(part: Partial<TiersParams>, step: string): void;
}

/** What each kind of signal and engagement is worth, and where the numbers come from. */
export function RuleTables(props: Props) {
  const signals = () => signalRulesOf(props.params);
  const points = () => engagementPointsOf(props.params);
  const isChanged = () =>
    Object.keys(props.params.signalRules).length + Object.keys(props.params.engagementPoints).length > 0;

  function changeSignal(
    kind: SignalKind,
    part: { readonly weight?: number; readonly halfLifeDays?: number },
  ) {
    props.onChange(
      { signalRules: { ...props.params.signalRules, [kind]: { ...signals()[kind], ...part } } },
      `What a signal is worth: ${kind}`,
    );
  }

  function changePoints(kind: EngagementKind, worth: number) {
    props.onChange(
      { engagementPoints: { ...props.params.engagementPoints, [kind]: worth } },
      `Points for engagement: ${kind}`,
    );
  }

  return (
    <div class={styles.rules}>
      <table class={styles.table}>
        <caption>
          Signals: worth when fresh, halved again after each half-life, nothing after {halfLivesUntilStale} of
          them
        </caption>
        <thead>
          <tr>
            <th scope="col">Signal</th>
            <th scope="col" class={styles.number}>
              Worth, %
            </th>
            <th scope="col" class={styles.number}>
              Half-life, days
            </th>
            <th scope="col">Source of the half-life</th>
          </tr>
        </thead>
        <tbody>
          <For each={signalKinds}>
            {(kind) => (
              <tr>
                <th scope="row">{kind}</th>
                <td class={styles.number}>
                  <NumberField
                    label={`Worth of ${kind}, percent`}
                    value={Math.round(100 * signals()[kind].weight)}
                    max={100}
                    step={5}
                    onChange={(worth) => changeSignal(kind, { weight: worth / 100 })}
                  />
                </td>
                <td class={styles.number}>
                  <NumberField
                    label={`Half-life of ${kind}, days`}
                    value={signals()[kind].halfLifeDays}
                    min={1}
                    max={3650}
                    onChange={(halfLifeDays) => changeSignal(kind, { halfLifeDays })}
                  />
                </td>
                <td class="muted">{props.params.signalRules[kind] ? 'yours' : halfLifeSources[kind]}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <table class={styles.table}>
        <caption>Engagement: points, halved every 30 days. Our judgement, yours to change</caption>
        <thead>
          <tr>
            <th scope="col">What came back</th>
            <th scope="col" class={styles.number}>
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={engagementKinds}>
            {(kind) => (
              <tr>
                <th scope="row">{kind}</th>
                <td class={styles.number}>
                  <NumberField
                    label={`Points for ${kind}`}
                    value={points()[kind]}
                    min={-100}
                    max={100}
                    onChange={(worth) => changePoints(kind, worth)}
                  />
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <Show when={isChanged()}>
        <button
          type="button"
          onClick={() =>
            props.onChange({ signalRules: {}, engagementPoints: {} }, 'Usual worth of signals and engagement')
          }
        >
          Back to the usual numbers
        </button>
      </Show>
    </div>
  );
}
