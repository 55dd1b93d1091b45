import { createSignal, type JSX, Show } from 'solid-js';
import type { Job } from '../../boundary/services';
import type { ImportChoices, ListReport } from '../../domain/list';
import type { Result } from '../../domain/result';
import { DuplicateGroups } from './DuplicateGroups';
import styles from './Findings.module.css';
import { Line } from './Line';
import { Paged } from './Paged';
import { count } from './words';

interface Props {
  readonly report: ListReport;
  readonly name: string;
  /** Given while the rep can still decide. */
  readonly choices?: ImportChoices;
  onChoose?(choices: ImportChoices): void;
  reportFile(job: Job): Promise<Result<Blob>>;
}

/** Rows that can't be used, duplicates, and rows that are odd; each list closed until wanted. */
export function Findings(props: Props) {
  const report = () => props.report;
  const hasAny = () => report().rejectedCount + report().noteCount + report().duplicateCount > 0;
  return (
    <Show when={hasAny()} fallback={<p class={styles.clean}>Every row is used, and none twice.</p>}>
      <div class={styles.findings}>
        <Section
          count={report().rejectedCount}
          title={`${count(report().rejectedCount, 'row')} can’t be used`}
          listed={report().rejected.length}
        >
          <ul class={styles.rows}>
            <Paged each={report().rejected} what="rows">
              {({ line, reason, raw }) => (
                <li>
                  <Line line={line} />
                  <span>
                    {reason}
                    <code class={styles.raw} dir="auto">
                      {raw}
                    </code>
                  </span>
                </li>
              )}
            </Paged>
          </ul>
        </Section>
        <Section
          count={report().duplicateCount}
          title={duplicateTitle(report())}
          listed={report().duplicates.length}
        >
          <DuplicateGroups report={report()} choices={props.choices} onChoose={props.onChoose} />
        </Section>
        <Section
          count={report().noteCount}
          title={`${count(report().noteCount, 'note')} on rows that are used`}
          listed={report().notes.length}
        >
          <ul class={styles.rows}>
            <Paged each={report().notes} what="notes">
              {({ line, column, reason }) => (
                <li>
                  <Line line={line} />
                  <span dir="auto">
                    {column !== undefined && <b>{column} </b>}
                    {reason}
                  </span>
                </li>
              )}
            </Paged>
          </ul>
        </Section>
        <ReportFile name={props.name} make={props.reportFile} />
      </div>
    </Show>
  );
}

function duplicateTitle({ duplicateCount, certainCount }: ListReport): string {
  const similar = duplicateCount - certainCount;
  const parts = [];
  if (certainCount > 0)
    parts.push(`${count(certainCount, 'prospect occurs', 'prospects occur')} more than once`);
  if (similar > 0) parts.push(`${count(similar, 'group')} may be one person`);
  return parts.join(', ');
}

function Section(props: {
  readonly count: number;
  readonly title: string;
  /** How many of them are here. */
  readonly listed: number;
  readonly children: JSX.Element;
}) {
  const [isOpen, setOpen] = createSignal(false);
  return (
    <Show when={props.count > 0}>
      <details class={styles.section} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{props.title}</summary>
        <Show when={isOpen()}>
          {props.children}
          <Show when={props.listed < props.count}>
            <p class="muted">
              The first {props.listed.toLocaleString('en')} are listed here; the file has all of them.
            </p>
          </Show>
        </Show>
      </details>
    </Show>
  );
}

/** The whole report to keep: as a file, or through the clipboard. */
function ReportFile(props: { readonly name: string; make(job: Job): Promise<Result<Blob>> }) {
  const [said, setSaid] = createSignal('');

  async function make(): Promise<Blob | undefined> {
    const file = await props.make({ signal: new AbortController().signal, progress: () => {} });
    if (file.ok) return file.value;
    setSaid(file.failure.sentence);
    return undefined;
  }

  async function save() {
    const file = await make();
    if (!file) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `${props.name.replace(/\.\w+$/, '')} - report.csv`;
    link.click();
    // The browser reads the address after the click returns.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    setSaid('Saved. Each row stands there as it was, with what became of it.');
  }

  async function copy() {
    const text = make().then((file) => new Blob(file ? [file] : [], { type: 'text/plain' }));
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
      setSaid('Copied.');
    } catch {
      setSaid('The browser did not allow copying. Save the report as a file instead.');
    }
  }

  return (
    <div class={styles.file}>
      <button type="button" data-quiet onClick={() => void save()}>
        Save these rows as CSV
      </button>
      <button type="button" data-quiet onClick={() => void copy()}>
        Copy them
      </button>
      <span role="status" class="muted">
        {said()}
      </span>
    </div>
  );
}
