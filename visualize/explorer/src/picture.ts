/** The picture: force-graph draws, with positions that are computed before; nothing moves by itself. */

import ForceGraph, { type LinkObject, type NodeObject } from "force-graph";

import { shortened } from "./dom.ts";
import { drawLabels, type Wanted } from "./labels.ts";
import { spanAt, spotAt } from "./nearest.ts";
import { Pointer } from "./pointer.ts";
import { shapeOf } from "./shapes.ts";
import type { Shown } from "./shown.ts";
import { COMMUNITY_COLOURS, radiusOf, styleOf } from "./styles.ts";
import type { Edge, Node } from "./types.ts";

interface Dot extends NodeObject {
  id: string;
  node: Node;
  radius: number;
  label: string;
}

interface Line extends LinkObject<Dot> {
  source: Dot;
  target: Dot;
  edge: Edge;
  bend: number;
}

export interface Heard {
  node(id: string | null): void;
  edge(id: string): void;
  expand(id: string): void;
  moved(id: string, x: number, y: number): void;
}

const SOME_EDGES = 150; // drawn with dashes and arrows while the picture is moved; more are thin plain lines until it rests
const MANY_EDGES = 2500; // drawn while the picture is moved; more are left out until it rests
const MANY_NODES = 600; // drawn with shapes of their own; more are dots while moving
const FEW_NODES = 150; // as many may have their names however small they are drawn
const REST_MS = 160;
const MARGIN = 30; // about what is fitted, in the layout's units
const HEADING = 60; // pixels at the top that the title takes
const PANEL = 400;
const DRAWN = "tellygraph-drawn"; // the mark at the first frame that shows something
const LARGEST_SCALE = 1.8;

export class Picture {
  readonly #graph: ForceGraph<Dot, Line>;
  readonly #element: HTMLElement;
  readonly #panel: () => boolean;
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)");
  #dots = new Map<string, Dot>();
  #neighbours = new Map<string, Set<string>>();
  #lines: Line[] = [];
  #selected: string | null = null;
  #lit: ReadonlySet<string> | null = null;
  #over: string | null = null;
  #moving = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** `panel` says whether the panel lies over the picture: at its right, on a narrow screen at its foot. */
  constructor(element: HTMLElement, heard: Heard, panel: () => boolean) {
    this.#element = element;
    this.#panel = panel;
    const graph = new ForceGraph<Dot, Line>(element);
    this.#graph = graph;
    graph
      .warmupTicks(0)
      .cooldownTicks(0)
      .autoPauseRedraw(true)
      .minZoom(0.02)
      .maxZoom(12)
      .nodeLabel(() => "")
      .linkLabel(() => "")
      .nodeRelSize(1)
      .nodeVal((dot) => dot.radius ** 2)
      .nodeCanvasObject((dot, context, scale) => this.#drawNode(dot, context, scale))
      .linkColor((line) => this.#lineColour(line.edge))
      .linkWidth((line) => this.#isPlain ? 1 : styleOf(line.edge.group).width * (this.#isLit(line) ? 1.8 : 1))
      .linkLineDash((line) => (!this.#isPlain && styleOf(line.edge.group).dash.length ? styleOf(line.edge.group).dash : null))
      .linkCurvature((line) => line.bend)
      .linkVisibility(() => !this.#moving || this.#lines.length <= MANY_EDGES)
      .linkDirectionalArrowLength((line) => (line.edge.directed && !this.#isPlain && this.#lines.length <= 600 ? 5 : 0))
      .linkDirectionalArrowRelPos(0.82)
      // Its own way of finding what is under the pointer draws everything twice, and is up to 0.8 s late.
      .enablePointerInteraction(false)
      .enableNodeDrag(false)
      .onZoom(() => this.#movedNow())
      .onRenderFramePost((context, scale) => this.#drawLabels(context, scale));
    this.#dark.addEventListener("change", () => this.redraw());
    new ResizeObserver(() => this.#fitElement()).observe(element);
    this.#fitElement();
    new Pointer<Dot | Line>(element, {
      under: (x, y, reach) => this.#under(x, y, reach),
      over: (found) => this.#hover(found),
      clicked: (found, twice) => {
        if (found === null) heard.node(null);
        else if ("edge" in found) heard.edge(found.edge.id);
        else if (twice) heard.expand(found.id);
        else heard.node(found.id);
      },
      canMove: (found) => !("edge" in found),
      move: (found, x, y) => {
        const to = this.#graph.screen2GraphCoords(x, y);
        Object.assign(found, to, { fx: to.x, fy: to.y });
        this.redraw();
      },
      moved: (found) => { if (!("edge" in found)) heard.moved(found.id, found.x ?? 0, found.y ?? 0); },
    });
  }

  /** Draw these, at their places; parallel lines between two things bend apart. */
  show(shown: Shown, places: ReadonlyMap<string, { x: number; y: number }>): void {
    const dots = new Map<string, Dot>();
    for (const node of shown.nodes) {
      const place = places.get(node.id) ?? { x: node.x, y: node.y };
      const dot = this.#dots.get(node.id) ?? ({ id: node.id } as Dot);
      Object.assign(dot, { node, radius: radiusOf(node.degree), label: shortened(node.label, 40), x: place.x, y: place.y, fx: place.x, fy: place.y });
      dots.set(node.id, dot);
    }
    const between = new Map<string, number>();
    this.#neighbours = new Map();
    this.#lines = shown.edges.map((edge) => {
      const pair = edge.source < edge.target ? `${edge.source} ${edge.target}` : `${edge.target} ${edge.source}`;
      const nth = between.get(pair) ?? 0;
      between.set(pair, nth + 1);
      this.#join(edge.source, edge.target);
      const side = edge.source < edge.target ? 1 : -1;
      return { source: dots.get(edge.source)!, target: dots.get(edge.target)!, edge, bend: side * Math.ceil(nth / 2) * (nth % 2 ? 0.18 : -0.18) };
    });
    this.#dots = dots;
    this.#graph.graphData({ nodes: [...dots.values()], links: this.#lines });
  }

  #join(one: string, other: string): void {
    for (const [from, to] of [[one, other], [other, one]] as const) {
      const found = this.#neighbours.get(from);
      if (found) found.add(to);
      else this.#neighbours.set(from, new Set([to]));
    }
  }

  /** Mark a thing or an edge, and (where given) leave only `lit` things and edges in full colour. */
  mark(selected: string | null, lit: ReadonlySet<string> | null = null): void {
    this.#selected = selected;
    this.#lit = lit;
    this.redraw();
  }

  redraw(): void {
    this.#graph.nodeColor(this.#graph.nodeColor()); // any accessor set anew draws a frame
  }

  /** Bring everything, or these things, into view. */
  fit(ids: readonly string[] | null = null): void {
    const wanted = ids === null ? null : new Set(ids);
    const box = this.#graph.getGraphBbox((dot) => wanted === null || wanted.has(dot.id));
    if (box === null) return;
    const { clientWidth, clientHeight } = this.#element;
    const [width, height] = [box.x[1] - box.x[0] + 2 * MARGIN, box.y[1] - box.y[0] + 2 * MARGIN];
    const { right, foot } = this.#covered();
    const scale = Math.min((clientWidth - right) / width, (clientHeight - HEADING - foot) / height, LARGEST_SCALE);
    const time = this.#still.matches ? 0 : 350;
    this.#graph.zoom(scale, time);
    this.#graph.centerAt((box.x[0] + box.x[1] + right / scale) / 2, (box.y[0] + box.y[1] + (foot - HEADING) / scale) / 2, time);
  }

  zoom(factor: number): void {
    this.#graph.zoom(this.#graph.zoom() * factor, this.#still.matches ? 0 : 150);
  }

  pan(x: number, y: number): void {
    const { x: atX, y: atY } = this.#graph.centerAt();
    this.#graph.centerAt(atX + x / this.#graph.zoom(), atY + y / this.#graph.zoom());
  }

  /** Move the middle of the picture to a thing, if it is there. */
  centre(id: string): void {
    const dot = this.#dots.get(id);
    if (!dot) return;
    const { right, foot } = this.#covered();
    const scale = 2 * this.#graph.zoom();
    this.#graph.centerAt((dot.x ?? 0) + right / scale, (dot.y ?? 0) + foot / scale, this.#still.matches ? 0 : 300);
  }

  /** Move the picture if the panel lies over a thing. */
  uncover(id: string): void {
    const at = this.screen(id);
    const { right, foot } = this.#covered();
    if (at && (at.x > this.#element.clientWidth - right || at.y > this.#element.clientHeight - foot)) this.centre(id);
  }

  /** The pixels that the panel hides. */
  #covered(): { right: number; foot: number } {
    const { clientWidth, clientHeight } = this.#element;
    if (!this.#panel()) return { right: 0, foot: 0 };
    return clientWidth > 760 ? { right: PANEL, foot: 0 } : { right: 0, foot: clientHeight * 0.6 };
  }

  /** Where a thing is on the screen; undefined if it is not drawn. */
  screen(id: string): { x: number; y: number } | undefined {
    const dot = this.#dots.get(id);
    return dot && this.#graph.graph2ScreenCoords(dot.x ?? 0, dot.y ?? 0);
  }

  /** The thing under the pointer. */
  get over(): string | null {
    return this.#over;
  }

  #fitElement(): void {
    const { clientWidth, clientHeight } = this.#element;
    if (clientWidth && clientHeight) this.#graph.width(clientWidth).height(clientHeight);
  }

  #movedNow(): void {
    this.#moving = true;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#moving = false;
      this.redraw();
    }, REST_MS);
  }

  #under(x: number, y: number, reach: number): Dot | Line | null {
    const at = this.#graph.screen2GraphCoords(x, y);
    const near = reach / this.#graph.zoom();
    return spotAt(this.#dots.values(), at.x, at.y, near) ?? spanAt(this.#lines, at.x, at.y, near);
  }

  #hover(found: Dot | Line | null): void {
    this.#element.classList.toggle("pointing", found !== null);
    const over = found === null || "edge" in found ? null : found.id;
    if (over === this.#over) return;
    this.#over = over;
    this.redraw();
  }

  get #isPlain(): boolean {
    return this.#moving && this.#lines.length > SOME_EDGES;
  }

  #isLit(line: Line): boolean {
    return line.edge.id === this.#selected || this.#over === line.edge.source || this.#over === line.edge.target;
  }

  #isDim(id: string): boolean {
    if (this.#lit !== null) return !this.#lit.has(id);
    const about = this.#over ?? this.#selected;
    if (about === null || !this.#dots.has(about)) return false;
    return id !== about && !this.#neighbours.get(about)?.has(id);
  }

  #lineColour(edge: Edge): string {
    const style = styleOf(edge.group);
    const colour = this.#dark.matches ? style.dark : style.light;
    const about = this.#over ?? this.#selected;
    const dim =
      this.#lit !== null
        ? !this.#lit.has(edge.id)
        : about !== null && this.#dots.has(about) && edge.source !== about && edge.target !== about;
    if (this.#isPlain && !dim) return colour;
    if (dim) return colour + "2b";
    if (this.#lines.length > MANY_EDGES) return colour + "38"; // things are seen through them
    return colour + (edge.status === null ? "e6" : "99");
  }

  #drawNode(dot: Dot, context: CanvasRenderingContext2D, scale: number): void {
    const [light, dark] = COMMUNITY_COLOURS[dot.node.community % COMMUNITY_COLOURS.length]!;
    const { x = 0, y = 0, radius } = dot;
    context.globalAlpha = this.#isDim(dot.id) ? 0.22 : 1;
    context.fillStyle = this.#dark.matches ? dark : light;
    if (radius * scale < 3 || (this.#moving && this.#dots.size > MANY_NODES)) {
      context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
    } else {
      shapeOf(dot.node.type)(context, x, y, radius);
      context.fill();
      if (dot.id === this.#selected || dot.id === this.#over) {
        context.lineWidth = 2.5 / scale;
        context.strokeStyle = this.#dark.matches ? "#ffffff" : "#111111";
        context.stroke();
      }
    }
    context.globalAlpha = 1;
  }

  #drawLabels(context: CanvasRenderingContext2D, scale: number): void {
    if (this.#dots.size && !performance.getEntriesByName(DRAWN).length) performance.mark(DRAWN);
    const crowded = this.#moving && this.#dots.size > MANY_NODES;
    const { width, height } = { width: this.#element.clientWidth, height: this.#element.clientHeight };
    const wanted: Wanted[] = [];
    for (const dot of this.#dots.values()) {
      const chosen = dot.id === this.#selected || dot.id === this.#over;
      if (!chosen && (dot.radius * scale < (this.#dots.size > FEW_NODES ? 4.5 : 2) || this.#isDim(dot.id))) continue;
      const at = this.#graph.graph2ScreenCoords(dot.x ?? 0, dot.y ?? 0);
      if (at.x < -80 || at.y < -30 || at.x > width + 80 || at.y > height + 30) continue;
      const y = at.y + dot.radius * scale + 3;
      wanted.push({ text: dot.label, x: at.x, y, width: 0, weight: chosen ? Infinity : dot.node.degree });
    }
    drawLabels(context, wanted, { dark: this.#dark.matches, crowded });
  }
}
