import { For, Index, Show } from 'solid-js';
import type { IcpCriterion } from '../../domain/icp';
import { NumberField } from '../../ui/NumberField';
import styles from './Icp.module.css';
import type { TiersParams } from './kind';
import { criterionWords, fieldWords } from './words';

type Criterion = TiersParams['icp'][number];

interface Props {
  readonly criteria: TiersParams['icp'];
  onChange(criteria: TiersParams['icp'], step: string): void;
}

const fields = Object.entries(fieldWords) as [IcpCriterion['field'], string][];

/** The criteria of the ICP as a list to edit. */
export function Icp(props: Props) {
  const replace = (at: number, part: Partial<Criterion>) =>
    props.onChange(
      props.criteria.map((one, i) => (i === at ? { ...one, ...part } : one)),
      'Ideal customer',
    );
  const add = () =>
    props.onChange(
      [...props.criteria, { field: 'industry', anyOf: [], min: null, max: null, weight: 1 }],
      'Add to the ideal customer',
    );

  return (
    <div class={styles.icp}>
      <Show when={props.criteria.length === 0}>
        <p class="muted">
          Nothing is asked yet, so everyone fits equally. Say what makes a good customer: industries, sizes,
          places, words in their description.
        </p>
      </Show>
      <ul class={styles.list}>
        <Index each={props.criteria}>
          {(criterion, at) => (
            <li class={styles.criterion}>
              <select
                aria-label="What is looked at"
                onChange={(event) => {
                  const field = fields.find(([key]) => key === event.currentTarget.value)?.[0];
                  if (field) replace(at, { field });
                }}
              >
                <For each={fields}>
                  {([key, label]) => (
                    <option value={key} selected={key === criterion().field}>
                      {label}
                    </option>
                  )}
                </For>
              </select>
              <Show
                when={criterion().field === 'employees'}
                fallback={<Words criterion={criterion()} onChange={(anyOf) => replace(at, { anyOf })} />}
              >
                <span class={styles.range}>
                  at least{' '}
                  <NumberField
                    label="Fewest employees"
                    value={criterion().min}
                    placeholder="any"
                    isWhole
                    onChange={(min) => replace(at, { min })}
                    onClear={() => replace(at, { min: null })}
                  />
                  at most{' '}
                  <NumberField
                    label="Most employees"
                    value={criterion().max}
                    placeholder="any"
                    isWhole
                    onChange={(max) => replace(at, { max })}
                    onClear={() => replace(at, { max: null })}
                  />
                </span>
              </Show>
              <span class={styles.weight}>
                counts
                <NumberField
                  label={`How much it counts: ${criterionWords(criterion())}`}
                  value={criterion().weight}
                  max={10}
                  step={0.5}
                  onChange={(weight) => replace(at, { weight })}
                />
              </span>
              <button
                type="button"
                data-quiet
                aria-label={`Remove: ${criterionWords(criterion())}`}
                onClick={() =>
                  props.onChange(
                    props.criteria.filter((_, i) => i !== at),
                    'Remove from the ideal customer',
                  )
                }
              >
                Remove
              </button>
              <span class={styles.words}>{criterionWords(criterion())}</span>
            </li>
          )}
        </Index>
      </ul>
      <button type="button" onClick={add}>
        Add a criterion
      </button>
    </div>
  );
}

function Words(props: { readonly criterion: Criterion; onChange(anyOf: string[]): void }) {
  return (
    <input
      class={styles.text}
      aria-label="Any of these words, separated by commas; a star at the end of a word takes any ending"
      placeholder="fintech, payment*, machine learning"
      value={props.criterion.anyOf.join(', ')}
      onChange={(event) =>
        props.onChange(
          event.currentTarget.value
            .split(',')
            .map((word) => word.trim())
            .filter(Boolean),
        )
      }
    />
  );
}
