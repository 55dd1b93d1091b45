import { For, Show } from 'solid-js';
import { type SheetScoreboard, verdictWords } from '../../domain/compare/sheet';
import { Explanation } from '../../ui/Explanation';
import styles from './Scoreboard.module.css';
import { counted, percent } from './words';

interface Props {
  readonly boards: readonly SheetScoreboard[];
  /** Pairs that were seen both ways round. */
  readonly decided: number;
  /** Pairs that were seen one way round alone. */
  readonly waiting: number;
}

/** What won in blind choices, with how sure that is. */
export function Scoreboard(props: Props) {
  return (
    <section class={styles.scoreboard} aria-label="Scoreboard">
      <Show when={props.waiting > 0}>
        <p class={styles.waiting}>
          {counted(props.waiting, 'pair')} {props.waiting === 1 ? 'waits' : 'wait'} to be seen a second time,
          with the sides swapped, and {props.waiting === 1 ? 'doesn’t' : 'don’t'} count until then. “Choose
          blind” begins with {props.waiting === 1 ? 'it' : 'them'}.
        </p>
      </Show>
      <Show when={props.decided > 0}>
        <Boards boards={props.boards} decided={props.decided} />
      </Show>
    </section>
  );
}

function Boards(props: Omit<Props, 'waiting'>) {
  return (
    <>
      <div class={styles.boards}>
        <For each={props.boards}>
          {(board) => (
            <table class={styles.board}>
              <caption>{board.title}</caption>
              <thead>
                <tr>
                  <th scope="col">
                    <span class="unseen">Name</span>
                  </th>
                  <th scope="col" class={styles.number}>
                    Won
                  </th>
                  <th scope="col" class={styles.number}>
                    Lost
                  </th>
                  <th scope="col" class={styles.number}>
                    Even
                  </th>
                  <th scope="col" class={styles.share}>
                    Share won
                  </th>
                  <th scope="col">What it says</th>
                </tr>
              </thead>
              <tbody>
                <For each={board.standings}>
                  {({ label, wins, losses, even, interval, verdict }) => (
                    <tr>
                      <th scope="row">{label}</th>
                      <td class={styles.number}>{wins}</td>
                      <td class={styles.number}>{losses}</td>
                      <td class={styles.number}>{even}</td>
                      <td class={styles.share}>
                        <span
                          class={styles.bar}
                          aria-hidden="true"
                          style={{
                            '--low': `${100 * interval.low}%`,
                            '--span': `${100 * (interval.high - interval.low)}%`,
                            '--at': `${wins + losses > 0 ? (100 * wins) / (wins + losses) : 50}%`,
                          }}
                          data-none={wins + losses === 0 ? '' : undefined}
                        />
                        <Show when={wins + losses > 0} fallback="–">
                          {percent(wins / (wins + losses))}{' '}
                          <span class={styles.interval}>
                            {percent(interval.low)} to {percent(interval.high)}
                          </span>
                        </Show>
                      </td>
                      <td data-verdict={verdict} class={styles.verdict}>
                        {verdictWords[verdict]}
                      </td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          )}
        </For>
      </div>
      <Explanation>
        <p>
          {props.decided.toLocaleString('en')} {props.decided === 1 ? 'pair was' : 'pairs were'} seen both
          ways round. A draft wins a pair only where it was preferred on the left and on the right; where the
          choice followed the side, or you called them equally good, the pair is even. Pairs you could not
          tell apart are left out.
        </p>
        <p>
          The share won is wins among wins and losses. Its interval is exact, at 95 % (Clopper and Pearson,
          1934). As long as it holds a half, chance alone can explain the difference, and the verdict is
          “can’t tell yet”. With many variants one in twenty will seem different by chance.
        </p>
        <p>
          A name that is a part of several variants (a prompt, a voice) is compared with those without it.
        </p>
      </Explanation>
    </>
  );
}
