/** What is on screen, as one plain value that the address bar holds: any view can be shared, back and forward work. */

export type Cast = "all" | "characters" | "people";
export type Until = number | "all" | null;

export interface State {
  /** The IRI of the show that is explored. */
  show: string | null;
  /** IRIs of the things whose neighbours are there too, in the order they were asked for: the trail. */
  around: string[];
  /** Of those whose neighbours were asked for by kind: the groups of relations that lead to them. */
  only: Record<string, string[]>;
  /** The last season that may be known; "all" is no guard; null is not chosen yet. */
  until: Until;
  /** Groups of relations that are switched off. */
  off: string[];
  /** IRIs of shows whose facts are switched off. */
  without: string[];
  cast: Cast;
  /** Facts of less confidence are left out (0 to 1). */
  sure: number;
  /** Facts that fewer reviews state are left out. */
  agree: number;
  hidden: string[];
  /** The IRI of the thing, or the id of the edge, that the panel shows. */
  selected: string | null;
  view: "picture" | "list";
  connect: { from: string | null; to: string | null } | null;
  compare: { one: number; other: number } | null;
}

export const EMPTY: State = {
  show: null, around: [], only: {}, until: null, off: [], without: [], cast: "all", sure: 0, agree: 1, hidden: [], selected: null,
  view: "picture", connect: null, compare: null,
};

/** Write a state as the query of an address; what is as in `EMPTY` is not said. */
export function toQuery(state: State): string {
  const query = new URLSearchParams();
  if (state.show !== null) query.set("show", state.show);
  for (const iri of state.around) query.append("around", iri);
  for (const [iri, groups] of Object.entries(state.only)) query.append("only", `${groups.join(",")} ${iri}`);
  if (state.until !== null) query.set("until", String(state.until));
  if (state.off.length) query.set("off", state.off.join(","));
  for (const show of state.without) query.append("without", show);
  if (state.cast !== "all") query.set("cast", state.cast);
  if (state.sure > 0) query.set("sure", String(state.sure));
  if (state.agree > 1) query.set("agree", String(state.agree));
  for (const iri of state.hidden) query.append("hide", iri);
  if (state.selected !== null) query.set("at", state.selected);
  if (state.view === "list") query.set("as", "list");
  if (state.connect !== null) {
    query.set("from", state.connect.from ?? "");
    query.set("to", state.connect.to ?? "");
  }
  if (state.compare !== null) query.set("compare", `${state.compare.one},${state.compare.other}`);
  const text = query.toString();
  return text && `?${text}`;
}

/** Read a state from the query of an address; what cannot be understood is as in `EMPTY`. */
export function fromQuery(text: string): State {
  const query = new URLSearchParams(text);
  const cast = query.get("cast");
  const seasons = /^(\d{1,4}),(\d{1,4})$/.exec(query.get("compare") ?? "");
  return {
    show: query.get("show") || null,
    around: unique(query.getAll("around")),
    only: onlyOf(query.getAll("only")),
    until: untilOf(query.get("until")),
    off: unique((query.get("off") ?? "").split(",")),
    without: unique(query.getAll("without")),
    cast: cast === "characters" || cast === "people" ? cast : "all",
    sure: bounded(query.get("sure"), 0, 1, 0),
    agree: Math.round(bounded(query.get("agree"), 1, 1000, 1)),
    hidden: unique(query.getAll("hide")),
    selected: query.get("at") || null,
    view: query.get("as") === "list" ? "list" : "picture",
    connect: query.has("from") || query.has("to") ? { from: query.get("from") || null, to: query.get("to") || null } : null,
    compare: seasons ? { one: Number(seasons[1]), other: Number(seasons[2]) } : null,
  };
}

function unique(texts: string[]): string[] {
  return [...new Set(texts.filter(Boolean))];
}

function onlyOf(texts: string[]): Record<string, string[]> {
  const pairs = texts.map((text) => /^([a-z,]+) (\S+)$/.exec(text)).filter((found) => found !== null);
  return Object.fromEntries(pairs.map(([, groups, iri]) => [iri!, unique(groups!.split(","))]));
}

function untilOf(text: string | null): Until {
  if (text === "all") return "all";
  return text !== null && /^\d{1,4}$/.test(text) ? Number(text) : null;
}

function bounded(text: string | null, least: number, most: number, otherwise: number): number {
  const value = Number(text ?? Number.NaN);
  return text && Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
}

/** The state of a page: kept in the history, heard by whoever shows it. */
export class Store {
  #state: State;
  readonly #hearers: ((now: State, before: State) => void)[] = [];

  private readonly keepInAddress: boolean;

  /** Begin with a state that is kept here only; with none, begin with the address and keep all steps there. */
  constructor(begin: State | null) {
    const keepInAddress = begin === null;
    this.keepInAddress = keepInAddress;
    this.#state = begin ?? fromQuery(location.search);
    if (keepInAddress) addEventListener("popstate", () => this.#become(fromQuery(location.search)));
  }

  get now(): State {
    return this.#state;
  }

  /** Be told of every change. */
  hear(hearer: (now: State, before: State) => void): void {
    this.#hearers.push(hearer);
  }

  /** Change something: a step that Back undoes, unless it `replaces` the present one. */
  set(change: Partial<State>, { replaces = false } = {}): void {
    const next = { ...this.#state, ...change };
    if (toQuery(next) === toQuery(this.#state)) return;
    if (this.keepInAddress) {
      const address = location.pathname + toQuery(next);
      if (replaces) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    }
    this.#become(next);
  }

  #become(next: State): void {
    const before = this.#state;
    this.#state = next;
    for (const hearer of this.#hearers) hearer(next, before);
  }
}
