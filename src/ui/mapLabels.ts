import type { MapSize, Projection } from './mapView';

/** Where a name should stand: the middle of its points, from 0 to 1. */
export interface LabelWish {
  readonly key: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Width of the text in CSS pixels. */
  readonly width: number;
  /** More important names are placed first. */
  readonly importance: number;
}

/** Where a name stands: the middle of its box on the screen. */
export interface PlacedLabel {
  readonly key: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

const lineHeight = 18;

/** Letters of a name that fit on a map; the legend has it in full. */
const longest = 28;

/** The names of all categories that are shown, measured as the map writes them. */
export function labelsFor(
  middles: readonly (Middle | undefined)[],
  categories: readonly { readonly name: string; readonly isHidden: boolean }[],
): LabelWish[] {
  const measure = document.createElement('canvas').getContext('2d');
  const family = getComputedStyle(document.documentElement).getPropertyValue('--sans');
  if (measure) measure.font = `600 13px ${family || 'sans-serif'}`;
  return middles.flatMap((middle, key) => {
    const category = categories[key];
    if (!middle || !category || category.isHidden) return [];
    const { name } = category;
    const text = name.length > longest ? `${name.slice(0, longest - 1).trimEnd()}…` : name;
    const width = (measure?.measureText(text).width ?? text.length * 7) + 10;
    return [{ key, text, x: middle.x, y: middle.y, width, importance: middle.size }];
  });
}

/**
 * Places names at the middles of their points so that none covers another: where the middle is taken, a line or two
 * above or below; where that is taken too, or off the map, the name is left out (zooming in makes room).
 */
export function placeLabels(wishes: readonly LabelWish[], at: Projection, size: MapSize): PlacedLabel[] {
  const taken: { left: number; top: number; right: number; bottom: number }[] = [];
  const placed: PlacedLabel[] = [];
  const byImportance = [...wishes].sort((a, b) => b.importance - a.importance || a.key - b.key);
  for (const { key, text, x, y, width } of byImportance) {
    const middle = x * at.scaleX + at.offsetX;
    const line = y * at.scaleY + at.offsetY;
    if (middle < 0 || middle > size.width || line < 0 || line > size.height) continue;
    const left = Math.min(Math.max(2, middle - width / 2), size.width - width - 2);
    if (left < 0) continue;
    for (const shift of [0, -1, 1, -2, 2]) {
      const top = line + shift * lineHeight - lineHeight / 2;
      const box = { left, top, right: left + width, bottom: top + lineHeight };
      const fits = top >= 0 && box.bottom <= size.height;
      if (!fits || taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      placed.push({ key, text, x: left + width / 2, y: top + lineHeight / 2 });
      break;
    }
  }
  return placed;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** Where the points of a category stand, and how many they are. */
export interface Middle {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** The medians of each category's coordinates: a middle that a few stray points don't move. Empty categories have none. */
export function middlesOf(
  x: Float32Array,
  y: Float32Array,
  category: ArrayLike<number>,
  categories: number,
): (Middle | undefined)[] {
  const sizes = new Uint32Array(categories);
  for (let i = 0; i < x.length; i++) sizes[category[i]!]!++;
  const xs = Array.from(sizes, (size) => new Float32Array(size));
  const ys = Array.from(sizes, (size) => new Float32Array(size));
  const filled = new Uint32Array(categories);
  for (let i = 0; i < x.length; i++) {
    const own = category[i]!;
    xs[own]![filled[own]!] = x[i]!;
    ys[own]![filled[own]!++] = y[i]!;
  }
  return Array.from(sizes, (size, own) =>
    size === 0 ? undefined : { x: xs[own]!.sort()[size >> 1]!, y: ys[own]!.sort()[size >> 1]!, size },
  );
}
