import { For, Show } from 'solid-js';
import { costOf, priceOf } from '../../domain/draft/models';
import { NumberField } from '../../ui/NumberField';
import { today } from '../today';
import { type DraftsParams, pricesOf } from './kind';
import styles from './Section.module.css';
import { dollars } from './words';

interface Props {
  readonly params: DraftsParams;
  onChange(part: Partial<DraftsParams>, step: string): void;
}

/** What a brief and its draft come to, for a price that can be read. */
const typical = { input: 1200, output: 350 };

/** How fast and how much at once, and what the models cost. */
export function Limits(props: Props) {
  const limits = () => props.params.limits;
  const changeLimits = (part: Partial<DraftsParams['limits']>, step: string) =>
    props.onChange({ limits: { ...limits(), ...part } }, step);
  const keyOf = (writer: Exclude<DraftsParams['writers'][number], 'template'>) =>
    writer.provider === 'openrouter' ? writer.model : `${writer.provider}/${writer.model}`.toLowerCase();
  const models = () =>
    props.params.writers.filter((writer) => writer !== 'template').filter(({ model }) => model !== '');

  function setPrice(
    key: string,
    part: { input?: number; output?: number },
    before: { input: number; output: number },
  ) {
    const perMillion = { ...props.params.prices?.perMillion, [key]: { ...before, ...part } };
    props.onChange({ prices: { asOf: today(), perMillion } }, 'Prices');
  }

  return (
    <>
      <div class={styles.row}>
        <span class={styles.field}>
          At once
          <NumberField
            label="Requests at once"
            value={limits().atOnce}
            min={1}
            max={32}
            isWhole
            onChange={(atOnce) => changeLimits({ atOnce }, 'Requests at once')}
          />
        </span>
        <span class={styles.field}>
          A minute
          <NumberField
            label="Requests a minute"
            value={limits().perMinute}
            min={1}
            max={100000}
            isWhole
            onChange={(perMinute) => changeLimits({ perMinute }, 'Requests a minute')}
          />
        </span>
        <span class={styles.field}>
          Longest answer, in tokens
          <NumberField
            label="Longest answer in tokens"
            value={limits().answerTokens}
            min={100}
            max={32000}
            isWhole
            onChange={(answerTokens) => changeLimits({ answerTokens }, 'Longest answer')}
          />
        </span>
      </div>
      <Show when={models().length > 0}>
        <table class={styles.prices}>
          <thead>
            <tr>
              <th scope="col">Prices as of {pricesOf(props.params).asOf}, in dollars per million tokens</th>
              <th scope="col">sent</th>
              <th scope="col">received</th>
              <th scope="col">a draft</th>
            </tr>
          </thead>
          <tbody>
            <For each={models()}>
              {(model) => {
                const price = () => priceOf(model, pricesOf(props.params));
                const known = () => price() ?? { input: 0, output: 0 };
                return (
                  <tr>
                    <th scope="row">{model.model}</th>
                    <td>
                      <NumberField
                        label={`Dollars per million tokens sent to ${model.model}`}
                        value={price()?.input ?? null}
                        placeholder="?"
                        onChange={(input) => setPrice(keyOf(model), { input }, known())}
                      />
                    </td>
                    <td>
                      <NumberField
                        label={`Dollars per million tokens received from ${model.model}`}
                        value={price()?.output ?? null}
                        placeholder="?"
                        onChange={(output) => setPrice(keyOf(model), { output }, known())}
                      />
                    </td>
                    <td>
                      <Show when={price()} fallback="not known">
                        {(found) => `about ${dollars(costOf(typical, found()))}`}
                      </Show>
                    </td>
                  </tr>
                );
              }}
            </For>
          </tbody>
        </table>
      </Show>
    </>
  );
}
