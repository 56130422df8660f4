/** Windows over the page: joining two names, and reading a query. */

import { fill, h } from "./dom.ts";
import { Find } from "./find.ts";
import type { Match } from "./types.ts";

/** A dialog with a title that Escape and its button close. */
function dialog(title: string, ...children: (Element | string)[]): HTMLDialogElement {
  const element = h("dialog", { "aria-label": title, onclose: () => element.remove() },
    h("div", { class: "head" }, h("h2", {}, title), h("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => element.close() }, "×")),
    ...children);
  document.body.append(element);
  element.showModal();
  return element;
}

/** Ask for two names; `chosen` is called once there are both. */
export function askForTwo(
  search: (text: string, signal: AbortSignal) => Promise<Match[]>,
  first: { iri: string; label: string } | null,
  chosen: (from: string, to: string) => void,
): void {
  let [from, to] = [first?.iri ?? null, null as string | null];
  const go = h("button", { type: "button", class: "primary", disabled: true, onclick: () => done() }, "Show how they are connected");
  const ready = (): void => {
    go.disabled = from === null || to === null || from === to;
  };
  const box = (label: string, set: (iri: string) => void): Find =>
    new Find({ label, placeholder: label, search, keeps: true, chosen: (match) => { set(match.iri); ready(); if (!go.disabled) go.focus(); } });
  const one = box("From whom", (iri) => (from = iri));
  const other = box("To whom", (iri) => (to = iri));
  if (first !== null) one.input.value = first.label;
  const element = dialog("How are two of them connected?", h("p", { class: "meta" }, "People and characters, through parts, shows and relationships."), one.element, other.element, go);
  (first === null ? one : other).input.focus();
  function done(): void {
    element.close();
    if (from !== null && to !== null) chosen(from, to);
  }
}

/** Show a text to be copied, such as the query behind the view. */
export async function showText(title: string, text: Promise<string>, link: (text: string) => string | null): Promise<void> {
  const body = h("div", {}, h("p", { role: "status" }, "One moment…"));
  dialog(title, body);
  try {
    const found = await text;
    const address = link(found);
    const said = h("span", { role: "status", class: "meta" });
    fill(body, h("pre", { tabindex: "0" }, h("code", {}, found)),
      h("div", { class: "actions" },
        h("button", { type: "button", onclick: () => void navigator.clipboard.writeText(found).then(() => (said.textContent = "Copied."), () => (said.textContent = "Select the text and copy it.")) }, "Copy"),
        address && h("a", { class: "button", href: address }, "Open in the query editor"), said));
  } catch (error) {
    fill(body, h("p", { class: "error", role: "alert" }, error instanceof Error ? error.message : String(error)));
  }
}

/** A menu of things to do that closes by itself; what goes wrong in one of them is told to `failed`. */
export function menuOf(name: string, items: Record<string, () => unknown>, failed: (error: unknown) => void): HTMLElement {
  const attempt = async (run: () => unknown): Promise<void> => {
    menu.open = false;
    try {
      await run();
    } catch (error) {
      failed(error);
    }
  };
  const menu = h("details", { class: "menu" },
    h("summary", {}, name),
    h("ul", {}, ...Object.entries(items).map(([item, run]) => h("li", {}, h("button", { type: "button", onclick: () => void attempt(run) }, item)))));
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") menu.open = false; });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target as Node)) menu.open = false; });
  return menu;
}
