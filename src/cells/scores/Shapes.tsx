import { For, Show } from 'solid-js';
import type { Prospects } from '../../boundary/services';
import { sameFrom } from '../../domain/genericness/sameness';
import { createProspectNames, fullName } from '../prospectNames';
import type { ScoresOutput } from './kind';
import styles from './Shapes.module.css';

interface Props {
  readonly output: ScoresOutput;
  readonly prospects: Prospects;
  onOpen(draftId: number): void;
}

/** Members of a group shown by name. */
const shownMembers = 8;
const shownGroups = 6;

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const count = (number: number) => words[number] ?? number.toLocaleString('en');

/** How alike the drafts of the batch are: the shapes of their openers, and what they repeat of one another. */
export function Shapes(props: Props) {
  const nameOf = createProspectNames(props.prospects);
  const all = () => props.output.draftIds.length;
  const groups = () => props.output.shapes.filter(({ drafts }) => drafts.length > 1);
  /** Variants of one mail are told by their prospect's name once. */
  const oneOfEach = (drafts: readonly number[]) =>
    [...new Map(drafts.toReversed().map((at) => [props.output.prospectIds[at], at])).values()].toReversed();
  const isSame = () => props.output.sameness >= sameFrom;

  return (
    <section class={styles.shapes} aria-label="How alike the drafts are">
      <h3 class={styles.heading}>
        Your {all().toLocaleString('en')} openers have {count(props.output.shapes.length)}{' '}
        {props.output.shapes.length === 1 ? 'shape' : 'shapes'}
      </h3>
      <p class="muted">
        {Math.round(100 * props.output.sameness)} % of what the drafts are made of, names and subjects aside,
        stands in others of the batch too.{' '}
        {isSame()
          ? 'That much is a template: whoever gets two of them sees it.'
          : 'From 50 % on it is a template.'}
      </p>
      <Show when={groups().length > 0}>
        <ul class={styles.groups}>
          <For each={groups().slice(0, shownGroups)}>
            {(group) => (
              <li class={styles.group}>
                <span class={styles.size}>{group.drafts.length}</span>
                <div>
                  <p class={styles.example}>
                    {group.example || 'No opener: the mail begins with its greeting and ends.'}
                  </p>
                  <p class={styles.members}>
                    <For each={oneOfEach(group.drafts).slice(0, shownMembers)}>
                      {(at, i) => (
                        <>
                          {i() > 0 ? ', ' : ''}
                          <button
                            type="button"
                            data-quiet
                            class={styles.member}
                            onClick={() => props.onOpen(props.output.draftIds[at] ?? -1)}
                          >
                            {fullName(nameOf(props.output.prospectIds[at] ?? -1))}
                          </button>
                        </>
                      )}
                    </For>
                    <Show when={oneOfEach(group.drafts).length > shownMembers}>
                      {' '}
                      and {(oneOfEach(group.drafts).length - shownMembers).toLocaleString('en')} more
                    </Show>
                  </p>
                </div>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
