import { createMemo, createSignal, For, Show } from 'solid-js';
import type { ProspectRow, Services } from '../../boundary/services';
import type { Cluster } from '../../domain/cluster';
import type { ScatterCategory } from '../../ui/Scatter';
import { Table } from '../../ui/Table';
import type { TableColumn } from '../../ui/tableProps';
import { fullName, type ProspectName } from '../prospectNames';
import styles from './Group.module.css';
import type { ClustersOutput } from './kind';
import { RenameField } from './RenameField';

interface Props {
  /** Undefined for those that fit no group. */
  readonly cluster: Cluster | undefined;
  readonly category: ScatterCategory | undefined;
  /** Ids, those nearest the centre first. */
  readonly members: Int32Array;
  readonly output: ClustersOutput;
  indexOf(id: number): number | undefined;
  nameOfProspect(id: number): ProspectName | undefined;
  readonly services: Services;
  onRename(name: string): void;
  onHide(isHidden: boolean): void;
}

/** What one group is about, and who is in it. */
export function Group(props: Props) {
  const { selection, prospects } = props.services;
  const [isRenaming, setRenaming] = createSignal(false);
  const [onlyStrays, setOnlyStrays] = createSignal(false);
  const isStray = (id: number) => props.output.outlier[props.indexOf(id) ?? -1] === 1;
  const strays = createMemo(() => props.members.filter(isStray));
  const shown = () => (onlyStrays() ? strays() : props.members);

  const columns = createMemo<readonly TableColumn<ProspectRow>[]>(() => [
    { key: 'name', label: 'Name', width: 200, cell: (row) => row.values.name },
    { key: 'title', label: 'Title', width: 200, cell: (row) => row.values.title },
    { key: 'company', label: 'Company', width: 180, cell: (row) => row.values.company },
    {
      key: 'closeness',
      label: 'Fits',
      width: 80,
      isNumber: true,
      cell: (row) => percent(props.output.closeness[props.indexOf(row.id) ?? -1] ?? 0),
    },
    { key: 'description', label: 'Description', width: 420, cell: (row) => row.values.description },
  ]);

  function select(ids: Int32Array, how: 'replace' | 'toggle') {
    if (how === 'replace') return selection.select(ids);
    const next = new Set(selection.selected());
    for (const id of ids) if (!next.delete(id)) next.add(id);
    selection.select(next);
  }

  return (
    <section class={styles.group} aria-label={props.category?.name ?? 'Fit no group'}>
      <header class={styles.header}>
        <span
          class={styles.swatch}
          data-ring={props.category ? undefined : ''}
          style={{ '--colour': `var(${props.category?.colour ?? '--muted'})` }}
        />
        <Show
          when={isRenaming() && props.category}
          fallback={<h3 class={styles.name}>{props.category?.name ?? 'Fit no group'}</h3>}
        >
          {(category) => (
            <RenameField
              name={category().name}
              onDone={(name) => {
                setRenaming(false);
                if (name !== undefined) props.onRename(name);
              }}
            />
          )}
        </Show>
        <Show when={props.cluster}>
          <button type="button" data-quiet onClick={() => setRenaming(true)}>
            Rename
          </button>
          <button type="button" data-quiet onClick={() => props.onHide(!props.category?.isHidden)}>
            {props.category?.isHidden ? 'Show on the map' : 'Leave off the map'}
          </button>
        </Show>
      </header>
      <Show
        when={props.cluster}
        fallback={
          <p class={styles.about}>
            These are less like their own group than nearly everyone else in it. A mail written for the group
            would miss them: look at each before it goes out.
          </p>
        }
      >
        {(cluster) => (
          <>
            <ul class={styles.phrases} aria-label="What sets this group apart">
              <For each={cluster().phrases.slice(0, 6)}>
                {(one) => (
                  <li>
                    <span class={styles.phrase}>{one.phrase}</span>{' '}
                    <span class={styles.share}>
                      {percent(one.inside)} here, {percent(one.outside)} elsewhere
                    </span>
                  </li>
                )}
              </For>
            </ul>
            <p class={styles.about}>
              Most typical:{' '}
              <For each={cluster().exemplars.slice(0, 3)}>
                {(id, i) => (
                  <>
                    {i() > 0 ? ', ' : ''}
                    <button
                      type="button"
                      data-quiet
                      class={styles.person}
                      onClick={() => selection.show(id, props.members)}
                      onPointerEnter={() => selection.hover(id)}
                      onPointerLeave={() => selection.hover(undefined)}
                    >
                      {fullName(props.nameOfProspect(id))}
                    </button>
                  </>
                )}
              </For>
            </p>
          </>
        )}
      </Show>
      <div class={styles.tools}>
        <span class="muted">
          {shown().length.toLocaleString('en')} {shown().length === 1 ? 'member' : 'members'}, those that fit
          best first
        </span>
        <Show when={props.cluster && strays().length > 0}>
          <button
            type="button"
            data-quiet
            aria-pressed={onlyStrays()}
            onClick={() => setOnlyStrays(!onlyStrays())}
          >
            Only the {strays().length.toLocaleString('en')} that fit least
          </button>
        </Show>
      </div>
      <div class={styles.members}>
        <Table
          label={`Members of ${props.category?.name ?? 'no group'}`}
          ids={shown()}
          rowsOf={(ids) => prospects.rows(ids, ['name', 'title', 'company', 'description'])}
          columns={columns()}
          isSelected={(id) => selection.selected().has(id)}
          hasSelection={selection.selected().size > 0}
          onSelect={select}
          isLit={(id) => selection.hovered() === id}
          onHover={selection.hover}
          openId={selection.open()}
          onOpen={(id) => selection.show(id, shown())}
        />
      </div>
    </section>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
