/** The first page: the shows there are, and what can be done here. */

import { counted, h, visible } from "./dom.ts";
import type { Shows } from "./types.ts";

export function homeOf({ shows, total }: Shows, open: (show: string) => void): HTMLElement {
  if (!shows.length) return emptyGraph();
  return h(
    "div",
    { class: "home" },
    h("h2", {}, "Which show?"),
    h("p", { class: "lead" }, "Pick one, or type any name above. Every line you will see is something a review says; click it to read the words."),
    h(
      "ul",
      { class: "cards" },
      ...shows.map((show) =>
        h("li", {}, h("button", { type: "button", onclick: () => open(show.iri) },
          h("strong", {}, visible(show.name)),
          h("span", {}, [counted(show.facts, "fact"), counted(show.things, "thing"), counted(show.reviews, "review")].join(" · ")),
          show.seasons.length > 0 && h("span", { class: "meta" }, show.seasons.length > 1 ? `Seasons ${show.seasons.join(", ")}` : `Season ${show.seasons[0]}`))),
      ),
    ),
    total > shows.length && h("p", { class: "meta" }, `And ${counted(total - shows.length, "more show")}: type a name to find them.`),
  );
}

function emptyGraph(): HTMLElement {
  return h(
    "div",
    { class: "home" },
    h("h2", {}, "Nothing here yet"),
    h("p", { class: "lead" }, "This graph holds no reviews. Stop the server, read some in, and start it again:"),
    h("pre", {}, h("code", {}, "tellygraph add reviews/\ntellygraph serve")),
  );
}
