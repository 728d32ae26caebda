/* What hands do on the picture: pointers, wheel and keys, told as moves, zooms and windows. */

const STEP = 48;          // pixels of a key
const KEY_ZOOM = 1.25;
const WHEEL_ZOOM = 0.0022;
const KEY_WINDOW = 0.04;  // of the window's width
const RIGHT_BUTTON = 2;

const ARROWS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

/**
 * @param stage that is touched, and has the focus for keys
 * @param told {move(right, down), zoom(factor, x, y), window(right, down), press(key), canMove(), windows()}:
 *     window in parts of the stage; press tells whether it knew the key
 */
export function listen(stage, told) {
  const pointers = new Map();

  const place = ({clientX, clientY}) => {
    const {left, top} = stage.getBoundingClientRect();
    return {x: clientX - left, y: clientY - top};
  };

  stage.addEventListener('pointerdown', event => {
    if (event.pointerType === 'mouse' && ![0, RIGHT_BUTTON].includes(event.button)) return;
    stage.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, place(event));
  });
  ['pointerup', 'pointercancel', 'lostpointercapture'].forEach(name =>
    stage.addEventListener(name, event => pointers.delete(event.pointerId)));
  stage.addEventListener('pointermove', event => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = place(event);
    pointers.set(event.pointerId, now);
    if (pointers.size === 2) pinch(event.pointerId, before, now);
    else if (pointers.size === 1) drag(event, before, now);
  });
  stage.addEventListener('contextmenu', event => event.preventDefault());

  function drag({buttons}, before, now) {
    const [right, down] = [now.x - before.x, now.y - before.y];
    if (told.windows() || (buttons & 2) !== 0) told.window(right / stage.clientWidth, down / stage.clientHeight);
    else told.move(right, down);
  }

  function pinch(moved, before, now) {
    const [other] = [...pointers].filter(([id]) => id !== moved).map(([, at]) => at);
    const apart = at => Math.hypot(at.x - other.x, at.y - other.y);
    const factor = apart(now) / Math.max(1, apart(before));
    told.zoom(factor, (now.x + other.x) / 2, (now.y + other.y) / 2);
    told.move((now.x - before.x) / 2, (now.y - before.y) / 2);
  }

  // The page scrolls under a wheel unless the picture was chosen, or the wheel is meant for zoom.
  stage.addEventListener('wheel', event => {
    if (!event.ctrlKey && document.activeElement !== stage) return;
    event.preventDefault();
    const {x, y} = place(event);
    told.zoom(Math.exp(-event.deltaY * WHEEL_ZOOM * (event.ctrlKey ? 4 : 1)), x, y);
  }, {passive: false});

  stage.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key(event)) event.preventDefault();
  });

  /** Whether it means something here. */
  function key({key: name, shiftKey}) {
    const arrow = ARROWS[name];
    if (arrow !== undefined) {
      const [right, down] = arrow;
      if (shiftKey) told.window(right * KEY_WINDOW, down * KEY_WINDOW);
      else if (told.canMove()) told.move(-right * STEP, -down * STEP);
      else return false;
      return true;
    }
    if (name === '+' || name === '=') told.zoom(KEY_ZOOM);
    else if (name === '-') told.zoom(1 / KEY_ZOOM);
    else return told.press(name);
    return true;
  }
}
