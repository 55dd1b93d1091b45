import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js';
import type { Services } from '../../boundary/services';
import type { CellViewProps, Progress } from '../../notebook/kind';
import { Explanation } from '../../ui/Explanation';
import { NumberField } from '../../ui/NumberField';
import { Scatter } from '../../ui/Scatter';
import { Slider } from '../../ui/Slider';
import { createProspectNames, fullName } from '../prospectNames';
import { clusterColours } from './colours';
import { Group } from './Group';
import { type ClustersInputs, type ClustersOutput, type ClustersParams, nameOf, requestOf } from './kind';
import { Legend } from './Legend';
import styles from './View.module.css';

type Props = CellViewProps<ClustersParams, ClustersInputs, ClustersOutput, Services>;

/** The group that is looked at: a position in `clusters`, or those that fit none. */
export type Chosen = number | 'outliers' | undefined;

interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

// A cell that is folded and unfolded keeps the map it worked out.
const betterPlaces = new WeakMap<ClustersOutput, Places>();

export default function View(props: Props) {
  return (
    <div class={styles.view}>
      <Controls {...props} />
      <Show
        when={props.output}
        fallback={<p class="empty">The groups will appear here, as a map and as a list.</p>}
      >
        {(output) => <Groups {...props} output={output()} />}
      </Show>
    </div>
  );
}

function Controls(props: Props) {
  const change = (part: Partial<ClustersParams>, step: string) =>
    props.setParams({ ...props.params, ...part }, step);
  return (
    <div class={styles.controls}>
      <span class={styles.field}>
        Groups
        <NumberField
          label="How many groups; empty finds as many as there are"
          value={props.params.k === 'auto' ? null : props.params.k}
          min={2}
          max={100}
          isWhole
          isFirst
          placeholder="auto"
          onChange={(k) => change({ k }, `${k} groups`)}
          onClear={() => change({ k: 'auto' }, 'As many groups as there are')}
        />
      </span>
      <Slider
        label="Count the words themselves"
        value={props.params.wordWeight}
        min={0}
        max={1}
        step={0.05}
        format={(share) => `${Math.round(share * 100)} %`}
        onChange={(wordWeight) => change({ wordWeight }, 'How much the words count')}
      />
    </div>
  );
}

function Groups(props: Props & { readonly output: ClustersOutput }) {
  const selection = props.services.selection;
  const nameOfProspect = createProspectNames(props.services.prospects);
  const [chosen, setChosen] = createSignal<Chosen>();
  const [pointed, setPointed] = createSignal<Chosen>();
  const clusters = () => props.output.clusters;
  const change = (part: Partial<ClustersParams>, step: string) =>
    props.setParams({ ...props.params, ...part }, step);

  // A newer result may have fewer groups.
  createEffect(
    on(
      () => props.output,
      () => setChosen(undefined),
      { defer: true },
    ),
  );

  const colours = createMemo(() => clusterColours(clusters()));
  const categories = createMemo(() =>
    clusters().map((cluster, i) => ({
      name: nameOf(cluster, props.params),
      colour: colours()[i]!,
      isHidden: props.params.hidden.includes(cluster.key),
    })),
  );
  const indexOf = (id: number | undefined) => {
    const at = id === undefined ? -1 : props.output.ids.indexOf(id);
    return at < 0 ? undefined : at;
  };
  const strays = createMemo(() => props.output.outlier.reduce((sum, flag) => sum + flag, 0));

  // ------------------------------------------------------------ what is picked, here and elsewhere

  const belongsTo = (group: Chosen, point: number) =>
    group === 'outliers' ? props.output.outlier[point] === 1 : props.output.assignment[point] === group;
  const members = (group: Chosen) =>
    Array.from(props.output.ids.keys())
      .filter((point) => belongsTo(group, point))
      .sort((a, b) => props.output.closeness[b]! - props.output.closeness[a]!)
      .map((point) => props.output.ids[point]!);

  const picked = createMemo(() => {
    const group = pointed();
    if (group !== undefined) return Uint8Array.from(props.output.ids, (_, i) => Number(belongsTo(group, i)));
    const selected = selection.selected();
    if (selected.size === 0) return undefined;
    let found = 0;
    const mask = Uint8Array.from(props.output.ids, (id) => {
      const is = selected.has(id) ? 1 : 0;
      found += is;
      return is;
    });
    return found > 0 ? mask : undefined;
  });

  function choose(group: Chosen) {
    const next = group === chosen() ? undefined : group;
    setChosen(next);
    selection.select(next === undefined ? [] : members(next));
  }

  function pick(points: readonly number[], how: 'replace' | 'add') {
    const ids = points.map((point) => props.output.ids[point]!);
    if (how === 'replace') return selection.select(ids);
    const next = new Set(selection.selected());
    // One point is toggled; several are added.
    for (const id of ids) if (ids.length > 1 || !next.delete(id)) next.add(id);
    selection.select(next);
  }

  const label = (point: number) => {
    const id = props.output.ids[point];
    return fullName(id === undefined ? undefined : nameOfProspect(id));
  };

  // ------------------------------------------------------------ a better map

  const [places, setPlaces] = createSignal<Places>(betterPlaces.get(props.output) ?? props.output);
  const [progress, setProgress] = createSignal<Progress>();
  let work: AbortController | undefined;
  onCleanup(() => work?.abort());

  async function improve() {
    const { output, inputs } = props;
    if (!inputs) return;
    work?.abort();
    const mine = new AbortController();
    work = mine;
    const request = requestOf({ cellId: props.cellId, params: props.params, inputs });
    const map = await props.services.clusterings.improveMap(request, {
      signal: mine.signal,
      progress: (now) => mine === work && setProgress(now),
    });
    if (mine !== work) return;
    setProgress(undefined);
    if (!map.ok || mine.signal.aborted || map.value.x.length !== output.ids.length) return;
    betterPlaces.set(props.output, map.value);
    setPlaces(map.value);
  }

  createEffect(
    on(
      () => props.output,
      (output, before) => {
        // Renamed groups are the same groups: what is under way for their map goes on.
        if (before && progress() && areSameGroups(before, output)) return;
        work?.abort();
        setProgress(undefined);
        const better = betterPlaces.get(output);
        setPlaces(better ?? output);
        if (output.isSketch && !better) void improve();
      },
    ),
  );

  return (
    <>
      <div class={styles.map}>
        <div class={styles.picture}>
          <Scatter
            label={`Map of ${clusters().length} groups`}
            x={places().x}
            y={places().y}
            category={props.output.assignment}
            categories={categories()}
            ring={props.output.outlier}
            picked={picked()}
            hovered={indexOf(selection.hovered())}
            onHover={(point) => selection.hover(point === undefined ? undefined : props.output.ids[point])}
            onPick={pick}
            onOpen={(point) => selection.show(props.output.ids[point], props.output.ids)}
            pointLabel={label}
          />
          <Show when={progress()}>
            {(now) => (
              <div class={styles.improving}>
                <Show when={now().total > 0} fallback={<progress aria-label="Arranging the map" />}>
                  <progress max={now().total} value={now().done} aria-label="Arranging the map" />
                </Show>
                <span>
                  Arranging the map so that neighbours stand together
                  {now().total ? `: ${Math.round((100 * now().done) / now().total)} %` : ''}
                </span>
                <button type="button" data-quiet onClick={() => work?.abort()}>
                  Stop
                </button>
              </div>
            )}
          </Show>
        </div>
        <Legend
          categories={categories()}
          sizes={clusters().map((cluster) => cluster.size)}
          strays={strays()}
          chosen={chosen()}
          onChoose={choose}
          onPoint={setPointed}
          onRename={rename}
        />
      </div>
      {/* A list of one at most, so that each group gets a panel of its own. */}
      <For each={chosen() === undefined ? [] : [chosen()!]}>
        {(group) => (
          <Group
            cluster={group === 'outliers' ? undefined : clusters()[group]}
            category={group === 'outliers' ? undefined : categories()[group]}
            members={Int32Array.from(members(group))}
            output={props.output}
            indexOf={indexOf}
            nameOfProspect={nameOfProspect}
            services={props.services}
            onRename={(name) => group !== 'outliers' && rename(group, name)}
            onHide={(isHidden) => group !== 'outliers' && hide(group, isHidden)}
          />
        )}
      </For>
      <HowComputed params={props.params} />
    </>
  );

  function rename(group: number, name: string) {
    const cluster = clusters()[group];
    if (!cluster || name === nameOf(cluster, props.params)) return;
    const { [cluster.key]: _, ...others } = props.params.names;
    const isOwn = name !== '' && name !== cluster.name;
    change(
      { names: isOwn ? { ...others, [cluster.key]: name } : others },
      isOwn ? `Name a group “${name}”` : 'Take the proposed name',
    );
  }

  function hide(group: number, isHidden: boolean) {
    const cluster = clusters()[group];
    if (!cluster) return;
    const others = props.params.hidden.filter((key) => key !== cluster.key);
    change(
      { hidden: isHidden ? [...others, cluster.key] : others },
      isHidden ? 'Leave a group off the map' : 'Show a group on the map',
    );
  }
}

function HowComputed(props: { readonly params: ClustersParams }) {
  const words = () => Math.round(props.params.wordWeight * 100);
  return (
    <Explanation>
      <p>
        Each company's industry, keywords and description become 512 numbers that stand for their meaning (a
        sentence embedding, made on this machine). The words themselves, weighted by how rare they are
        (TF-IDF), stand beside them, for jargon is often rarer than what it means. Meaning counts{' '}
        {100 - words()} %, words {words()} %.
      </p>
      <p>
        The numbers are reduced to the 64 directions along which the prospects differ most (principal
        components) and grouped around centres by the angle between them (spherical k-means, the best of
        several starts). With “auto”, the number of groups is the one that separates best.
      </p>
      <p>
        Next week's groups start from this week's centres, so that they keep their names and colours. A name
        is made of the phrases that are common in the group and rare outside: <code>p ln(p / q)</code>, where{' '}
        <code>p</code> is the share of companies in the group with the phrase and <code>q</code> the share
        outside.
      </p>
      <p>
        A prospect drawn as a ring fits no group: it is less like the centre of its own group than nearly all
        its other members are. On the map only nearness means something; the directions don't.
      </p>
    </Explanation>
  );
}

function areSameGroups(one: ClustersOutput, other: ClustersOutput): boolean {
  const { assignment } = other;
  return one.assignment.length === assignment.length && one.assignment.every((at, i) => at === assignment[i]);
}
