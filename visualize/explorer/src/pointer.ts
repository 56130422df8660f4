/** Mouse, pen and finger over the picture: what is under them, clicks, and things that are moved. */

export interface Touched<T> {
  /** What is at a point of the element, for a pointer that is as blunt as `reach` pixels. */
  under(x: number, y: number, reach: number): T | null;
  over(found: T | null): void;
  clicked(found: T | null, twice: boolean): void;
  canMove(found: T): boolean;
  move(found: T, x: number, y: number): void;
  moved(found: T): void;
}

const REACH = { mouse: 4, pen: 6, touch: 14 } as const;
const STILL = 5; // pixels that a click may stray
const DOUBLE_MS = 500; // between the clicks of a double click, by when they were made

interface Press<T> {
  id: number;
  found: T | null;
  x: number;
  y: number;
  strayed: boolean;
  /** Whether it is the second of a double click. */
  again: boolean;
}

/** Watches `element`; the ground under it is moved by whoever else listens, a thing by us. */
export class Pointer<T> {
  readonly #element: HTMLElement;
  readonly #touched: Touched<T>;
  #press: Press<T> | null = null;
  #last: { found: T; x: number; y: number; at: number } | null = null;
  #swallows = false;
  #over: T | null = null;

  constructor(element: HTMLElement, touched: Touched<T>) {
    this.#element = element;
    this.#touched = touched;
    // What a first click opens may come to lie under the second one of a double click.
    document.addEventListener("pointerdown", (event) => this.#down(event), { capture: true });
    document.addEventListener("pointerup", (event) => this.#up(event), { capture: true });
    document.addEventListener("click", (event) => this.#swallow(event), { capture: true });
    element.addEventListener("pointermove", (event) => this.#move(event));
    element.addEventListener("pointercancel", () => (this.#press = null));
    element.addEventListener("pointerleave", () => this.#hover(null));
    // The ground stays where it is while a thing is moved: these would begin to move it.
    for (const type of ["mousedown", "touchstart"] as const)
      element.addEventListener(type, (event) => { if (this.#moves) event.stopPropagation(); }, { capture: true });
  }

  get #moves(): boolean {
    const found = this.#press?.found;
    return found != null && this.#touched.canMove(found);
  }

  #at(event: PointerEvent): [number, number] {
    const { left, top } = this.#element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  #under(event: PointerEvent): T | null {
    if (!(event.target instanceof HTMLCanvasElement)) return null;
    return this.#touched.under(...this.#at(event), REACH[event.pointerType as keyof typeof REACH] ?? REACH.mouse);
  }

  #down(event: PointerEvent): void {
    const inside = this.#element.contains(event.target as Node);
    const [x, y] = this.#at(event);
    const before = this.#last !== null && event.timeStamp - this.#last.at < DOUBLE_MS ? this.#last : null;
    const again = before !== null && Math.hypot(x - before.x, y - before.y) <= STILL;
    this.#swallows = again && !inside;
    this.#press = null;
    if (!event.isPrimary || event.button !== 0 || !(inside || again)) return;
    this.#press = { id: event.pointerId, found: again ? before.found : this.#under(event), x, y, strayed: false, again };
  }

  #move(event: PointerEvent): void {
    const press = this.#press;
    if (press === null) return event.buttons ? undefined : this.#hover(this.#under(event));
    if (press.id !== event.pointerId) return;
    const [x, y] = this.#at(event);
    if (!press.strayed && Math.hypot(x - press.x, y - press.y) > STILL) {
      press.strayed = true;
      if (this.#moves) this.#element.setPointerCapture(press.id);
    }
    if (press.strayed && press.found !== null && this.#moves) this.#touched.move(press.found, x, y);
  }

  #up(event: PointerEvent): void {
    const press = this.#press;
    this.#press = null;
    if (press === null || press.id !== event.pointerId) return;
    if (press.strayed) {
      if (press.found !== null && this.#touched.canMove(press.found)) this.#touched.moved(press.found);
      return;
    }
    const { found, x, y, again } = press;
    this.#last = found === null || again ? null : { found, x, y, at: event.timeStamp };
    this.#touched.clicked(found, again);
  }

  /** The second click is ours alone. */
  #swallow(event: MouseEvent): void {
    if (!this.#swallows) return;
    this.#swallows = false;
    event.preventDefault();
    event.stopPropagation();
  }

  #hover(found: T | null): void {
    if (found === this.#over) return;
    this.#over = found;
    this.#touched.over(found);
  }
}
