/** The size of a map on the screen, in CSS pixels. */
export interface MapSize {
  readonly width: number;
  readonly height: number;
}

/** How far a map is zoomed in (1: all of it) and moved, in CSS pixels. */
export interface MapView {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

export const wholeMap: MapView = { zoom: 1, left: 0, top: 0 };

const mostZoom = 60;

/** Room around the outermost points, in CSS pixels. */
const margin = 28;

/** Factors by which a position from 0 to 1 becomes one on the screen: `x * scaleX + offsetX`. */
export interface Projection {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

export function projection(view: MapView, size: MapSize): Projection {
  return {
    scaleX: view.zoom * Math.max(1, size.width - 2 * margin),
    scaleY: view.zoom * Math.max(1, size.height - 2 * margin),
    offsetX: view.zoom * margin + view.left,
    offsetY: view.zoom * margin + view.top,
  };
}

/** Zooms by a factor and keeps the point at (x, y) on the screen where it is. */
export function zoomAt(view: MapView, size: MapSize, factor: number, x: number, y: number): MapView {
  const zoom = Math.min(mostZoom, Math.max(1, view.zoom * factor));
  const by = zoom / view.zoom;
  return inside({ zoom, left: x - by * (x - view.left), top: y - by * (y - view.top) }, size);
}

export function panBy(view: MapView, size: MapSize, x: number, y: number): MapView {
  return inside({ zoom: view.zoom, left: view.left + x, top: view.top + y }, size);
}

/** The view moved as little as possible so that the point at (x, y) on the screen can be seen. */
export function bringIntoView(view: MapView, size: MapSize, x: number, y: number): MapView {
  const past = (at: number, length: number) =>
    at < margin ? margin - at : at > length - margin ? length - margin - at : 0;
  return panBy(view, size, past(x, size.width), past(y, size.height));
}

/** The map never leaves the frame empty. */
function inside(view: MapView, size: MapSize): MapView {
  const clamp = (offset: number, length: number) => Math.min(0, Math.max(length * (1 - view.zoom), offset));
  return { zoom: view.zoom, left: clamp(view.left, size.width), top: clamp(view.top, size.height) };
}
