import type { MapSize, Projection } from './mapView';

/** What is drawn: positions from 0 to 1, and for each point the index of its colour. */
export interface Points {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly colour: ArrayLike<number>;
  /** 1: drawn as a ring. */
  readonly ring: Uint8Array | undefined;
  /** 1: drawn in full, on top, while the others fade. Undefined: all alike. */
  readonly picked: Uint8Array | undefined;
}

/** Colours as 0xBBGGRR; a colour of -1 is not drawn. */
export interface Palette {
  readonly colours: Int32Array;
  readonly background: number;
}

/** Radius of a point in CSS pixels: smaller the more there are and the smaller the map, larger the nearer one looks. */
export function pointRadius(count: number, zoom: number, size: MapSize): number {
  const base = Math.min(5, Math.max(1.1, 34 / Math.max(1, count) ** 0.3));
  const room = Math.min(1, Math.max(0.65, Math.sqrt(size.width * size.height) / 760));
  return Math.min(7, Math.max(1, base * room) * zoom ** 0.35);
}

/**
 * Draws the points as small discs with soft edges straight into the pixels of `image`, which is far faster than
 * canvas paths. `scale`: device pixels per CSS pixel.
 */
export function drawPoints(
  image: ImageData,
  points: Points,
  palette: Palette,
  at: Projection,
  radius: number,
  scale: number,
): void {
  const pixels = new Uint32Array(image.data.buffer);
  pixels.fill((0xff000000 | palette.background) >>> 0);
  const disc = maskOf(radius * scale, false);
  const ring = maskOf(radius * scale, true);
  const place = { pixels, width: image.width, height: image.height };
  const { x, y, colour, picked } = points;
  const draw = (wanted: number | undefined, strength: number) => {
    for (let i = 0; i < x.length; i++) {
      if (wanted !== undefined && picked![i] !== wanted) continue;
      const shade = palette.colours[colour[i]!]!;
      if (shade < 0) continue;
      const left = Math.round((x[i]! * at.scaleX + at.offsetX) * scale);
      const top = Math.round((y[i]! * at.scaleY + at.offsetY) * scale);
      stamp(place, left, top, points.ring?.[i] ? ring : disc, shade, strength);
    }
  };
  if (!picked) draw(undefined, 218);
  else {
    draw(0, 56);
    draw(1, 256);
  }
}

/** How much of each pixel a disc or ring around the middle one covers, 0 to 256. */
interface Mask {
  readonly cover: Uint16Array;
  /** Pixels to each side of the middle one. */
  readonly reach: number;
}

function maskOf(radius: number, isRing: boolean): Mask {
  const reach = Math.ceil(radius);
  const side = 2 * reach + 1;
  const cover = new Uint16Array(side * side);
  const hole = isRing && radius >= 2 ? radius - Math.max(1.2, radius * 0.36) : 0;
  const covered = (distance: number) => Math.min(1, Math.max(0, distance + 0.5));
  for (let row = -reach; row <= reach; row++)
    for (let column = -reach; column <= reach; column++) {
      const distance = Math.hypot(row, column);
      const share = covered(radius - distance) - (hole > 0 ? covered(hole - distance) : 0);
      cover[(row + reach) * side + column + reach] = Math.round(256 * Math.max(0, share));
    }
  return { cover, reach };
}

interface Place {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

function stamp(place: Place, x: number, y: number, mask: Mask, colour: number, strength: number): void {
  const { pixels, width, height } = place;
  const { cover, reach } = mask;
  if (x < -reach || y < -reach || x >= width + reach || y >= height + reach) return;
  const side = 2 * reach + 1;
  const redBlue = colour & 0xff00ff;
  const green = colour & 0x00ff00;
  const toRow = Math.min(height - 1, y + reach);
  const toColumn = Math.min(width - 1, x + reach);
  for (let row = Math.max(0, y - reach); row <= toRow; row++) {
    let from = (row - y + reach) * side + Math.max(0, x - reach) - x + reach;
    for (let column = Math.max(0, x - reach); column <= toColumn; column++) {
      const share = (cover[from++]! * strength) >> 8;
      if (share === 0) continue;
      const index = row * width + column;
      const under = pixels[index]!;
      // Two channels at a time: the products never reach into one another's bits.
      const underRedBlue = under & 0xff00ff;
      const underGreen = under & 0x00ff00;
      const mixedRedBlue = (underRedBlue + (Math.imul(redBlue - underRedBlue, share) >> 8)) & 0xff00ff;
      const mixedGreen = (underGreen + (Math.imul(green - underGreen, share) >> 8)) & 0x00ff00;
      pixels[index] = 0xff000000 | mixedRedBlue | mixedGreen;
    }
  }
}
