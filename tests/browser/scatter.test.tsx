import '../../src/ui/base.css';
import { cleanup, render, screen } from '@solidjs/testing-library';
import fc from 'fast-check';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { middlesOf, placeLabels } from '../../src/ui/mapLabels';
import { mapColours } from '../../src/ui/mapPainter';
import { bringIntoView, panBy, projection, wholeMap, zoomAt } from '../../src/ui/mapView';
import { gridOf, pointNear, pointsWithin, pointTowards } from '../../src/ui/pointGrid';
import { Scatter } from '../../src/ui/Scatter';
import { expectAccessible } from './accessible';

beforeEach(() => page.viewport(1000, 700));
afterEach(cleanup);

const size = { width: 800, height: 400 };
const coordinate = fc.double({ min: 0, max: 1, noNaN: true }).map(Math.fround);
const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 80 });
const view = fc
  .tuple(fc.double({ min: 1, max: 20, noNaN: true }), fc.nat(800), fc.nat(400))
  .map(([factor, x, y]) => zoomAt(wholeMap, size, factor, x, y));

function columns(list: readonly (readonly [number, number])[]) {
  return {
    x: Float32Array.from(list, ([x]) => x),
    y: Float32Array.from(list, ([, y]) => y),
  };
}

describe('the view of the map', () => {
  test('zooming keeps the place under the pointer, unless the edge of the map would come in', () => {
    const at = (v: typeof wholeMap, x: number) =>
      (x - projection(v, size).offsetX) / projection(v, size).scaleX;
    fc.assert(
      fc.property(view, fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 400 }), (from, x, y) => {
        const zoomed = zoomAt(from, size, 1.5, x, y);
        if (zoomed.zoom < 60) expect(at(zoomed, x)).toBeCloseTo(at(from, x), 6);
      }),
    );
  });

  test('never leaves the frame empty', () => {
    fc.assert(
      fc.property(
        view,
        fc.integer({ min: -5000, max: 5000 }),
        fc.integer({ min: -5000, max: 5000 }),
        (from, x, y) => {
          const { left, top, zoom } = panBy(from, size, x, y);
          expect(left).toBeLessThanOrEqual(0);
          expect(top).toBeLessThanOrEqual(0);
          expect(left + zoom * size.width).toBeGreaterThanOrEqual(size.width - 1e-6);
          expect(top + zoom * size.height).toBeGreaterThanOrEqual(size.height - 1e-6);
        },
      ),
    );
  });

  test('brings a point into view', () => {
    fc.assert(
      fc.property(view, coordinate, coordinate, (from, x, y) => {
        const screenOf = (v: typeof wholeMap) => {
          const at = projection(v, size);
          return { x: x * at.scaleX + at.offsetX, y: y * at.scaleY + at.offsetY };
        };
        const before = screenOf(from);
        const after = screenOf(bringIntoView(from, size, before.x, before.y));
        expect(after.x).toBeGreaterThan(-1e-6);
        expect(after.x).toBeLessThan(size.width + 1e-6);
        expect(after.y).toBeGreaterThan(-1e-6);
        expect(after.y).toBeLessThan(size.height + 1e-6);
      }),
    );
  });
});

describe('the grid of points', () => {
  test('finds the nearest, as looking at all would', () => {
    fc.assert(
      fc.property(points, view, fc.nat(800), fc.nat(400), (list, from, x, y) => {
        const { x: xs, y: ys } = columns(list);
        const at = projection(from, size);
        const distance = (i: number) =>
          Math.hypot(xs[i]! * at.scaleX + at.offsetX - x, ys[i]! * at.scaleY + at.offsetY - y);
        const found = pointNear(gridOf(xs, ys), at, x, y, 30, () => true);
        const least = Math.min(...list.map((_, i) => distance(i)));
        if (found === undefined) expect(least).toBeGreaterThan(30 - 1e-3);
        else expect(distance(found)).toBeCloseTo(least, 3);
      }),
    );
  });

  test('finds those within an outline, and none outside or hidden', () => {
    const { x, y } = columns([
      [0.1, 0.1],
      [0.5, 0.5],
      [0.52, 0.5],
      [0.9, 0.9],
    ]);
    const at = projection(wholeMap, size);
    const around = [
      { x: 350, y: 150 },
      { x: 450, y: 150 },
      { x: 450, y: 250 },
      { x: 350, y: 250 },
    ];
    expect(pointsWithin(gridOf(x, y), at, around, () => true)).toEqual([1, 2]);
    expect(pointsWithin(gridOf(x, y), at, around, (point) => point !== 1)).toEqual([2]);
    expect(pointsWithin(gridOf(x, y), at, around.slice(0, 2), () => true)).toEqual([]);
  });

  test('an arrow leads to a point that lies that way', () => {
    fc.assert(
      fc.property(points, (list) => {
        const { x, y } = columns(list);
        const grid = gridOf(x, y);
        const at = projection(wholeMap, size);
        const right = pointTowards(grid, at, 0, 'right', () => true);
        const up = pointTowards(grid, at, 0, 'up', () => true);
        if (right !== undefined) expect(x[right]!).toBeGreaterThan(x[0]!);
        if (up !== undefined) expect(y[up]!).toBeLessThan(y[0]!);
      }),
    );
  });
});

describe('names on the map', () => {
  test('never cover one another and stay on the map', () => {
    const wish = fc.record({
      x: coordinate,
      y: coordinate,
      width: fc.integer({ min: 20, max: 180 }),
      importance: fc.nat(500),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), view, (wishes, from) => {
        const labels = wishes.map((one, key) => ({ ...one, key, text: `Group ${key}` }));
        const placed = placeLabels(labels, projection(from, size), size).map(({ key, x, y }) => ({
          left: x - labels[key]!.width / 2,
          right: x + labels[key]!.width / 2,
          top: y - 9,
          bottom: y + 9,
        }));
        for (const [i, a] of placed.entries()) {
          expect(Math.min(a.left, a.top)).toBeGreaterThanOrEqual(-1e-6);
          expect(a.right).toBeLessThanOrEqual(size.width + 1e-6);
          expect(a.bottom).toBeLessThanOrEqual(size.height + 1e-6);
          for (const b of placed.slice(0, i)) {
            const overlap =
              a.left < b.right - 1e-6 &&
              b.left < a.right - 1e-6 &&
              a.top < b.bottom - 1e-6 &&
              b.top < a.bottom - 1e-6;
            expect(overlap).toBe(false);
          }
        }
      }),
    );
  });

  test('stand at the median of their points', () => {
    const { x, y } = columns([
      [0.1, 0.1],
      [0.2, 0.2],
      [1, 1],
      [0.5, 0.5],
    ]);
    const [first, second, none] = middlesOf(x, y, [0, 0, 0, 1], 3);
    expect(first).toEqual({ x: Math.fround(0.2), y: Math.fround(0.2), size: 3 });
    expect(second?.size).toBe(1);
    expect(none).toBeUndefined();
  });
});

describe('the map', () => {
  // Four corners and a middle, in two groups.
  const x = Float32Array.of(0, 1, 0, 1, 0.5);
  const y = Float32Array.of(0, 0, 1, 1, 0.5);
  const category = Uint8Array.of(0, 0, 1, 1, 1);

  function show() {
    const [hovered, setHovered] = createSignal<number>();
    const [picked, setPicked] = createSignal<Uint8Array>();
    const [places, setPlaces] = createSignal({ x, y });
    const [hidden, setHidden] = createSignal(false);
    const picks: [readonly number[], string][] = [];
    const opened: number[] = [];
    const { container } = render(() => (
      <Scatter
        label="Map of 2 groups"
        x={places().x}
        y={places().y}
        category={category}
        categories={[
          { name: 'Freight', colour: '--cluster-1', isHidden: false },
          { name: 'Retail', colour: '--cluster-2', isHidden: hidden() },
        ]}
        picked={picked()}
        hovered={hovered()}
        onHover={setHovered}
        onPick={(found, how) => {
          picks.push([found, how]);
          setPicked(found.length === 0 ? undefined : Uint8Array.from(x, (_, i) => Number(found.includes(i))));
        }}
        onOpen={(point) => opened.push(point)}
        pointLabel={(point) => `Person ${point}`}
      />
    ));
    return { container, hovered, picked, picks, opened, setPlaces, setHidden };
  }
  const map = () => screen.getByRole('application', { name: 'Map of 2 groups' });
  const drawing = () => map().querySelectorAll('canvas')[0]!;
  const surface = () => map().querySelectorAll('canvas')[1]!;
  const drawn = () => vi.waitFor(() => expect(drawing().width).toBeGreaterThan(300));
  const corner = (left: number, top: number) => {
    const box = surface().getBoundingClientRect();
    return {
      clientX: box.left + 28 + left * (box.width - 56),
      clientY: box.top + 28 + top * (box.height - 56),
    };
  };
  const point = (type: string, place: { clientX: number; clientY: number }, more: PointerEventInit = {}) =>
    surface().dispatchEvent(
      new PointerEvent(type, {
        ...place,
        pointerId: 1,
        button: 0,
        pointerType: 'mouse',
        bubbles: true,
        ...more,
      }),
    );
  /** The colour of the drawing at a place from 0 to 1. */
  function colourAt(left: number, top: number): string {
    const { clientX, clientY } = corner(left, top);
    const box = drawing().getBoundingClientRect();
    const scale = drawing().width / box.width;
    const [r = 0, g = 0, b = 0] = drawing()
      .getContext('2d')!
      .getImageData((clientX - box.left) * scale, (clientY - box.top) * scale, 1, 1).data;
    return `${r},${g},${b}`;
  }
  beforeEach(() => {
    HTMLCanvasElement.prototype.setPointerCapture = () => {};
  });

  test('draws each point in the colour of its group, in either theme', async () => {
    show();
    await drawn();
    await vi.waitFor(() => expect(colourAt(0, 0)).not.toBe('255,255,255'));
    expect(colourAt(0, 0)).toBe(colourAt(1, 0));
    expect(colourAt(0, 1)).not.toBe(colourAt(0, 0));
    const light = colourAt(0.25, 0.25);
    document.documentElement.dataset.theme = 'dark';
    await vi.waitFor(() => expect(colourAt(0.25, 0.25)).not.toBe(light));
    delete document.documentElement.dataset.theme;
  });

  test('reads colours however they are written: a build shortens them', async () => {
    const style = document.documentElement.style;
    style.setProperty('--raised', '#fed');
    style.setProperty('--cluster-1', 'rgb(10 20 30)');
    const { palette } = mapColours([{ colour: '--cluster-1', isHidden: false }]);
    style.removeProperty('--raised');
    style.removeProperty('--cluster-1');
    expect(palette.background).toBe(0xddeeff);
    expect(palette.colours[0]).toBe(0x1e140a);
  });

  test('lights the point under the pointer and says who it is', async () => {
    const { hovered, container } = show();
    await drawn();
    point('pointermove', corner(0, 0));
    expect(hovered()).toBe(0);
    expect(container.textContent).toContain('Person 0');
    point('pointermove', corner(0.8, 0.2));
    expect(hovered()).toBeUndefined();
  });

  test('picks and opens what is clicked, and nothing where there is nothing', async () => {
    const { picks, opened } = show();
    await drawn();
    point('pointerdown', corner(0.5, 0.5));
    point('pointerup', corner(0.5, 0.5));
    expect(picks).toEqual([[[4], 'replace']]);
    expect(opened).toEqual([4]);
    point('pointerdown', corner(0, 1), { ctrlKey: true });
    point('pointerup', corner(0, 1), { ctrlKey: true });
    expect(picks.at(-1)).toEqual([[2], 'add']);
    point('pointerdown', corner(0.75, 0.4));
    point('pointerup', corner(0.75, 0.4));
    expect(picks.at(-1)).toEqual([[], 'replace']);
  });

  test('picks what a line is drawn around', async () => {
    const { picks } = show();
    await drawn();
    const line = [
      [-0.02, -0.02],
      [1.02, -0.02],
      [1.02, 0.3],
      [-0.02, 0.3],
    ] as const;
    const [start] = line;
    point('pointerdown', corner(...start), { shiftKey: true });
    for (const [left, top] of line) point('pointermove', corner(left, top), { shiftKey: true });
    point('pointerup', corner(...line[3]), { shiftKey: true });
    expect(picks).toEqual([[[0, 1], 'replace']]);
  });

  test('goes from point to point and group to group by keys', async () => {
    const { hovered, picks, opened } = show();
    await drawn();
    map().focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(hovered()).toBe(4);
    await userEvent.keyboard('{ArrowUp}');
    expect([0, 1]).toContain(hovered());
    await userEvent.keyboard('{PageDown}');
    expect(category[hovered()!]).toBe(1);
    await userEvent.keyboard('{Enter}');
    expect(picks.at(-1)).toEqual([[hovered()], 'replace']);
    expect(opened).toEqual([hovered()]);
    await userEvent.keyboard('{Escape}');
    expect(picks.at(-1)).toEqual([[], 'replace']);
    expect(screen.getByText(/^Person \d, Retail$/, { selector: '[aria-live]' })).toBeInstanceOf(HTMLElement);
  });

  test('zooms by keys and shows all again', async () => {
    show();
    await drawn();
    await vi.waitFor(() => expect(colourAt(0, 0)).not.toBe('255,255,255'));
    map().focus();
    await userEvent.keyboard('+++');
    await vi.waitFor(() => expect(colourAt(0, 0)).toBe('255,255,255'));
    await userEvent.keyboard('0');
    await vi.waitFor(() => expect(colourAt(0, 0)).not.toBe('255,255,255'));
  });

  test('leaves a hidden group out, of the picture and of what can be pointed at', async () => {
    const { setHidden, hovered } = show();
    await drawn();
    setHidden(true);
    await vi.waitFor(() => expect(colourAt(0.5, 0.5)).toBe('255,255,255'));
    point('pointermove', corner(0.5, 0.5));
    expect(hovered()).toBeUndefined();
  });

  test('moves points to a better map', async () => {
    const { setPlaces } = show();
    await drawn();
    await vi.waitFor(() => expect(colourAt(0, 0)).not.toBe('255,255,255'));
    setPlaces({ x: Float32Array.of(0.2, 1, 0, 1, 0.5), y: Float32Array.of(0.3, 0, 1, 1, 0.5) });
    await vi.waitFor(() => {
      expect(colourAt(0, 0)).toBe('255,255,255');
      expect(colourAt(0.2, 0.3)).not.toBe('255,255,255');
    });
  });

  test('has nothing that axe finds wrong', async () => {
    const { container } = show();
    await drawn();
    await expectAccessible(container);
  });
});
