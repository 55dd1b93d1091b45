import { For, Show } from 'solid-js';
import type { Prospects } from '../../boundary/services';
import type { DraftReport } from '../../domain/genericness/report';
import type { Names } from '../../domain/genericness/swap';
import styles from './Besides.module.css';
import { Swap } from './Swap';
import { VoiceSays } from './VoiceSays';

interface Props {
  readonly report: DraftReport;
  readonly addressee: Names;
  /** A voice cell is connected. */
  readonly hasVoice: boolean;
  readonly prospects: Prospects;
  onOpen(prospectId: number): void;
}

/** What is said of a draft beside its sentences: names swapped, voice, rules, advice. */
export function Besides(props: Props) {
  return (
    <div class={styles.besides}>
      <details open>
        <summary>The same mail with another prospect’s name put in</summary>
        <Swap
          report={props.report}
          addressee={props.addressee}
          prospects={props.prospects}
          onOpen={props.onOpen}
        />
      </details>
      <details>
        <summary>Beside mails really written</summary>
        <VoiceSays voices={props.report.voices} text={props.report.text} hasInput={props.hasVoice} />
      </details>
      <Show when={props.report.rules.length > 0}>
        <details open>
          <summary>Against the rules ({props.report.rules.length})</summary>
          <ul class={styles.plain}>
            <For each={props.report.rules}>{(rule) => <li>{rule.sentence}</li>}</For>
          </ul>
        </details>
      </Show>
      <details>
        <summary>To weigh: length, reading grade, questions, asks</summary>
        <ul class={styles.plain}>
          <For each={props.report.advice}>
            {(advice) => (
              <li>
                {advice.sentence} <span class={styles.source}>{advice.source}.</span>
              </li>
            )}
          </For>
        </ul>
        <p class="muted">Advice found elsewhere, on other people’s mails. It is no part of the score.</p>
      </details>
    </div>
  );
}
