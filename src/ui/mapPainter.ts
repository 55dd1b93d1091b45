import type { MapSize, Projection } from './mapView';
import { drawPoints, type Palette, type Points } from './pointPixels';

/** The colours of a map in the theme of the page. */
export interface MapColours {
  readonly palette: Palette;
  readonly ink: string;
  readonly halo: string;
}

/** Reads the colour tokens as they are now; a category that is hidden gets none. */
export function mapColours(
  categories: readonly { readonly colour: string; readonly isHidden: boolean }[],
): MapColours {
  const tokens = getComputedStyle(document.documentElement);
  const reader = document.createElement('canvas').getContext('2d');
  const number = (token: string) => {
    if (!reader) return 0;
    // A canvas answers "#rrggbb", however the colour was written.
    reader.fillStyle = tokens.getPropertyValue(token);
    return blueGreenRed(reader.fillStyle);
  };
  return {
    palette: {
      colours: Int32Array.from(categories, (one) => (one.isHidden ? -1 : number(one.colour))),
      background: number('--raised'),
    },
    ink: tokens.getPropertyValue('--ink'),
    halo: tokens.getPropertyValue('--raised'),
  };
}

/** "#rrggbb" as 0xBBGGRR, the order of the bytes in a canvas. */
function blueGreenRed(colour: string): number {
  const value = Number.parseInt(colour.slice(1, 7), 16);
  return ((value & 0xff) << 16) | (value & 0xff00) | ((value >> 16) & 0xff);
}

/** Gives a canvas as many pixels as the screen has for this size. */
function resize(canvas: HTMLCanvasElement, { width, height }: MapSize): void {
  const [deviceWidth, deviceHeight] = [width, height].map((length) => Math.round(length * devicePixelRatio));
  if (canvas.width === deviceWidth && canvas.height === deviceHeight) return;
  canvas.width = deviceWidth!;
  canvas.height = deviceHeight!;
}

/** A painter of points that keeps its pixels from one painting to the next. `radius` in CSS pixels. */
export function createPointPainter(canvas: HTMLCanvasElement) {
  let image: ImageData | undefined;
  return (points: Points, palette: Palette, size: MapSize, at: Projection, radius: number): void => {
    const context = canvas.getContext('2d');
    if (!context || size.width < 1 || size.height < 1) return;
    resize(canvas, size);
    if (image?.width !== canvas.width || image.height !== canvas.height)
      image = context.createImageData(canvas.width, canvas.height);
    drawPoints(image, points, palette, at, radius, devicePixelRatio);
    context.putImageData(image, 0, 0);
  };
}

export interface Corner {
  readonly x: number;
  readonly y: number;
}

/** Paints what lies over the points: a ring around the one pointed at, and the line being drawn. CSS pixels. */
export function paintOverlay(
  canvas: HTMLCanvasElement,
  size: MapSize,
  { ink, halo }: MapColours,
  lit: (Corner & { readonly radius: number }) | undefined,
  outline: readonly Corner[],
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  resize(canvas, size);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  if (lit)
    for (const [colour, line] of [
      [halo, 5],
      [ink, 2],
    ] as const) {
      context.beginPath();
      context.arc(lit.x, lit.y, lit.radius, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.stroke();
    }
  if (outline.length < 2) return;
  context.beginPath();
  for (const { x, y } of outline) context.lineTo(x, y);
  context.setLineDash([4, 3]);
  context.lineWidth = 1.5;
  context.strokeStyle = ink;
  context.stroke();
  context.setLineDash([]);
}
