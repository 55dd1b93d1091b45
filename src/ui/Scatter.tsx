import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import { labelsFor, middlesOf, placeLabels } from './mapLabels';
import { type Corner, createPointPainter, mapColours, paintOverlay } from './mapPainter';
import { bringIntoView, type MapSize, type MapView, panBy, projection, wholeMap, zoomAt } from './mapView';
import { type Direction, gridOf, pointNear, pointsWithin, pointTowards } from './pointGrid';
import { pointRadius } from './pointPixels';
import styles from './Scatter.module.css';
import { createTravel } from './travel';

export interface ScatterCategory {
  readonly name: string;
  /** Name of the colour's token: "--cluster-1". */
  readonly colour: string;
  readonly isHidden: boolean;
}

interface Props {
  /** What the map shows, for screen readers: "Map of 14 groups". */
  readonly label: string;
  /** Positions from 0 to 1. New ones of the same length are moved to. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Index into `categories`, aligned with the positions. */
  readonly category: ArrayLike<number>;
  readonly categories: readonly ScatterCategory[];
  /** 1: drawn as a ring, for it is unlike its category. */
  readonly ring?: Uint8Array;
  /** 1: picked; undefined where nothing is. */
  readonly picked: Uint8Array | undefined;
  readonly hovered: number | undefined;
  onHover(point: number | undefined): void;
  /** The points within a line drawn around them, or one that was clicked; none: the empty map was clicked. */
  onPick(points: readonly number[], how: 'replace' | 'add'): void;
  onOpen(point: number): void;
  /** What the point is, in a few words. */
  pointLabel(point: number): string;
}

/** CSS pixels around the pointer within which a point counts as meant. */
const reach = 12;

/** A map of points on a canvas: zoom, pan, hover, click, draw a line around; all of it by keyboard as well. */
export function Scatter(props: Props) {
  const helpId = createUniqueId();
  let frame!: HTMLDivElement;
  let canvas!: HTMLCanvasElement;
  let overlay!: HTMLCanvasElement;
  const [size, setSize] = createSignal<MapSize>({ width: 0, height: 0 });
  const [view, setView] = createSignal<MapView>(wholeMap, { equals: false });
  const [theme, setTheme] = createSignal(0, { equals: false });
  const [isDrawing, setDrawing] = createSignal(false);
  const [outline, setOutline] = createSignal<readonly Corner[]>([]);
  const [isFocused, setFocused] = createSignal(false);
  const [said, setSaid] = createSignal('');

  const grid = createMemo(() => gridOf(props.x, props.y));
  const at = createMemo(() => projection(view(), size()));
  const isVisible = (point: number) => !props.categories[props.category[point]!]?.isHidden;
  const screenOf = (point: number) => ({
    x: props.x[point]! * at().scaleX + at().offsetX,
    y: props.y[point]! * at().scaleY + at().offsetY,
  });

  // ------------------------------------------------------------ drawing

  const colours = createMemo(() => {
    theme();
    return mapColours(props.categories);
  });
  const places = createMemo(() => ({ x: props.x, y: props.y }), undefined, {
    equals: (a, b) => a.x === b.x && a.y === b.y,
  });
  const shown = createTravel(places);
  const radius = () => pointRadius(props.x.length, view().zoom, size());
  /** The point that is lit, where it can be seen. */
  const lit = createMemo(() => {
    const point = props.hovered;
    return point !== undefined && point < props.x.length && isVisible(point) ? point : undefined;
  });

  let paintOnCanvas: ReturnType<typeof createPointPainter>;
  onMount(() => {
    paintOnCanvas = createPointPainter(canvas);
  });
  function paintPoints() {
    const points = { ...shown(), colour: props.category, ring: props.ring, picked: props.picked };
    paintOnCanvas(points, colours().palette, size(), at(), radius());
  }
  function paintAbove() {
    const point = lit();
    const around = point === undefined ? undefined : { ...screenOf(point), radius: radius() + 3 };
    paintOverlay(overlay, size(), colours(), around, outline());
  }

  // Whatever changes within a frame is painted once.
  const paintSoon = (paint: () => void) => {
    let request = 0;
    onCleanup(() => cancelAnimationFrame(request));
    return () => {
      cancelAnimationFrame(request);
      request = requestAnimationFrame(paint);
    };
  };
  const pointsSoon = paintSoon(paintPoints);
  const overlaySoon = paintSoon(paintAbove);
  createEffect(
    on([shown, at, colours, () => props.category, () => props.ring, () => props.picked], pointsSoon),
  );
  createEffect(on([at, colours, outline, lit, places], overlaySoon));

  onMount(() => {
    const resized = new ResizeObserver(() =>
      setSize({ width: frame.clientWidth, height: frame.clientHeight }),
    );
    resized.observe(frame);
    const themed = new MutationObserver(() => setTheme(0));
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    frame.addEventListener('wheel', onWheel, { passive: false });
    onCleanup(() => {
      resized.disconnect();
      themed.disconnect();
    });
  });

  // ------------------------------------------------------------ names on the map

  const middles = createMemo(() => middlesOf(props.x, props.y, props.category, props.categories.length));
  const labels = createMemo(() => labelsFor(middles(), props.categories));
  const placed = createMemo(() => placeLabels(labels(), at(), size()));

  // ------------------------------------------------------------ pointer

  const pointers = new Map<number, Corner>();
  let moved = 0;
  const [isPanning, setPanning] = createSignal(false);

  const place = (event: PointerEvent | WheelEvent): Corner => {
    const box = frame.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const nearest = (corner: Corner, within = reach) =>
    pointNear(grid(), at(), corner.x, corner.y, within, isVisible);

  function onPointerDown(event: PointerEvent) {
    if (event.button !== 0) return;
    const corner = place(event);
    pointers.set(event.pointerId, corner);
    overlay.setPointerCapture(event.pointerId);
    moved = 0;
    if (pointers.size === 1 && (isDrawing() || event.shiftKey)) setOutline([corner]);
    if (pointers.size === 2) setOutline([]);
  }

  function onPointerMove(event: PointerEvent) {
    const corner = place(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      if (event.pointerType === 'mouse') props.onHover(nearest(corner));
      return;
    }
    moved += Math.hypot(corner.x - before.x, corner.y - before.y);
    pointers.set(event.pointerId, corner);
    if (outline().length > 0) {
      setOutline([...outline(), corner]);
    } else if (pointers.size === 2) {
      const other = [...pointers].find(([id]) => id !== event.pointerId)![1];
      const spread = Math.hypot(corner.x - other.x, corner.y - other.y);
      const spreadBefore = Math.hypot(before.x - other.x, before.y - other.y);
      setView(zoomAt(view(), size(), spread / Math.max(1, spreadBefore), other.x, other.y));
    } else if (moved > 3) {
      setPanning(true);
      setView(panBy(view(), size(), corner.x - before.x, corner.y - before.y));
    }
  }

  function onPointerUp(event: PointerEvent) {
    if (!pointers.delete(event.pointerId)) return;
    setPanning(false);
    const how = event.ctrlKey || event.metaKey ? 'add' : 'replace';
    const around = outline();
    setOutline([]);
    if (event.type === 'pointercancel') return;
    if (around.length > 2 && moved > 12) {
      props.onPick(pointsWithin(grid(), at(), around, isVisible), how);
    } else if (moved <= 3 && pointers.size === 0) {
      const point = nearest(place(event), event.pointerType === 'mouse' ? reach : 2 * reach);
      props.onPick(point === undefined ? [] : [point], how);
      if (point !== undefined) props.onOpen(point);
    }
  }

  // The wheel scrolls the page until the map was clicked or Ctrl is held (which is also how a pinch arrives).
  function onWheel(event: WheelEvent) {
    if (!event.ctrlKey && !event.metaKey && !isFocused()) return;
    event.preventDefault();
    const { x, y } = place(event);
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const speed = event.ctrlKey ? 0.01 : 0.002;
    setView(zoomAt(view(), size(), Math.exp(-event.deltaY * lines * speed), x, y));
  }

  const zoomBy = (factor: number) =>
    setView(zoomAt(view(), size(), factor, size().width / 2, size().height / 2));

  // ------------------------------------------------------------ keyboard

  const arrows: Readonly<Record<string, Direction>> = {
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
  };

  /** Goes to a point: it is lit, brought into view and told. */
  function goTo(point: number | undefined) {
    if (point === undefined) return;
    const { x, y } = screenOf(point);
    setView(bringIntoView(view(), size(), x, y));
    props.onHover(point);
    setSaid(sentenceOf(point));
  }

  const sentenceOf = (point: number) =>
    [props.pointLabel(point), props.categories[props.category[point]!]?.name].filter(Boolean).join(', ');

  /** The point the keyboard is at; the one in the middle of what is seen to begin with. */
  const current = () => {
    if (lit() !== undefined) return lit();
    const { width, height } = size();
    return pointNear(grid(), at(), width / 2, height / 2, Math.hypot(width, height), isVisible);
  };

  /** The point nearest the middle of the next or previous category that is shown. */
  function nextCategory(step: 1 | -1): number | undefined {
    const here = current();
    const count = props.categories.length;
    const from = here === undefined ? 0 : props.category[here]!;
    for (let far = 1; far <= count; far++) {
      const own = (from + step * far + count * far) % count;
      const middle = middles()[own];
      if (!middle || props.categories[own]?.isHidden) continue;
      const { scaleX, scaleY, offsetX, offsetY } = at();
      return pointNear(
        grid(),
        at(),
        middle.x * scaleX + offsetX,
        middle.y * scaleY + offsetY,
        Math.hypot(size().width, size().height) * view().zoom,
        (point) => props.category[point] === own,
      );
    }
    return undefined;
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = arrows[event.key];
    const here = current();
    if (direction && event.shiftKey) {
      const step = 60;
      const sideways = direction === 'left' ? step : direction === 'right' ? -step : 0;
      const down = direction === 'up' ? step : direction === 'down' ? -step : 0;
      setView(panBy(view(), size(), sideways, down));
    } else if (direction) {
      if (here === undefined) return;
      const isLit = props.hovered === here;
      goTo(isLit ? (pointTowards(grid(), at(), here, direction, isVisible) ?? here) : here);
    } else if (event.key === 'PageDown' || event.key === 'PageUp')
      goTo(nextCategory(event.key === 'PageDown' ? 1 : -1));
    else if (event.key === '+' || event.key === '=') zoomBy(1.5);
    else if (event.key === '-') zoomBy(1 / 1.5);
    else if (event.key === '0') setView(wholeMap);
    else if (event.key === ' ' && here !== undefined) props.onPick([here], 'add');
    else if (event.key === 'Enter' && here !== undefined) {
      props.onPick([here], 'replace');
      props.onOpen(here);
    } else if (event.key === 'Escape' && props.picked) props.onPick([], 'replace');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div class={styles.map}>
      <div
        ref={frame}
        class={styles.frame}
        role="application"
        aria-label={props.label}
        aria-describedby={helpId}
        tabindex="0"
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} class={styles.canvas} />
        <div class={styles.names} aria-hidden="true">
          <For each={placed()}>
            {(label) => (
              <span
                class={styles.name}
                style={{ transform: `translate(${label.x}px, ${label.y}px) translate(-50%, -50%)` }}
              >
                {label.text}
              </span>
            )}
          </For>
        </div>
        <canvas
          ref={overlay}
          class={styles.overlay}
          classList={{
            [styles.drawing!]: isDrawing(),
            [styles.panning!]: isPanning(),
            [styles.zoomed!]: view().zoom > 1,
          }}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={onPointerUp}
          onPointerLeave={() => pointers.size === 0 && props.onHover(undefined)}
        />
        <Show when={lit() === undefined ? undefined : { point: lit()! }}>
          {(tip) => (
            <div
              class={styles.tip}
              classList={{ [styles.below!]: screenOf(tip().point).y < 70 }}
              style={{ '--x': `${screenOf(tip().point).x}px`, '--y': `${screenOf(tip().point).y}px` }}
            >
              <span>{props.pointLabel(tip().point)}</span>
              <span class={styles.tipCategory}>{props.categories[props.category[tip().point]!]?.name}</span>
            </div>
          )}
        </Show>
      </div>
      <div class={styles.tools}>
        <button type="button" data-quiet aria-pressed={isDrawing()} onClick={() => setDrawing(!isDrawing())}>
          Draw around
        </button>
        <button type="button" data-quiet aria-label="Zoom in" onClick={() => zoomBy(1.5)}>
          +
        </button>
        <button
          type="button"
          data-quiet
          aria-label="Zoom out"
          disabled={view().zoom === 1}
          onClick={() => zoomBy(1 / 1.5)}
        >
          −
        </button>
        <button type="button" data-quiet disabled={view().zoom === 1} onClick={() => setView(wholeMap)}>
          Show all
        </button>
      </div>
      <p id={helpId} class={styles.help}>
        Click the map, then scroll to zoom and drag to move; Shift and drag to draw around points. Keys:
        arrows go from point to point, Page Up and Page Down from group to group, Space picks, Enter opens, +
        and − zoom, 0 shows all.
      </p>
      <p class="unseen" aria-live="polite">
        {said()}
      </p>
    </div>
  );
}
