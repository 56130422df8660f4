/** What YASGUI leaves without a name for screen readers, named as it appears. */

const NAMES: readonly (readonly [selector: string, attributes: Record<string, string>])[] = [
  [".CodeMirror textarea", { "aria-label": "The question, in SPARQL" }],
  [".CodeMirror-scroll", { tabindex: "0" }], // it scrolls, so the keyboard must reach it
  [".tableSizer", { "aria-label": "Rows on a page" }],
  [".tabsList button", { role: "tab", "aria-selected": "false" }], // a list of tabs may have nothing else
];

/** Name what is in `root`, now and later. */
export function nameParts(root: HTMLElement): void {
  const name = (): void => {
    for (const [selector, attributes] of NAMES)
      for (const element of root.querySelectorAll(selector))
        for (const [key, value] of Object.entries(attributes)) if (element.getAttribute(key) !== value) element.setAttribute(key, value);
    for (const header of root.querySelectorAll(".dataTable th"))
      if (!header.textContent?.trim()) header.append(Object.assign(document.createElement("span"), { className: "heard", textContent: "Row" }));
  };
  new MutationObserver(name).observe(root, { childList: true, subtree: true });
  name();
}
