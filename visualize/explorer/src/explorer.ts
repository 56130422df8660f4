/** The explorer: state in, screen out. */

import { comparisonOf } from "./compare.ts";
import { askForTwo, menuOf, showText } from "./dialogs.ts";
import { fill, h, visible } from "./dom.ts";
import { Filters } from "./filters.ts";
import { Find } from "./find.ts";
import { homeOf } from "./home.ts";
import { listenToKeys } from "./keys.ts";
import { listOf } from "./list.ts";
import { aheadOf, failureOf, held, messageOf, nothingOf, summaryOf, trail } from "./messages.ts";
import { Panel } from "./panel.ts";
import { Picture } from "./picture.ts";
import { settled, shownOf, type Shown } from "./shown.ts";
import { EMPTY, type State, Store } from "./state.ts";
import { fileName, pngOf, save, svgOf } from "./take.ts";
import type { Asked, Edge, ExportFormat, Known, Match, Path, Provider, View } from "./types.ts";

const NOTHING: Shown = { nodes: [], edges: [] };

export class Explorer {
  readonly #provider: Provider;
  readonly #store: Store;
  readonly #picture: Picture;
  readonly #panel: Panel;
  readonly #filters: Filters;
  readonly #find: Find;
  readonly #title = h("h1", {});
  readonly #summary = h("p", { class: "summary", role: "status", "aria-live": "polite" });
  readonly #trail = h("nav", { class: "trail", "aria-label": "Where you have been", hidden: true });
  readonly #canvas = h("div", { id: "picture", class: "picture", tabindex: "0", role: "application",
    "aria-label": "The picture. Arrow keys move it, plus and minus zoom, 0 shows all; the list holds the same." });
  readonly #over = h("div", { class: "over", hidden: true });
  readonly #held = h("div", { class: "held", hidden: true });
  readonly #rail = h("aside", { class: "rail", id: "rail", "aria-label": "Filters and legend" });
  #view: View | null = null;
  #shown: Shown = NOTHING;
  #places = new Map<string, { x: number; y: number }>();
  #path: Path | null = null;
  #pathUntil: number | null = null;
  #asking = new AbortController();
  /** What the view is of, as text; and its show. */
  #answered: string | null = null;
  #viewOf: string | null = null;
  /** How many changes of the state are not on screen yet. */
  #changes = 0;

  constructor(root: HTMLElement, provider: Provider, begin: State | null) {
    this.#provider = provider;
    this.#store = new Store(begin);
    this.#filters = new Filters(this.#store);
    this.#find = new Find({
      label: "Find a person, character or show", placeholder: "Find a person, character or show",
      search: (text, signal) => this.#search(text, signal), chosen: (match) => this.#found(match),
    });
    this.#panel = new Panel({
      close: () => this.#store.set({ selected: null, connect: null }),
      select: (id) => this.#select(id),
      expand: (id, group) => this.#expand(id, group),
      hide: (id) => this.#store.set({ hidden: [...this.#store.now.hidden, id], selected: null }),
      connect: (id) => this.#connect(id),
      open: (show) => this.#store.set({ ...EMPTY, show }),
    });
    root.replaceChildren(this.#page());
    this.#picture = new Picture(this.#canvas, {
      node: (id) => {
        this.#store.set({ selected: id, connect: null });
        if (id !== null) this.#picture.uncover(id);
      },
      edge: (id) => this.#store.set({ selected: id, connect: null }),
      expand: (id) => this.#expand(id),
      moved: (id, x, y) => this.#places.set(id, { x, y }),
    }, () => this.#store.now.selected !== null || this.#store.now.connect !== null);
    this.#store.hear((now, before) => void this.#changed(now, before));
    listenToKeys(this.#canvas, this.#picture, {
      find: () => this.#find.input.focus(),
      leave: () => this.#store.set({ selected: null, connect: null }),
      enter: () => { if (this.#store.now.selected !== null) this.#expand(this.#store.now.selected); },
    });
    void this.#changed(this.#store.now, null);
  }

  /** For tests: where a thing is on the screen. */
  screen(label: string): { x: number; y: number } | undefined {
    const node = this.#shown.nodes.find((one) => one.label === label);
    const at = node && this.#picture.screen(node.id);
    const { left, top } = this.#canvas.getBoundingClientRect();
    return at && { x: at.x + left, y: at.y + top };
  }

  get shown(): Shown {
    return this.#shown;
  }

  /** For tests: whether all that was asked for is on screen. */
  get settled(): boolean {
    return this.#changes === 0;
  }

  /** For tests: the name of the thing that a click would choose now. */
  get over(): string | null {
    return this.#shown.nodes.find((node) => node.id === this.#picture.over)?.label ?? null;
  }

  // ---- the page -------------------------------------------------------------------------------------------------

  #page(): HTMLElement {
    const more = h("button", { type: "button", class: "more", "aria-controls": "rail", "aria-expanded": "false",
      onclick: () => more.setAttribute("aria-expanded", String(this.#rail.classList.toggle("open"))) }, "Filters");
    fill(this.#rail, this.#filters.element);
    return h(
      "div",
      { class: "explorer" },
      h("header", { class: "top" },
        h("a", { class: "brand", href: this.#provider.offline ? "#" : "/", onclick: (event: Event) => { event.preventDefault(); this.#store.set({ ...EMPTY }); } }, "Tellygraph"),
        this.#find.element,
        h("div", { class: "tools", role: "toolbar", "aria-label": "This view" },
          more,
          h("button", { type: "button", id: "as-list", "aria-pressed": "false", onclick: () => this.#store.set({ view: this.#store.now.view === "list" ? "picture" : "list" }) }, "As a list"),
          h("button", { type: "button", onclick: () => this.#connect(null) }, "Connect"),
          h("button", { type: "button", id: "compare", onclick: () => this.#compare() }, "Compare"),
          this.#takeAway())),
      this.#rail,
      h("main", { class: "stage" },
        h("div", { class: "heading" }, this.#title, this.#summary, this.#trail, this.#held),
        this.#canvas, this.#over,
        h("div", { class: "zoom joined", role: "group", "aria-label": "Zoom" },
          h("button", { type: "button", "aria-label": "Closer", onclick: () => this.#picture.zoom(1.4) }, "+"),
          h("button", { type: "button", "aria-label": "Farther", onclick: () => this.#picture.zoom(1 / 1.4) }, "−"),
          h("button", { type: "button", onclick: () => this.#picture.fit() }, "All")),
        this.#panel.element),
    );
  }

  #takeAway(): HTMLElement {
    const file = (format: ExportFormat, ending: string, type: string) => async (): Promise<void> => {
      const claims = [...new Set(this.#shown.edges.flatMap((edge) => edge.claims))].sort();
      save(this.#fileName(ending), new Blob([await this.#provider.file(format, claims)], { type }));
    };
    return menuOf("Take away", {
      "Picture, PNG": async () => save(this.#fileName("png"), await pngOf(this.#canvas)),
      "Picture, SVG": () => save(this.#fileName("svg"), new Blob([svgOf(this.#shown, this.#places, this.#title.textContent ?? "")], { type: "image/svg+xml" })),
      "Data, Turtle": file("turtle", "ttl", "text/turtle"),
      "Data, JSON-LD": file("jsonld", "jsonld", "application/ld+json"),
      "Data, CSV": file("csv", "csv", "text/csv"),
      "Network, GEXF": file("gexf", "gexf", "application/gexf+xml"),
      "Show me the SPARQL": () => showText("The query behind this view", this.#provider.sparql({ ...this.#asked(this.#store.now), until: this.#until }),
        (text) => (this.#provider.offline ? null : `/query?query=${encodeURIComponent(text)}`)),
    }, (error) => (this.#summary.textContent = messageOf(error)));
  }

  #fileName(ending: string): string {
    return fileName(this.#title.textContent ?? "", ending);
  }

  // ---- what the state asks for ------------------------------------------------------------------------------------

  async #changed(now: State, before: State | null): Promise<void> {
    this.#changes += 1;
    try {
      await this.#follow(now, before);
    } finally {
      this.#changes -= 1;
    }
  }

  async #follow(now: State, before: State | null): Promise<void> {
    if (before === null || asks(now) !== this.#answered) await this.#load(now);
    else {
      this.#asking.abort();
      this.#draw();
    }
    if (now !== this.#store.now) return;
    await this.#compared(now);
    await this.#connected(now);
    if (now.connect === null) await this.#inspect(now);
  }

  async #load(state: State): Promise<void> {
    this.#asking.abort();
    this.#answered = null;
    const asking = new AbortController();
    this.#asking = asking;
    document.body.classList.toggle("at-home", state.show === null && !state.around.length);
    if (state.show === null && !state.around.length) return this.#home(asking.signal);
    this.#summary.textContent = "Loading…";
    try {
      const view = await this.#provider.view(this.#asked(state), asking.signal);
      if (asking.signal.aborted) return;
      const sameShow = this.#view !== null && this.#viewOf === state.show;
      this.#places = settled(view, sameShow ? this.#places : new Map());
      this.#view = view;
      this.#viewOf = state.show;
      this.#over.hidden = true;
      // The guard is up from the start where there is something to be spoiled.
      const guarded = { ...state, until: state.until ?? view.until };
      this.#answered = asks(guarded);
      if (guarded.until !== state.until) this.#store.set({ until: guarded.until }, { replaces: true });
      else this.#draw();
      if (!sameShow) requestAnimationFrame(() => this.#picture.fit());
    } catch (error) {
      if (!asking.signal.aborted) this.#failed(error);
    }
  }

  #asked({ show, around, until }: State): Asked {
    return { ...(show === null ? {} : { show }), around, until: until === null ? "first" : until === "all" ? null : until };
  }

  /** What may be known of names: on the first page, where no show is open, of each its first season. */
  get #known(): Known {
    return this.#view === null ? "first" : this.#until;
  }

  get #until(): number | null {
    const { until } = this.#store.now;
    return typeof until === "number" ? until : null;
  }

  async #home(signal: AbortSignal): Promise<void> {
    this.#view = null;
    this.#title.textContent = "";
    this.#summary.textContent = "";
    this.#trail.hidden = true;
    this.#panel.hide();
    this.#cover(h("p", { role: "status" }, "Loading…"));
    try {
      const shows = await this.#provider.shows();
      if (!signal.aborted) this.#cover(homeOf(shows, (show) => this.#store.set({ ...EMPTY, show })));
    } catch (error) {
      this.#failed(error);
    }
  }

  #draw(): void {
    const view = this.#view;
    const state = this.#store.now;
    if (view === null) return;
    this.#shown = shownOf(view, state);
    this.#title.textContent = visible(view.title);
    this.#summary.textContent = summaryOf(view, this.#shown);
    this.#filters.show(view, state, this.#until);
    trail(this.#trail, view, state, (around) => this.#store.set({ around }));
    held(this.#held, view, (until) => this.#store.set({ until }));
    document.getElementById("as-list")?.setAttribute("aria-pressed", String(state.view === "list"));
    document.getElementById("compare")?.toggleAttribute("disabled", state.compare === null && (state.show === null || this.#seasons.length < 2));
    this.#picture.show(this.#shown, this.#places);
    this.#mark();
    if (state.compare !== null) return;
    if (state.view === "list") this.#cover(listOf(this.#shown, (id) => this.#select(id)));
    else if (!this.#shown.edges.length) this.#cover(nothingOf(view, () => this.#store.set({ off: [], without: [], sure: 0, agree: 1, cast: "all", hidden: [] })));
    else this.#over.hidden = true;
  }

  #cover(element: HTMLElement): void {
    fill(this.#over, element);
    this.#over.hidden = false;
  }

  #failed(error: unknown): void {
    this.#summary.textContent = "";
    this.#cover(failureOf(error, () => void this.#changed(this.#store.now, null)));
  }

  // ---- looking at one thing ---------------------------------------------------------------------------------------

  #mark(): void {
    const { selected } = this.#store.now;
    const path = this.#path;
    if (path?.steps.length) {
      const things = new Set(path.steps.flatMap((step) => [step.from.iri, step.to.iri]));
      const on = this.#shown.edges.filter((edge) => path.steps.some((step) => joins(edge, step.from.iri, step.to.iri)));
      this.#picture.mark(null, new Set([...things, ...on.map((edge) => edge.id)]));
    } else this.#picture.mark(selected);
  }

  async #inspect(state: State): Promise<void> {
    const id = state.selected;
    if (id === null) return this.#panel.hide();
    const edge = this.#view?.edges.find((one) => one.id === id);
    const label = this.#view?.nodes.find((node) => node.id === id)?.label ?? "";
    if (!edge) this.#panel.waiting(label);
    try {
      if (edge) await this.#inspectEdge(edge);
      else {
        const thing = await this.#provider.thing(id, this.#until);
        const { around, only } = this.#store.now;
        const expanded = around.includes(id) && only[id] === undefined;
        const here = new Set(this.#shown.nodes.map((node) => node.id));
        if (this.#store.now.selected === id) this.#panel.thing(thing, { expanded, here, canExpand: !this.#provider.offline && thing.type !== "thing" });
      }
    } catch (error) {
      if (this.#store.now.selected === id) this.#panel.failed(label, messageOf(error), () => void this.#inspect(this.#store.now));
    }
  }

  async #inspectEdge(edge: Edge): Promise<void> {
    const nodes = new Map((this.#view?.nodes ?? []).map((node) => [node.id, node]));
    const [from, to] = [nodes.get(edge.source), nodes.get(edge.target)];
    if (!from || !to) return;
    this.#panel.edge(edge, from, to, null);
    const evidence = await this.#provider.evidence(edge.claims, this.#until);
    if (this.#store.now.selected === edge.id) this.#panel.edge(edge, from, to, evidence);
  }

  /** Show a thing or fact; what is not in the view yet joins it. */
  #select(id: string): void {
    const here = this.#view?.nodes.some((node) => node.id === id) || this.#view?.edges.some((edge) => edge.id === id);
    const { around, hidden } = this.#store.now;
    const change: Partial<State> = { selected: id, connect: null, hidden: hidden.filter((other) => other !== id) };
    this.#store.set(here || this.#provider.offline ? change : { ...change, around: [...around, id] });
    this.#picture.centre(id);
  }

  /** Bring the neighbours of a thing, all of them or those that relations of a group lead to. */
  #expand(id: string, group?: string): void {
    const { around, only } = this.#store.now;
    const { [id]: groups, ...others } = only;
    const all = around.includes(id) && groups === undefined;
    if (this.#provider.offline || all) return this.#select(id);
    this.#store.set({
      around: around.includes(id) ? around : [...around, id], selected: id,
      only: group === undefined ? others : { ...others, [id]: [...(groups ?? []), group] },
    });
  }

  #search(text: string, signal: AbortSignal): Promise<Match[]> {
    return this.#provider.find(text, this.#known, signal);
  }

  #found(match: Match): void {
    if (match.type === "series") this.#store.set({ ...EMPTY, show: match.iri });
    else if (this.#view === null) this.#store.set({ ...EMPTY, show: match.show?.iri ?? null, around: match.show ? [] : [match.iri], selected: match.iri });
    else this.#select(match.iri);
    this.#canvas.focus();
  }

  // ---- connecting and comparing -----------------------------------------------------------------------------------

  #connect(from: string | null): void {
    const node = this.#view?.nodes.find((one) => one.id === (from ?? this.#store.now.selected));
    askForTwo((text, signal) => this.#search(text, signal), node ? { iri: node.id, label: node.label } : null,
      (one, other) => this.#store.set({ connect: { from: one, to: other }, selected: null, view: "picture", compare: null }));
  }

  async #connected({ connect }: State): Promise<void> {
    if (connect?.from == null || connect.to == null) {
      if (this.#path !== null) {
        this.#path = null;
        this.#mark();
      }
      return;
    }
    const known = this.#path?.from.iri === connect.from && this.#path.to.iri === connect.to && this.#pathUntil === this.#until;
    if (!known) this.#panel.waiting("How they are connected");
    try {
      const path = known && this.#path ? this.#path : await this.#provider.path(connect.from, connect.to, this.#until);
      if (this.#store.now.connect?.from !== connect.from || this.#store.now.connect.to !== connect.to) return;
      this.#path = path;
      this.#pathUntil = this.#until;
      this.#panel.path(path);
      const missing = known ? [] : path.steps.flatMap((step) => [step.from.iri, step.to.iri]).filter((iri) => !this.#view?.nodes.some((node) => node.id === iri));
      if (missing.length && !this.#provider.offline) this.#store.set({ around: [...new Set([...this.#store.now.around, ...missing])] }, { replaces: true });
      this.#mark();
      if (path.steps.length) this.#picture.fit(path.steps.flatMap((step) => [step.from.iri, step.to.iri]));
    } catch (error) {
      this.#panel.failed("How they are connected", messageOf(error), () => void this.#connected(this.#store.now));
    }
  }

  /** The seasons that may be looked at. */
  get #seasons(): number[] {
    const until = this.#until;
    return (this.#view?.seasons ?? []).filter((season) => until === null || season <= until);
  }

  #compare(): void {
    const [one, other] = this.#seasons;
    if (this.#store.now.compare !== null) this.#store.set({ compare: null });
    else if (one !== undefined && other !== undefined) this.#store.set({ compare: { one, other } });
  }

  async #compared({ compare, show }: State): Promise<void> {
    const button = document.getElementById("compare");
    button?.setAttribute("aria-pressed", String(compare !== null));
    if (compare === null || show === null || this.#view === null) return;
    const until = this.#until;
    if (until !== null && Math.max(compare.one, compare.other) > until) return this.#cover(aheadOf(Math.max(compare.one, compare.other), (until) => this.#store.set({ until })));
    try {
      const found = await this.#provider.compare(show, compare.one, compare.other);
      if (this.#store.now.compare === compare && this.#view !== null)
        this.#cover(comparisonOf(found, this.#seasons, { select: (id) => this.#select(id), choose: (one, other) => this.#store.set({ compare: { one, other } }) }));
    } catch (error) {
      this.#failed(error);
    }
  }
}

function asks({ show, around, until }: State): string {
  return JSON.stringify([show, around, until]);
}

function joins(edge: Edge, one: string, other: string): boolean {
  return (edge.source === one && edge.target === other) || (edge.source === other && edge.target === one);
}
