/*
 * A view as brightness values, and these through a window. Done here and not by a filter of the
 * canvas, so that a picture of more than 8 bits shows all that it has.
 */

import {deepPixels} from '/assets/deep.js';

/** On the longer side; more than a screen shows, and no more than a phone's memory holds. */
const LONGEST = 3_072;
const HEAD = 132;

const startsWith = (bytes, ...first) => first.every((byte, at) => bytes[at] === byte);

/** 'png', 'deep-png' with 16 bits, 'jpeg', 'dicom', or 'other'. */
export async function kindOf(file) {
  const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47)) return bytes[24] === 16 ? 'deep-png' : 'png';
  if (startsWith(bytes, 0xff, 0xd8)) return 'jpeg';
  return startsWith(bytes.subarray(128), 0x44, 0x49, 0x43, 0x4d) ? 'dicom' : 'other';
}

/**
 * @return {width, height, most, values, note}: values from 0 to most, row by row; note, where there
 *     is something to say, as {key, values} for words of the page
 * @throws where the browser cannot show it
 */
export async function read(file) {
  const deep = await kindOf(file) === 'deep-png';
  const pixels = deep ? await deepPixels(file, LONGEST) : null;
  if (pixels !== null) return {...pixels, note: {key: 'picture.bits', values: {bits: Math.log2(pixels.most + 1)}}};
  const picture = await bitmapPixels(await createImageBitmap(file, {colorSpaceConversion: 'none'}));
  return deep ? {...picture, note: {key: 'picture.deep'}} : picture;
}

function bitmapPixels(bitmap) {
  const {width: fullWidth, height: fullHeight} = bitmap;
  const scale = Math.min(1, LONGEST / Math.max(fullWidth, fullHeight));
  const width = Math.max(1, Math.round(fullWidth * scale));
  const height = Math.max(1, Math.round(fullHeight * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', {willReadFrequently: true});
  context.fillRect(0, 0, width, height);   // what is transparent is black, as for the network
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const colours = context.getImageData(0, 0, width, height).data;
  const values = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < values.length; i++, at += 4) {
    values[i] = (299 * colours[at] + 587 * colours[at + 1] + 114 * colours[at + 2] + 500) / 1000;
  }
  const note = scale < 1 ? {key: 'picture.smaller', values: {width, height, fullWidth, fullHeight}} : undefined;
  return {width, height, most: 255, values, note};
}

/** Values through a window, in a canvas of the same size that is drawn anew with each window. */
export class Toned {
  #picture;
  #image;
  canvas;

  constructor(picture) {
    this.#picture = picture;
    this.canvas = new OffscreenCanvas(picture.width, picture.height);
    this.#image = new ImageData(picture.width, picture.height);
  }

  /** Black below the window, white above it, or the other way round. */
  tone({level, width, inverted}) {
    const {values, most} = this.#picture;
    const low = level - width / 2;
    const table = new Uint32Array(most + 1);
    for (let value = 0; value <= most; value++) {
      const grey = Math.max(0, Math.min(255, Math.round((value - low) / width * 255)));
      table[value] = 0xff000000 | (inverted ? 255 - grey : grey) * 0x010101;
    }
    const shown = new Uint32Array(this.#image.data.buffer);
    for (let i = 0; i < values.length; i++) shown[i] = table[values[i]];
    this.canvas.getContext('2d').putImageData(this.#image, 0, 0);
  }
}
