/** An answer as a picture: triples, or rows with two IRIs or more, as things and what joins them. */

import ForceGraph from "force-graph";

import { h, shortened } from "./dom.ts";

interface Value {
  value: string;
  type: string;
}

interface Results {
  getBindings(): Record<string, Value>[] | null;
  getVariables(): string[];
  getStatements(): { subject: { value: string }; predicate: { value: string }; object: { value: string; termType: string } }[] | null;
}

interface Tie {
  source: string;
  target: string;
  label: string;
}

const MOST_TIES = 1500;

export class PicturePlugin {
  readonly priority = 5;
  readonly label = "Picture";
  readonly #yasr: { results?: Results; resultsEl: HTMLElement };
  #graph: ForceGraph | null = null;

  constructor(yasr: { results?: Results; resultsEl: HTMLElement }) {
    this.#yasr = yasr;
  }

  canHandleResults(): boolean {
    return this.#ties().length > 0;
  }

  draw(): void {
    const ties = this.#ties();
    const shown = ties.slice(0, MOST_TIES);
    const ids = [...new Set(shown.flatMap((tie) => [tie.source, tie.target]))];
    const stage = h("div", { class: "result-picture", role: "img", "aria-label": `${ids.length} things and ${shown.length} ties between them` });
    this.#yasr.resultsEl.append(stage);
    if (ties.length > shown.length) this.#yasr.resultsEl.append(h("p", {}, `The first ${MOST_TIES} of ${ties.length} ties.`));
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    this.#graph = new ForceGraph(stage)
      .width(stage.clientWidth)
      .height(stage.clientHeight)
      .graphData({ nodes: ids.map((id) => ({ id })), links: shown.map((tie) => ({ ...tie })) })
      .nodeLabel(() => "")
      .linkLabel(() => "")
      .linkColor(() => (dark ? "#7f8792" : "#8a8f98"))
      .linkDirectionalArrowLength(4)
      .linkDirectionalArrowRelPos(1)
      .cooldownTime(2000)
      .onEngineStop(() => this.#graph?.zoomToFit(200, 40))
      .nodeCanvasObjectMode(() => "after")
      .nodeCanvasObject((node, context, scale) => {
        context.font = `${11 / scale}px sans-serif`;
        context.textAlign = "center";
        context.fillStyle = dark ? "#eceae5" : "#1d2026";
        context.fillText(shortened(lastPart(String(node.id)), 32), node.x ?? 0, (node.y ?? 0) + 15 / scale);
      });
  }

  destroy(): void {
    this.#graph?._destructor();
    this.#graph = null;
  }

  getIcon(): Element {
    return h("span", { "aria-hidden": "true" }, "◉");
  }

  #ties(): Tie[] {
    const { results } = this.#yasr;
    const statements = results?.getStatements();
    if (statements?.length)
      return statements
        .filter(({ object }) => object.termType === "NamedNode")
        .map(({ subject, predicate, object }) => ({ source: subject.value, target: object.value, label: predicate.value }));
    return (results?.getBindings() ?? []).flatMap((row) => {
      const iris = Object.values(row).filter((value) => value.type === "uri" && !value.value.includes("/claim/") && !value.value.includes("/review/"));
      return iris[0] && iris[1] && iris[0].value !== iris[1].value ? [{ source: iris[0].value, target: iris[1].value, label: "" }] : [];
    });
  }
}

/** The end of an IRI, readable: "nick-nelson". */
function lastPart(iri: string): string {
  const part = iri.replace(/[/#]+$/, "").split(/[/#]/).pop() ?? iri;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
