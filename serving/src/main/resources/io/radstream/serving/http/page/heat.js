/* A map of /v1/explain in colours, and the regions that it marks. */

/* On each side: smooth on any screen once the browser has stretched it. */
const SIDE = 256;

/*
 * From violet by red to pale yellow: ever lighter, so that all eyes, and a grey print, can tell more
 * from less; and never grey, which is the radiograph's.
 */
const COLOURS = [[87, 16, 110], [188, 55, 84], [249, 142, 9], [252, 255, 164]];

const EDGE = 'rgb(0 0 0 / 65%)';
const LINE = '#4de1ff';

/** @param map {grid, values}, values 0 to 1 */
export function heat({grid, values}) {
  const image = new ImageData(SIDE, SIDE);
  for (let y = 0, at = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, at += 4) {
      image.data.set(colour(valueAt(grid, values, (x + 0.5) / SIDE, (y + 0.5) / SIDE)), at);
    }
  }
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}

/** Bilinear between the middles of patches, as the service reads it; x and y from 0 to 1. */
export function valueAt(grid, values, x, y) {
  const column = Math.max(0, Math.min(grid - 1, x * grid - 0.5));
  const row = Math.max(0, Math.min(grid - 1, y * grid - 0.5));
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [right, bottom] = [Math.min(left + 1, grid - 1), Math.min(top + 1, grid - 1)];
  const mix = (a, b, share) => a + (b - a) * share;
  return mix(
    mix(values[top * grid + left], values[top * grid + right], column - left),
    mix(values[bottom * grid + left], values[bottom * grid + right], column - left),
    row - top);
}

/** Red, green, blue, and how much of it: what is little lets the picture through. */
export function colour(value) {
  const place = value * (COLOURS.length - 1);
  const lower = Math.min(COLOURS.length - 2, Math.floor(place));
  const mixed = COLOURS[lower].map((from, channel) =>
    Math.round(from + (COLOURS[lower + 1][channel] - from) * (place - lower)));
  return [...mixed, Math.round(255 * Math.min(1, value * 1.6))];
}

/** @param place of a box in parts of the picture, to {x, y, width, height} on the stage */
export function drawBoxes(context, boxes, place) {
  boxes.map(place).forEach(({x, y, width, height}) => {
    [[EDGE, 5], [LINE, 2]].forEach(([style, thick]) => {
      context.strokeStyle = style;
      context.lineWidth = thick;
      context.strokeRect(x, y, width, height);
    });
  });
}
