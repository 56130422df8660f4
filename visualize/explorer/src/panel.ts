/** The panel: what is known of a thing or a fact, each with its words. */

import { counted, fill, h, visible } from "./dom.ts";
import { evidenceOf, quoteOf } from "./quotes.ts";
import { styleOf, TYPES } from "./styles.ts";
import type { Edge, Evidence, FactLine, Node, Path, Thing, ThingRef } from "./types.ts";

export interface PanelHeard {
  close(): void;
  select(id: string): void;
  /** Bring its neighbours, or those that relations of one group lead to. */
  expand(id: string, group?: string): void;
  hide(id: string): void;
  connect(id: string): void;
  open(show: string): void;
}

export class Panel {
  readonly element: HTMLElement;
  readonly #heard: PanelHeard;
  readonly #body: HTMLElement;
  readonly #title: HTMLElement;

  constructor(heard: PanelHeard) {
    this.#heard = heard;
    this.#title = h("h2", { id: "panel-title" });
    this.#body = h("div", { class: "body" });
    this.element = h(
      "aside",
      { class: "panel", "aria-labelledby": "panel-title", tabindex: "-1", hidden: true },
      h("div", { class: "head" }, this.#title, h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => heard.close() }, "×")),
      this.#body,
    );
  }

  hide(): void {
    this.element.hidden = true;
  }

  waiting(title: string): void {
    this.#show(title, h("p", { class: "meta", role: "status" }, "Looking it up…"));
  }

  failed(title: string, message: string, again: () => void): void {
    this.#show(title, h("p", { class: "error", role: "alert" }, message), h("button", { type: "button", onclick: again }, "Try again"));
  }

  /** `expanded`: all its neighbours were asked for; `here`: the things on screen. */
  thing(thing: Thing, { expanded, canExpand, here }: { expanded: boolean; canExpand: boolean; here: ReadonlySet<string> }): void {
    const others = thing.names.filter((name) => name !== thing.label);
    const groups = new Map<string, FactLine[]>();
    for (const fact of thing.facts) groups.set(fact.group, [...(groups.get(fact.group) ?? []), fact]);
    this.#show(
      thing.label,
      h("p", { class: "meta" }, [TYPES[thing.type], ...thing.shows.map((show) => visible(show.label))].join(" · ")),
      others.length > 0 && h("p", { class: "meta" }, `Also called ${others.map(visible).join(", ")}`),
      h(
        "div",
        { class: "actions" },
        thing.type === "series" && h("button", { type: "button", onclick: () => this.#heard.open(thing.iri) }, "Explore this show"),
        canExpand && h("button", { type: "button", disabled: expanded, onclick: () => this.#heard.expand(thing.iri) }, expanded ? "Neighbours are shown" : "Show neighbours"),
        h("button", { type: "button", onclick: () => this.#heard.connect(thing.iri) }, "Connect with…"),
        h("button", { type: "button", onclick: () => this.#heard.hide(thing.iri) }, "Hide"),
        thing.page && h("a", { class: "button", href: thing.page }, "Page"),
      ),
      ...[...groups].map(([group, facts]) => h("section", {},
        h("div", { class: "kind" },
          h("h3", {}, styleOf(group).name),
          canExpand && thing.type !== "series" && facts.some(({ other }) => other !== null && !here.has(other.iri)) &&
            h("button", { type: "button", class: "link", "aria-label": `Show all neighbours by: ${styleOf(group).name}`, onclick: () => this.#heard.expand(thing.iri, group) }, "Show all")),
        h("ul", { class: "facts" }, ...facts.map((fact) => this.#fact(fact))))),
      !thing.facts.length && h("p", { class: "meta" }, "No review says anything of it up to the season you are at."),
    );
  }

  edge(edge: Edge, from: Node | ThingRef, to: Node | ThingRef, evidence: Evidence | null): void {
    this.#show(
      edge.label,
      h(
        "p",
        { class: "said" },
        this.#link({ iri: edge.source, label: from.label, type: from.type }),
        ` ${visible(edge.phrase)} `,
        this.#link({ iri: edge.target, label: to.label, type: to.type }),
      ),
      h("p", { class: "meta" }, particulars(edge)),
      evidence ? evidenceOf(evidence) : h("p", { class: "meta", role: "status" }, "Looking up the words…"),
    );
  }

  path(path: Path): void {
    const ends = `${path.from.label} and ${path.to.label}`;
    if (!path.steps.length) {
      this.#show(ends, h("p", {}, "Nothing that the reviews say joins these two, up to the season you are at."));
      return;
    }
    this.#show(
      ends,
      h("p", { class: "meta" }, `${counted(path.steps.length, "step")} apart`),
      h(
        "ol",
        { class: "chain" },
        ...path.steps.map((step) => {
          const [one, other] = step.reversed ? [step.to, step.from] : [step.from, step.to];
          return h("li", {}, h("p", { class: "said" }, this.#link(one), ` ${visible(step.phrase)} `, this.#link(other)), ...step.quotes.slice(0, 2).map(quoteOf));
        }),
      ),
    );
  }

  #show(title: string, ...children: (Element | string | null | undefined | false)[]): void {
    this.#title.textContent = visible(title);
    fill(this.#body, ...children);
    this.element.hidden = false;
    this.element.scrollTop = 0;
  }

  #fact(fact: FactLine): HTMLElement {
    const style = styleOf(fact.group);
    const quotes = fact.quotes.map(quoteOf);
    return h(
      "li",
      {},
      h(
        "details",
        { open: fact.quotes.length > 0 && fact.group !== "cast" && fact.group !== "crew" ? false : null },
        h(
          "summary",
          {},
          h("span", { class: "dot", "data-group": style.name, "aria-hidden": "true" }),
          `${visible(fact.phrase)} `,
          fact.other ? h("strong", {}, visible(fact.other.label)) : h("strong", {}, visible(fact.value ?? "")),
          h("small", {}, [fact.status, fact.season === null ? null : `season ${fact.season}`, counted(fact.reviews, "review")].filter(Boolean).join(" · ")),
        ),
        fact.other && h("button", { type: "button", class: "go", onclick: () => fact.other && this.#heard.select(fact.other.iri) }, `Go to ${visible(fact.other.label)}`),
        ...quotes,
      ),
    );
  }

  #link(thing: ThingRef): HTMLElement {
    return h("button", { type: "button", class: "link", onclick: () => this.#heard.select(thing.iri) }, visible(thing.label));
  }
}

/** "Season 2 · former · 92 % sure · 3 reviews · 1 says otherwise". */
export function particulars(edge: Edge): string {
  return [
    edge.season === null ? null : `Season ${edge.season}`,
    edge.status,
    `${Math.round(edge.confidence * 100)} % sure`,
    counted(edge.reviews, "review"),
    edge.against ? `${counted(edge.against, "fact")} ${edge.against === 1 ? "says" : "say"} otherwise` : null,
  ].filter(Boolean).join(" · ");
}
