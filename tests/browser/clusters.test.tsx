import '../../src/ui/base.css';
import { cleanup, configure, render, screen, within } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createSelection } from '../../src/boundary/selection';
import type { Clusterings, Job, Services } from '../../src/boundary/services';
import { type ClustersOutput, clustersKind } from '../../src/cells/clusters/kind';
import View from '../../src/cells/clusters/View';
import { cancelled, succeed } from '../../src/domain/result';
import { expectAccessible } from './accessible';
import { people, prospectsOf } from './prospectsInMemory';

const everybody = people(120, '2026-09-14');
const ids = Int32Array.from(everybody, (one) => one.id);
const names = ['freight, depots', 'clinics, wards', 'payments'];
/** Group sizes 60, 40 and 20; the last two of all are outliers. */
const groupOf = (at: number) => (at < 60 ? 0 : at < 100 ? 1 : 2);

function output(isSketch = false): ClustersOutput {
  return {
    type: 'clustering',
    isSketch,
    ids,
    clusters: names.map((name, group) => ({
      key: group + 5,
      name,
      phrases: [{ phrase: `${name} phrase`, inside: 0.62, outside: 0.04 }],
      size: [60, 40, 20][group]!,
      exemplars: [1 + 60 * group, 2 + 60 * group],
      cohesion: 0.6,
    })),
    assignment: Uint16Array.from(ids, (_, i) => groupOf(i)),
    closeness: Float32Array.from(ids, (_, i) => 0.9 - i / 400),
    outlier: Uint8Array.from(ids, (_, i) => Number(i >= 118)),
    x: Float32Array.from(ids, (_, i) => (0.2 + 0.3 * groupOf(i) + (i % 10) / 100) % 1),
    y: Float32Array.from(ids, (_, i) => 0.2 + (i % 37) / 60),
  };
}

function show(
  given: ClustersOutput = output(),
  improveMap: Clusterings['improveMap'] = async () => cancelled,
) {
  const selection = createSelection();
  const services = {
    selection,
    prospects: prospectsOf(everybody),
    clusterings: { improveMap } as Clusterings,
  } as Partial<Services> as Services;
  const [params, setParams] = createSignal(clustersKind.params.parse({}));
  const steps: string[] = [];
  const { container } = render(() => (
    <View
      cellId="groups"
      name="groups"
      params={params()}
      setParams={(next, step) => {
        steps.push(step);
        setParams(next);
      }}
      inputs={{ from: { type: 'prospects', ids } }}
      output={given}
      status={{ state: 'done', milliseconds: 1 }}
      services={services}
      run={() => {}}
    />
  ));
  return { container, selection, params, steps };
}

const legend = () => screen.getByRole('list', { name: 'Groups' });
const entry = (name: RegExp) => within(legend()).getByRole('button', { name });

configure({ getElementError: (message) => new Error(message ?? 'not found') });
beforeEach(() => page.viewport(1280, 900));
afterEach(cleanup);

describe('the legend', () => {
  test('lists groups by size, and those that fit none last', () => {
    show();
    const entries = within(legend())
      .getAllByRole('button')
      .map((one) => one.textContent);
    expect(entries).toEqual(['freight, depots60', 'clinics, wards40', 'payments20', 'Fit no group2']);
  });

  test('choosing a group picks its members and shows what it is about; choosing it again lets go', async () => {
    const { selection } = show();
    await userEvent.click(entry(/^clinics/));
    expect(selection.selected()).toEqual(new Set(ids.slice(60, 100)));
    const group = screen.getByRole('region', { name: 'clinics, wards' });
    expect(group.textContent).toContain('clinics, wards phrase 62 % here, 4 % elsewhere');
    await vi.waitFor(() =>
      expect(within(group).getByRole('grid').textContent).toContain(everybody[60]!.firstName),
    );
    await userEvent.click(entry(/^clinics/));
    expect(selection.selected().size).toBe(0);
    expect(screen.queryByRole('region', { name: 'clinics, wards' })).toBeNull();
  });

  test('those that fit none are listed as well', async () => {
    const { selection } = show();
    await userEvent.click(entry(/^Fit no group/));
    expect(selection.selected()).toEqual(new Set([119, 120]));
    expect(screen.getByRole('region', { name: 'Fit no group' }).textContent).toContain('2 members');
  });

  test('is walked by arrows, with one stop for Tab', async () => {
    show();
    entry(/^freight/).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(entry(/^payments/));
    await userEvent.keyboard('{Home}{Enter}');
    expect(entry(/^freight/).getAttribute('aria-pressed')).toBe('true');
    expect(
      within(legend())
        .getAllByRole('button')
        .filter((one) => one.tabIndex === 0),
    ).toHaveLength(1);
  });
});

describe('names', () => {
  test('F2 renames, by the key of the group, as one step; emptied, the proposed name is back', async () => {
    const { params, steps } = show();
    entry(/^payments/).focus();
    await userEvent.keyboard('{F2}');
    await userEvent.fill(screen.getByRole('textbox', { name: /^Name of this group/ }), 'Our fintechs');
    await userEvent.keyboard('{Enter}');
    expect(params().names).toEqual({ 7: 'Our fintechs' });
    expect(steps).toEqual(['Name a group “Our fintechs”']);
    expect(document.activeElement).toBe(entry(/^Our fintechs/));
    await userEvent.keyboard('{F2}');
    await userEvent.fill(screen.getByRole('textbox', { name: /^Name of this group/ }), '');
    await userEvent.keyboard('{Enter}');
    expect(params().names).toEqual({});
    expect(entry(/^payments/)).toBe(document.activeElement);
  });

  test('a double click renames as well, and Escape drops it', async () => {
    const { params } = show();
    await userEvent.dblClick(entry(/^freight/));
    await userEvent.fill(screen.getByRole('textbox', { name: /^Name of this group/ }), 'Something else');
    await userEvent.keyboard('{Escape}');
    expect(params().names).toEqual({});
  });
});

describe('the map and the rest of the page', () => {
  const canvas = () => screen.getByRole('application').querySelectorAll('canvas')[1]!;

  test('what is hovered elsewhere is lit on the map, with its name', async () => {
    const { selection, container } = show();
    selection.hover(ids[3]);
    await vi.waitFor(() =>
      expect(container.textContent).toContain(`${everybody[3]!.firstName} ${everybody[3]!.lastName}`),
    );
  });

  test('what is hovered on the map is hovered elsewhere, and a click picks and opens it', async () => {
    const { selection } = show();
    HTMLCanvasElement.prototype.setPointerCapture = () => {};
    await vi.waitFor(() => expect(canvas().width).toBeGreaterThan(300));
    const box = canvas().getBoundingClientRect();
    const { x, y } = output();
    const place = {
      clientX: box.left + 28 + x[110]! * (box.width - 56),
      clientY: box.top + 28 + y[110]! * (box.height - 56),
      pointerId: 1,
      pointerType: 'mouse',
      bubbles: true,
    };
    canvas().dispatchEvent(new PointerEvent('pointermove', place));
    const lit = selection.hovered();
    expect(lit).toBeDefined();
    expect(groupOf(ids.indexOf(lit!))).toBe(2);
    canvas().dispatchEvent(new PointerEvent('pointerdown', place));
    canvas().dispatchEvent(new PointerEvent('pointerup', place));
    expect(selection.selected()).toEqual(new Set([lit]));
    expect(selection.open()).toBe(lit);
  });

  test('a group can be left off the map, as one step', async () => {
    const { params, steps } = show();
    await userEvent.click(entry(/^freight/));
    await userEvent.click(screen.getByRole('button', { name: 'Leave off the map' }));
    expect(params().hidden).toEqual([5]);
    expect(steps).toEqual(['Leave a group off the map']);
    expect(entry(/^freight/).textContent).toContain('off the map');
  });
});

describe('a better map', () => {
  test('is worked out once after a fresh run, with progress, and can be stopped', async () => {
    let job: Job | undefined;
    const { container } = show(output(true), (_, given) => {
      job = given;
      return new Promise((done) => given.signal.addEventListener('abort', () => done(cancelled)));
    });
    job?.progress({ done: 40, total: 100, what: '' });
    expect(container.textContent).toContain('Arranging the map so that neighbours stand together: 40 %');
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await vi.waitFor(() => expect(container.textContent).not.toContain('Arranging'));
  });

  test('is not asked for where the map was kept, and not twice', async () => {
    let calls = 0;
    const better = async () => {
      calls++;
      return succeed({ x: new Float32Array(120).fill(0.5), y: new Float32Array(120).fill(0.5) });
    };
    show(output(false), better);
    expect(calls).toBe(0);
    cleanup();
    const fresh = output(true);
    show(fresh, better);
    await vi.waitFor(() => expect(calls).toBe(1));
    await new Promise((done) => setTimeout(done));
    cleanup();
    show(fresh, better);
    expect(calls).toBe(1);
  });
});

describe('the cell', () => {
  test('changes the number of groups and how words count, each as a step', async () => {
    const { params, steps } = show();
    const field = screen.getByRole('textbox', { name: /^How many groups/ });
    await userEvent.fill(field, '20');
    await userEvent.keyboard('{Enter}');
    expect(params().k).toBe(20);
    await userEvent.fill(field, '');
    await userEvent.keyboard('{Enter}');
    expect(params().k).toBe('auto');
    screen.getByRole('slider', { name: 'Count the words themselves' }).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(params().wordWeight).toBeCloseTo(0.35);
    expect(steps).toHaveLength(3);
  });

  test('has nothing that axe finds wrong, at its widest and on a phone', async () => {
    const { container } = show();
    await userEvent.click(entry(/^freight/));
    await vi.waitFor(() => expect(screen.getByRole('grid').textContent).toContain(everybody[0]!.firstName));
    await expectAccessible(container);
    await page.viewport(390, 844);
    await expectAccessible(container);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});
