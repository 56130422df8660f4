/** The rail: what is drawn (which is also the legend), how sure it must be, and how much of the story may be known. */

import { counted, fill, h, svg, visible } from "./dom.ts";
import { diamond, points } from "./shapes.ts";
import { countsOf, countsOfShows } from "./shown.ts";
import type { Cast, State, Store } from "./state.ts";
import { GROUPS, styleOf, TYPES } from "./styles.ts";
import type { ThingType, View } from "./types.ts";

export class Filters {
  readonly element = h("div", { class: "filters" });
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Show the filters as they stand for a view. The element that has the focus keeps it. */
  show(view: View, state: State, until: number | null): void {
    const focused = document.activeElement?.id ?? "";
    const counts = countsOf(view);
    const types = new Set(view.nodes.map((node) => node.type));
    fill(
      this.element,
      view.seasons.length > 0 && this.#guard(view.seasons, until),
      h(
        "fieldset",
        {},
        h("legend", {}, "Lines"),
        ...Object.keys(GROUPS).filter((group) => counts.has(group)).map((group) => this.#group(group, counts.get(group) ?? 0, state)),
      ),
      this.#shows(view, state),
      types.has("character") && types.has("person") && this.#cast(state),
      this.#sureness(state),
      view.edges.some((edge) => edge.reviews > 1) && this.#agreement(view, state),
      state.hidden.length > 0 && this.#hidden(view, state),
      h("section", {}, h("h2", {}, "Shapes"), h("ul", { class: "shapes" }, ...[...types].sort().map((type) => h("li", {}, shapeSample(type), TYPES[type])))),
    );
    if (focused) document.getElementById(focused)?.focus();
  }

  #guard(seasons: number[], until: number | null): HTMLElement {
    const last = seasons.length;
    const at = until === null ? last : seasons.filter((season) => season <= until).length - 1;
    const text = until === null ? "The whole story" : `Up to season ${seasons[Math.max(0, at)]}`;
    return h(
      "section",
      { class: "guard" },
      h("h2", {}, h("label", { for: "season" }, "How far have you watched?")),
      h("input", {
        id: "season", type: "range", min: 0, max: last, step: 1, value: at, "aria-valuetext": text, list: "seasons",
        oninput: (event: InputEvent) => {
          const chosen = Number((event.target as HTMLInputElement).value);
          this.#store.set({ until: seasons[chosen] ?? "all" }, { replaces: true });
        },
      }),
      h("output", { for: "season" }, text),
      h("p", { class: "meta" }, until === null ? "Nothing is held back." : "What later seasons reveal is not loaded."),
    );
  }

  #group(group: string, count: number, state: State): HTMLElement {
    return this.#row(`group-${group}`, !state.off.includes(group), count, [lineSample(group), h("span", { class: "name" }, styleOf(group).name)],
      () => this.#store.set({ off: toggled(state.off, group) }));
  }

  /** The shows that the facts are of, where there are several. */
  #shows(view: View, state: State): HTMLElement | null {
    const named = [...countsOfShows(view)].map(([show, count]) => ({ show, count, name: visible(view.shows[show] ?? show) }));
    if (named.length < 2) return null;
    named.sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
    return h("fieldset", {}, h("legend", {}, "Shows"), ...named.map(({ show, count, name }, at) =>
      this.#row(`show-${at}`, !state.without.includes(show), count, [h("span", { class: "name" }, name)],
        () => this.#store.set({ without: toggled(state.without, show) }))));
  }

  #row(id: string, on: boolean, count: number, name: Element[], change: () => void): HTMLElement {
    return h("div", { class: "row" },
      h("input", { id, type: "checkbox", checked: on, onchange: change }),
      h("label", { for: id }, ...name, h("span", { class: "count" }, String(count))));
  }

  #cast(state: State): HTMLElement {
    const choices: [Cast, string][] = [["all", "Both"], ["characters", "Characters"], ["people", "People"]];
    return h(
      "fieldset",
      {},
      h("legend", {}, "Who"),
      h("div", { class: "joined" }, ...choices.map(([cast, name]) =>
        h("button", { type: "button", id: `cast-${cast}`, "aria-pressed": String(state.cast === cast), onclick: () => this.#store.set({ cast }) }, name))),
    );
  }

  #sureness(state: State): HTMLElement {
    return h(
      "section",
      {},
      h("h2", {}, h("label", { for: "sure" }, "How sure")),
      h("input", { id: "sure", type: "range", min: 0, max: 0.95, step: 0.05, value: state.sure, "aria-valuetext": sure(state.sure),
        oninput: (event: InputEvent) => this.#store.set({ sure: Number((event.target as HTMLInputElement).value) }, { replaces: true }) }),
      h("output", { for: "sure" }, sure(state.sure)),
    );
  }

  #agreement(view: View, state: State): HTMLElement {
    const most = Math.max(...view.edges.map((edge) => edge.reviews));
    const text = state.agree > 1 ? `${state.agree} reviews or more say so` : "Any one review is enough";
    return h(
      "section",
      {},
      h("h2", {}, h("label", { for: "agree" }, "How many agree")),
      h("input", { id: "agree", type: "range", min: 1, max: most, step: 1, value: state.agree, "aria-valuetext": text,
        oninput: (event: InputEvent) => this.#store.set({ agree: Number((event.target as HTMLInputElement).value) }, { replaces: true }) }),
      h("output", { for: "agree" }, text),
    );
  }

  #hidden(view: View, state: State): HTMLElement {
    const labels = new Map(view.nodes.map((node) => [node.id, node.label]));
    return h(
      "section",
      {},
      h("h2", {}, counted(state.hidden.length, "thing"), " hidden"),
      h("ul", { class: "plain" }, ...state.hidden.map((id) =>
        h("li", {}, h("button", { type: "button", class: "link", onclick: () => this.#store.set({ hidden: state.hidden.filter((other) => other !== id) }) },
          `Show ${visible(labels.get(id) ?? id)} again`)))),
    );
  }
}

function toggled(list: readonly string[], one: string): string[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}

function sure(value: number): string {
  return value > 0 ? `${Math.round(value * 100)} % or more` : "However sure";
}

export function lineSample(group: string): SVGElement {
  const style = styleOf(group);
  return svg("svg", { class: `sample line-${group}`, width: 34, height: 10, "aria-hidden": "true" },
    svg("line", { x1: 1, y1: 5, x2: 33, y2: 5, "stroke-width": style.width + 0.4, "stroke-dasharray": style.dash.join(" ") || null }));
}

function shapeSample(type: ThingType): SVGElement {
  const corners = (pairs: [number, number][]) => pairs.map((pair) => pair.map((value) => value.toFixed(1)).join(",")).join(" ");
  const shapes: Record<ThingType, () => SVGElement> = {
    character: () => svg("circle", { cx: 9, cy: 9, r: 6.5 }),
    person: () => svg("rect", { x: 3, y: 3, width: 12, height: 12 }),
    series: () => svg("polygon", { points: corners(points(9, 9.5, 8.5)) }),
    thing: () => svg("polygon", { points: corners(diamond(9, 9, 7.5)) }),
  };
  return svg("svg", { class: "sample shape", width: 18, height: 18, "aria-hidden": "true" }, shapes[type]());
}
