// The tiers cell and the map over drawn numbers, to be dragged; built and driven by ../slider.ts.
import '../../../src/ui/base.css';
import { createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { createSelection } from '../../../src/boundary/selection';
import type { Services } from '../../../src/boundary/services';
import { type TiersOutput, type TiersParams, tiersKind } from '../../../src/cells/tiers/kind';
import TiersView from '../../../src/cells/tiers/View';
import { succeed } from '../../../src/domain/result';
import { Scatter } from '../../../src/ui/Scatter';

export interface DragPage {
  /** Shows the tiers of so many prospects; answers when their histogram is there. */
  showTiers(count: number): Promise<void>;
  /** Shows a map of so many points in forty groups. */
  showMap(count: number): Promise<void>;
}

/** The same numbers from 0 to 1 on every run (mulberry32). */
function drawer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Answers what the workers would, from arrays: only the page's own work is measured here. */
function servicesFor(count: number): Services {
  const draw = drawer(count);
  const drawn = (power: number) => Float32Array.from({ length: count }, () => draw() ** power);
  const factors = { fit: drawn(1), cluster: drawn(1), signals: drawn(3), engagement: drawn(5) };
  const flags = (share: number) => Uint8Array.from({ length: count }, () => Number(draw() < share));
  const standing = {
    ignoredTouches: flags(0.03).map((flag) => 3 * flag),
    hasReplied: flags(0.01),
    unsubscribed: flags(0.005),
  };
  let current = new Uint8Array(count);
  const keptScore = new Float32Array(count);
  let keptRules: string | null = null;
  const services: Partial<Services> = {
    selection: createSelection(),
    tiers: {
      factors: async () => succeed({ ...factors, ...standing, current, keptScore, keptRules }),
      async assign({ ids, tier, score, rules }) {
        current = current.slice();
        for (const [at, id] of ids.entries()) {
          current[id - 1] = tier[at]!;
          keptScore[id - 1] = score[at]!;
        }
        keptRules = rules;
        return succeed(ids.length);
      },
    },
  };
  const prospects: Pick<Services['prospects'], 'rows' | 'revision'> = {
    revision: () => 0,
    rows: async (ids) =>
      succeed(Array.from(ids, (id) => ({ id, values: { name: `Person ${id}`, company: `Company ${id}` } }))),
  };
  return { ...services, prospects } as Services;
}

function place(): HTMLElement {
  document.body.replaceChildren();
  return document.body.appendChild(document.createElement('main'));
}

async function until(selector: string): Promise<void> {
  while (!document.querySelector(selector)) await new Promise((done) => requestAnimationFrame(done));
}

let unmount = () => {};

const dragPage: DragPage = {
  async showTiers(count) {
    unmount();
    const services = servicesFor(count);
    const from = { type: 'prospects' as const, ids: Int32Array.from({ length: count }, (_, i) => i + 1) };
    const [params, setParams] = createSignal<TiersParams>(tiersKind.params.parse({}));
    const [output, setOutput] = createSignal<TiersOutput>();
    async function run() {
      const result = await tiersKind.run({
        cellId: 'tiers',
        params: params(),
        inputs: { from },
        services,
        signal: new AbortController().signal,
        progress() {},
      });
      if (result.ok) setOutput(result.value);
    }
    unmount = render(
      () => (
        <TiersView
          cellId="tiers"
          name="tiers"
          params={params()}
          setParams={(next) => {
            setParams(next);
            void run();
          }}
          inputs={{ from }}
          output={output()}
          status={{ state: 'done', milliseconds: 1 }}
          services={services}
          run={run}
        />
      ),
      place(),
    );
    await run();
    await until('[role="slider"]');
  },

  async showMap(count) {
    unmount();
    const draw = drawer(count);
    const groups = 40;
    const centres = Array.from({ length: groups }, () => ({ x: draw(), y: draw() }));
    const category = Uint16Array.from({ length: count }, () => Math.floor(groups * draw() ** 1.5));
    const around = (middle: number) => Math.min(1, Math.max(0, middle + 0.1 * (draw() + draw() - 1)));
    const x = Float32Array.from(category, (own) => around(centres[own]!.x));
    const y = Float32Array.from(category, (own) => around(centres[own]!.y));
    const categories = Array.from({ length: groups }, (_, i) => ({
      name: `Group ${i}`,
      colour: i < 12 ? `--cluster-${i + 1}` : '--cluster-other',
      isHidden: false,
    }));
    const [hovered, setHovered] = createSignal<number>();
    unmount = render(
      () => (
        <Scatter
          label="Map"
          x={x}
          y={y}
          category={category}
          categories={categories}
          picked={undefined}
          hovered={hovered()}
          onHover={setHovered}
          onPick={() => {}}
          onOpen={() => {}}
          pointLabel={(point) => `Point ${point}`}
        />
      ),
      place(),
    );
    await until('canvas');
    await new Promise((done) => setTimeout(done, 500));
  },
};
Object.assign(window, { dragPage });
document.title = 'ready';
