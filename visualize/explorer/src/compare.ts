/** Two seasons of a show side by side: who came, who left, what changed between those who stayed. */

import { counted, h, visible } from "./dom.ts";
import { lineSample } from "./filters.ts";
import type { Comparison, Edge, Node } from "./types.ts";

const ORDER = ["character", "person", "series", "thing"];

function charactersFirst(one: Node, other: Node): number {
  return ORDER.indexOf(one.type) - ORDER.indexOf(other.type) || one.label.localeCompare(other.label, "en");
}

export function comparisonOf(found: Comparison, seasons: number[], heard: { select(id: string): void; choose(one: number, other: number): void }): HTMLElement {
  const labels = new Map([...found.came, ...found.left, ...found.stayed].map((node) => [node.id, visible(node.label)]));
  const button = (id: string): HTMLElement => h("button", { type: "button", class: "link", onclick: () => heard.select(id) }, labels.get(id) ?? id);
  const people = (nodes: Node[], none: string): HTMLElement =>
    nodes.length ? h("ul", { class: "plain" }, ...[...nodes].sort(charactersFirst).map((node) => h("li", {}, button(node.id)))) : h("p", { class: "meta" }, none);
  const facts = (edges: Edge[], none: string): HTMLElement =>
    edges.length
      ? h("ul", { class: "plain" }, ...edges.map((edge) => h("li", {}, lineSample(edge.group), button(edge.source), ` ${visible(edge.phrase)} `, button(edge.target))))
      : h("p", { class: "meta" }, none);
  const choice = (id: string, label: string, value: number, choose: (season: number) => void): HTMLElement =>
    h("label", { for: id }, `${label} `, h("select", { id, onchange: (event: Event) => choose(Number((event.target as HTMLSelectElement).value)) },
      ...seasons.map((season) => h("option", { value: season, selected: season === value }, `Season ${season}`))));
  return h(
    "div",
    { class: "compare" },
    h("div", { class: "choices" },
      choice("compare-one", "Compare", found.one, (season) => heard.choose(season, found.other)),
      choice("compare-other", "with", found.other, (season) => heard.choose(found.one, season))),
    h("p", { class: "meta" }, `${counted(found.stayed.length, "character or person", "characters and people")} in both.`),
    h(
      "div",
      { class: "columns" },
      h("section", {}, h("h2", {}, `Season ${found.one} only`), h("h3", {}, "Who left"), people(found.left, "Nobody."), h("h3", {}, "What is said no more"), facts(found.gone, "Nothing.")),
      h("section", {}, h("h2", {}, `Season ${found.other} only`), h("h3", {}, "Who came"), people(found.came, "Nobody."), h("h3", {}, "What is new between them"), facts(found.fresh, "Nothing.")),
    ),
  );
}
