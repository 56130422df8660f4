/** The one box: names as you type, over people, characters and shows; keyboard all the way (WAI-ARIA combobox pattern). */

import { h, visible } from "./dom.ts";
import { TYPES } from "./styles.ts";
import type { Match } from "./types.ts";

export interface FindOptions {
  label: string;
  placeholder: string;
  search(text: string, signal: AbortSignal): Promise<Match[]>;
  chosen(match: Match): void;
  /** Whether the box keeps the chosen name; else it is emptied. */
  keeps?: boolean;
}

let count = 0;
const PAUSE_MS = 90;

export class Find {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #list: HTMLUListElement;
  readonly #options: FindOptions;
  #matches: Match[] = [];
  #at = -1;
  #wait: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | null = null;

  constructor(options: FindOptions) {
    this.#options = options;
    const id = `find-${++count}`;
    this.#list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": options.label, hidden: true });
    this.input = h("input", {
      id, type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: 200,
      "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": `${id}-list`, "aria-label": options.label,
      placeholder: options.placeholder,
      oninput: () => this.#typed(),
      onkeydown: (event: KeyboardEvent) => this.#key(event),
      onblur: () => setTimeout(() => this.#close(), 120),
      onfocus: () => this.input.value && this.#typed(),
    });
    this.element = h("div", { class: "find" }, this.input, this.#list);
  }

  #typed(): void {
    clearTimeout(this.#wait);
    const text = this.input.value.trim();
    if (!text) this.#close();
    else this.#wait = setTimeout(() => void this.#search(text), PAUSE_MS);
  }

  async #search(text: string): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      this.#offer(await this.#options.search(text, asking.signal));
    } catch (error) {
      if (!asking.signal.aborted) this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  #offer(matches: Match[]): void {
    this.#matches = matches;
    if (!matches.length) return this.#say("Nothing here has that name.");
    this.#list.replaceChildren(
      ...matches.map((match, at) =>
        h(
          "li",
          { id: `${this.input.id}-${at}`, role: "option", "aria-selected": "false", onmousedown: (event: Event) => { event.preventDefault(); this.#choose(at); } },
          h("span", {}, visible(match.label)),
          h("small", {}, [TYPES[match.type], match.show ? visible(match.show.label) : "", match.matched ? `also ${visible(match.matched)}` : ""].filter(Boolean).join(" · ")),
        ),
      ),
    );
    this.#open();
    this.#move(0);
  }

  #say(text: string): void {
    this.#matches = [];
    this.#at = -1;
    this.#list.replaceChildren(h("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, text));
    this.#open();
    this.input.removeAttribute("aria-activedescendant");
  }

  #open(): void {
    this.#list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  #close(): void {
    this.#asking?.abort();
    this.#list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #move(to: number): void {
    if (!this.#matches.length) return;
    this.#at = (to + this.#matches.length) % this.#matches.length;
    [...this.#list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === this.#at)));
    this.input.setAttribute("aria-activedescendant", `${this.input.id}-${this.#at}`);
    this.#list.children[this.#at]?.scrollIntoView({ block: "nearest" });
  }

  #key(event: KeyboardEvent): void {
    const steps: Record<string, () => void> = {
      ArrowDown: () => (this.#list.hidden ? this.#typed() : this.#move(this.#at + 1)),
      ArrowUp: () => this.#move(this.#at - 1),
      Enter: () => this.#choose(this.#at),
      Escape: () => (this.#list.hidden ? (this.input.value = "") : this.#close()),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  }

  #choose(at: number): void {
    const match = this.#matches[at];
    if (!match || this.#list.hidden) return;
    this.input.value = this.#options.keeps ? match.label : "";
    this.#close();
    this.#options.chosen(match);
  }
}
