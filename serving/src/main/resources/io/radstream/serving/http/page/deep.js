/*
 * A PNG with 16 bits a pixel, of which a browser shows the upper 8 only: many detectors' files, with
 * 10 to 12 bits at the lower end, would be black. Gray and not interlaced, as they are; no others.
 */

const HEAD = 8;
const GREY = 0;

/** More than the service takes. */
const MOST_PIXELS = 64 << 20;

/**
 * @return {width, height, most, values}, made smaller by leaving rows and columns out where it is
 *     longer than longest; null for another kind of PNG, or a damaged one
 */
export async function deepPixels(file, longest) {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const view = new DataView(bytes.buffer);
    const [width, height] = [view.getUint32(16), view.getUint32(20)];
    if (bytes[25] !== GREY || bytes[28] !== 0 || width * height > MOST_PIXELS) return null;
    const stride = 2 * width + 1;
    const rows = await inflate(chunks(bytes, view, 'IDAT'), stride * height);
    unfilter(rows, stride, height);
    return thinned(rows, width, height, longest, significantBits(bytes, view));
  } catch {
    return null;
  }
}

function chunks(bytes, view, wanted) {
  const found = [];
  for (let at = HEAD; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === wanted) found.push(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  return found;
}

/* What the file names; 0 where it names none. */
function significantBits(bytes, view) {
  const [named] = chunks(bytes, view, 'sBIT');
  return named?.[0] ?? 0;
}

/** Never more than the head claims. */
async function inflate(parts, length) {
  const reader = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const all = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const {done, value} = await reader.read();
    if (done) throw new Error();   // it breaks off
    all.set(value.subarray(0, length - at), at);
    at += value.length;
  }
  reader.cancel();
  return all;
}

function unfilter(rows, stride, height) {
  for (let y = 0; y < height; y++) {
    const start = y * stride;
    const filter = rows[start];
    for (let x = 1; x < stride; x++) {
      const left = x > 2 ? rows[start + x - 2] : 0;
      const above = y > 0 ? rows[start + x - stride] : 0;
      const corner = x > 2 && y > 0 ? rows[start + x - stride - 2] : 0;
      rows[start + x] += predicted(filter, left, above, corner);
    }
  }
}

function predicted(filter, left, above, corner) {
  switch (filter) {
    case 0: return 0;
    case 1: return left;
    case 2: return above;
    case 3: return (left + above) >> 1;
    case 4: {
      const a = Math.abs(above - corner);
      const b = Math.abs(left - corner);
      const c = Math.abs(left + above - 2 * corner);
      return a <= b && a <= c ? left : b <= c ? above : corner;
    }
    default: throw new Error();   // there is no such filter
  }
}

/* The bits that are used count, as the service reads it (SampleScale). */
function thinned(rows, fullWidth, fullHeight, longest, named) {
  const step = Math.ceil(Math.max(fullWidth, fullHeight) / longest);
  const [width, height] = [Math.ceil(fullWidth / step), Math.ceil(fullHeight / step)];
  const values = new Uint16Array(width * height);
  let largest = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * step * (2 * fullWidth + 1) + 1 + 2 * x * step;
      const value = values[y * width + x] = rows[at] << 8 | rows[at + 1];
      largest = Math.max(largest, value);
    }
  }
  const used = 32 - Math.clz32(largest);
  const bits = named === 0 ? Math.max(8, used) : used <= named ? named : 16;
  return {width, height, most: 2 ** bits - 1, values};
}
