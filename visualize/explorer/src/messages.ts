/** What the explorer says about a view: how much is shown, held back or wrong, and where one has been. */

import { counted, fill, h, visible } from "./dom.ts";
import type { Shown } from "./shown.ts";
import type { State } from "./state.ts";
import type { View } from "./types.ts";

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function summaryOf(view: View, shown: Shown): string {
  const parts = [counted(shown.nodes.length, "thing"), counted(shown.edges.length, "fact")];
  if (view.until !== null) parts.push(`up to season ${view.until}`);
  const filtered = view.edges.length - shown.edges.length;
  if (filtered > 0) parts.push(`${counted(filtered, "fact")} filtered out`);
  if (view.leftOut > 0) parts.push(`${counted(view.leftOut, "fact")} more than can be drawn at once`);
  return parts.join(" · ");
}

/** What the guard holds back, and the next step past it. */
export function held(element: HTMLElement, { until, heldBack, seasons }: View, go: (until: number | "all") => void): void {
  element.hidden = until === null || heldBack === 0;
  if (until === null) return;
  const next = seasons.find((season) => season > until);
  const to = (season: number | "all", text: string): HTMLElement => h("button", { type: "button", onclick: () => go(season) }, text);
  fill(element, h("p", {}, `${counted(heldBack, "fact")} of later seasons ${heldBack === 1 ? "is" : "are"} held back, so that nothing is spoiled.`),
    next !== undefined && to(next, `I have seen season ${next}`), to("all", "Show everything"));
}

/** Where one has been, a step back by each name. */
export function trail(element: HTMLElement, view: View, state: State, go: (around: string[]) => void): void {
  const labels = new Map(view.nodes.map((node) => [node.id, visible(node.label)]));
  const steps = [...(state.show === null ? [] : [{ name: visible(view.shows[state.show] ?? view.title), around: [] as string[] }]),
    ...state.around.map((iri, at) => ({ name: labels.get(iri) ?? iri, around: state.around.slice(0, at + 1) }))];
  element.hidden = steps.length < 2;
  fill(element, h("ol", {}, ...steps.map(({ name, around }, at) =>
    h("li", {}, at === steps.length - 1
      ? h("span", { "aria-current": "location" }, name)
      : h("button", { type: "button", class: "link", onclick: () => go(around) }, name)))));
}

/** What stands in the place of a picture without lines. */
export function nothingOf(view: View, showAll: () => void): HTMLElement {
  const filtered = view.edges.length > 0;
  return h("div", { class: "home" },
    h("h2", {}, filtered ? "Everything is filtered out" : "Nothing is said yet"),
    h("p", { class: "lead" }, filtered ? "Switch some lines on again, or ask for less sureness." : "Up to the season you are at, no review says anything that joins two things. Move the slider to know more."),
    filtered && h("button", { type: "button", class: "primary", onclick: showAll }, "Show everything"));
}

/** What stands in the place of a comparison with a season not watched yet. */
export function aheadOf(season: number, go: (until: number) => void): HTMLElement {
  return h("div", { class: "home" },
    h("h2", {}, `Season ${season} is ahead of you`),
    h("p", { class: "lead" }, "Two seasons are compared once you have watched both."),
    h("button", { type: "button", class: "primary", onclick: () => go(season) }, `I have seen season ${season}`));
}

export function failureOf(error: unknown, again: () => void): HTMLElement {
  return h("div", { class: "home", role: "alert" }, h("h2", {}, "That did not work"),
    h("p", { class: "lead" }, messageOf(error)),
    h("button", { type: "button", class: "primary", onclick: again }, "Try again"));
}
