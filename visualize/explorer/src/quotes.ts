/** The words behind a fact, as elements: the quote in its sentence, and whose review it is. */

import { counted, followable, h, visible } from "./dom.ts";
import type { Evidence, Quote } from "./types.ts";

export function quoteOf(quote: Quote): HTMLElement {
  const { review } = quote;
  const url = followable(review.url);
  const title = visible(review.title);
  const told = [review.author, review.publisher, review.date].filter((text): text is string => Boolean(text)).map(visible);
  return h(
    "figure",
    { class: "quote" },
    h(
      "blockquote",
      {},
      h("span", { class: "around" }, visible(quote.prefix)),
      h("mark", {}, visible(quote.quote)),
      h("span", { class: "around" }, visible(quote.suffix)),
    ),
    h(
      "figcaption",
      {},
      url === null ? h("cite", {}, title) : h("a", { href: url, rel: "noopener noreferrer external", target: "_blank" }, h("cite", {}, title)),
      told.length ? ` · ${told.join(" · ")}` : null,
      h("span", { class: "sure", title: quote.rule ? `Read by ${visible(quote.reader ?? "rules")}, rule ${visible(quote.rule)}` : null },
        ` · ${Math.round(quote.confidence * 100)} % sure`),
    ),
  );
}

/** All quotes of a fact, and those of facts that say otherwise. */
export function evidenceOf(evidence: Evidence): HTMLElement {
  const reviews = new Set(evidence.for.map((quote) => quote.review.iri)).size;
  return h(
    "div",
    {},
    h("p", { class: "meta" }, evidence.for.length ? `${counted(reviews, "review")} ${reviews === 1 ? "says" : "say"} so:` : "No words of it may be shown for the season you are at."),
    ...evidence.for.map(quoteOf),
    ...evidence.against.map((other) =>
      h("section", { class: "against" }, h("h3", {}, `But also: ${visible(other.text)}`), ...other.quotes.map(quoteOf)),
    ),
  );
}
