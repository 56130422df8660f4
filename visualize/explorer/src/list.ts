/** The same content as a list: for screen readers, for printing, for those who like lists better. */

import { counted, grouped, h, visible } from "./dom.ts";
import { particulars } from "./panel.ts";
import type { Shown } from "./shown.ts";
import { styleOf } from "./styles.ts";

const MOST_ROWS = 2000;

/** A table of facts by the name of who they are about; a row's button shows its words. */
export function listOf({ nodes, edges }: Shown, select: (id: string) => void): HTMLElement {
  const labels = new Map(nodes.map((node) => [node.id, visible(node.label)]));
  const name = (id: string): string => labels.get(id) ?? id;
  const sorted = [...edges].sort((one, other) => name(one.source).localeCompare(name(other.source), "en") || name(one.target).localeCompare(name(other.target), "en"));
  return h(
    "div",
    { class: "list", tabindex: "0", role: "region", "aria-label": "Facts as a list" },
    h(
      "table",
      {},
      h("caption", {}, `${counted(edges.length, "fact")} between ${counted(nodes.length, "thing")}${sorted.length > MOST_ROWS ? `, the first ${grouped(MOST_ROWS)}` : ""}`),
      h("thead", {}, h("tr", {}, ...["Who", "What", "Whom", "Kind of line", "More"].map((title) => h("th", { scope: "col" }, title)))),
      h(
        "tbody",
        {},
        ...sorted.slice(0, MOST_ROWS).map((edge) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, h("button", { type: "button", class: "link", onclick: () => select(edge.source) }, name(edge.source))),
            h("td", {}, visible(edge.phrase)),
            h("td", {}, h("button", { type: "button", class: "link", onclick: () => select(edge.target) }, name(edge.target))),
            h("td", {}, styleOf(edge.group).name),
            h("td", {}, h("button", { type: "button", class: "link", onclick: () => select(edge.id) }, "Words"), ` ${particulars(edge)}`),
          ),
        ),
      ),
    ),
  );
}
