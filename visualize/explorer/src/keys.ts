/** The keyboard: everywhere `/` finds and Escape leaves; on the picture arrows move, plus and minus zoom, Enter goes on. */

import type { Picture } from "./picture.ts";

export interface Keys {
  find(): void;
  leave(): void;
  enter(): void;
}

export function listenToKeys(canvas: HTMLElement, picture: Picture, keys: Keys): void {
  const steps: Record<string, () => void> = {
    ArrowLeft: () => picture.pan(-60, 0), ArrowRight: () => picture.pan(60, 0),
    ArrowUp: () => picture.pan(0, -60), ArrowDown: () => picture.pan(0, 60),
    "+": () => picture.zoom(1.4), "-": () => picture.zoom(1 / 1.4), "0": () => picture.fit(),
    Enter: () => keys.enter(),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    const does = event.target === canvas ? steps[event.key] : undefined;
    if (event.key === "/" && !typing) {
      event.preventDefault();
      keys.find();
    } else if (event.key === "Escape" && !typing) keys.leave();
    else if (does) {
      event.preventDefault();
      does();
    }
  });
}
