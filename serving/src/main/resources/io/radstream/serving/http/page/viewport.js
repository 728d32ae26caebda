/*
 * Which part of a picture is seen, and how large. A place of the picture is in its pixels, one of the
 * stage in those of the screen. At zoom 1 the whole picture just fits.
 */

export const MOST_ZOOM = 16;

const between = (low, value, high) => Math.max(low, Math.min(high, value));

export class Viewport {
  zoom = 1;
  #picture = {width: 1, height: 1};
  #stage = {width: 1, height: 1};
  #middle = {x: 0.5, y: 0.5};

  /** Another picture, whole. */
  show(width, height) {
    this.#picture = {width, height};
    this.reset();
  }

  reset() {
    this.zoom = 1;
    this.#middle = {x: this.#picture.width / 2, y: this.#picture.height / 2};
  }

  resize(width, height) {
    this.#stage = {width, height};
    this.move(0, 0);
  }

  /** Pixels of the screen for one of the picture. */
  get scale() {
    const {width, height} = this.#picture;
    return this.zoom * Math.min(this.#stage.width / width, this.#stage.height / height);
  }

  /** Where on the stage a box is that is in parts of the picture. */
  place({left, top, width, height}) {
    const {x, y} = this.corner;
    const [wide, high] = [this.#picture.width * this.scale, this.#picture.height * this.scale];
    return {x: x + left * wide, y: y + top * high, width: width * wide, height: height * high};
  }

  /** Where on the stage the picture's upper left corner is. */
  get corner() {
    return {
      x: this.#stage.width / 2 - this.#middle.x * this.scale,
      y: this.#stage.height / 2 - this.#middle.y * this.scale,
    };
  }

  /** As by a drag of so many pixels of the screen; the picture does not leave the stage. */
  move(right, down) {
    const at = (middle, by, length, room) => {
      const half = room / 2 / this.scale;
      return half * 2 >= length ? length / 2 : between(half, middle - by / this.scale, length - half);
    };
    this.#middle = {
      x: at(this.#middle.x, right, this.#picture.width, this.#stage.width),
      y: at(this.#middle.y, down, this.#picture.height, this.#stage.height),
    };
  }

  /** What is at a place of the stage, its middle where none is named, stays there. */
  zoomBy(factor, x = this.#stage.width / 2, y = this.#stage.height / 2) {
    const before = this.scale;
    const corner = this.corner;
    this.zoom = between(1, this.zoom * factor, MOST_ZOOM);
    const grown = this.scale / before;
    const now = this.corner;
    this.move(x - (x - corner.x) * grown - now.x, y - (y - corner.y) * grown - now.y);
  }
}
