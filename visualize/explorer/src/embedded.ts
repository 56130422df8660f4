/** A single file as where data comes from: one view, and the words behind it. */

import { shortened } from "./dom.ts";
import type { Asked, Comparison, Edge, Evidence, ExportFormat, FactLine, Known, Match, Node, Path, PathStep, Provider, Quote, Shows, Thing, ThingRef, View } from "./types.ts";

export interface Embedded {
  view: View;
  /** The words of each claim, by its IRI. */
  quotes: Record<string, Quote[]>;
  /** Facts whose object is no thing of the view: the director's name as text, a date, a genre. */
  values: Record<string, FactLine[]>;
  /** Whole files by format, where they were put in. */
  files: Partial<Record<ExportFormat, string>>;
}

export class EmbeddedProvider implements Provider {
  readonly offline = true;
  readonly #data: Embedded;
  readonly #nodes: Map<string, Node>;

  constructor(data: Embedded) {
    this.#data = data;
    this.#nodes = new Map(data.view.nodes.map((node) => [node.id, node]));
  }

  /** The show the file is of: the one it is named after. */
  get show(): string | null {
    const shows = Object.entries(this.#data.view.shows);
    return (shows.find(([, name]) => name === this.#data.view.title) ?? shows[0])?.[0] ?? null;
  }

  shows(): Promise<Shows> {
    const { view } = this.#data;
    const reviews = new Set(Object.values(this.#data.quotes).flat().map((quote) => quote.review.iri)).size;
    const shows = Object.entries(view.shows).filter(([iri]) => iri === this.show).map(([iri, name]) => ({ iri, name, seasons: view.seasons, reviews, things: view.nodes.length, facts: view.edges.length }));
    return Promise.resolve({ shows, total: shows.length });
  }

  find(text: string, until: Known): Promise<Match[]> {
    const wanted = folded(text);
    const matches = this.#data.view.nodes
      .filter((node) => folded(node.label).includes(wanted) && (until === "first" || known(node.season, until)))
      .sort((one, other) => Number(folded(other.label).startsWith(wanted)) - Number(folded(one.label).startsWith(wanted)) || one.label.localeCompare(other.label, "en"))
      .slice(0, 20)
      .map((node) => ({ ...ref(node), show: this.#showOf(node), matched: null }));
    return Promise.resolve(matches);
  }

  view(asked: Asked): Promise<View> {
    const { view } = this.#data;
    const first = view.seasons.length > 1 ? (view.seasons[0] ?? null) : null;
    const until = asked.until === "first" ? first : (asked.until ?? null);
    const edges = view.edges.filter((edge) => known(edge.season, until));
    const joined = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
    return Promise.resolve({ ...view, until, edges, heldBack: view.edges.length - edges.length, nodes: view.nodes.filter((node) => joined.has(node.id)) });
  }

  thing(iri: string, until: number | null): Promise<Thing> {
    const node = this.#nodes.get(iri);
    if (!node) return Promise.reject(new Error("This file holds nothing of that name."));
    const facts = this.#data.view.edges
      .filter((edge) => (edge.source === iri || edge.target === iri) && known(edge.season, until))
      .map((edge) => this.#fact(edge, iri, until));
    const values = (this.#data.values[iri] ?? []).filter((fact) => known(fact.season, until));
    const shows = node.shows.map((show): ThingRef => ({ iri: show, label: this.#data.view.shows[show] ?? show, type: "series" }));
    return Promise.resolve({ ...ref(node), names: [node.label], shows, page: null, facts: [...facts, ...values] });
  }

  evidence(claims: string[], until: number | null): Promise<Evidence> {
    return Promise.resolve({ for: this.#quotes(claims, until), against: [] });
  }

  path(from: string, to: string, until: number | null): Promise<Path> {
    const [one, other] = [this.#nodes.get(from), this.#nodes.get(to)];
    if (!one || !other) return Promise.reject(new Error("This file does not hold both of them."));
    return Promise.resolve({ from: ref(one), to: ref(other), steps: this.#steps(from, to, until) });
  }

  compare(show: string, one: number, other: number): Promise<Comparison> {
    const { edges, nodes } = this.#data.view;
    const of = (season: number): Edge[] => edges.filter((edge) => edge.season === season);
    const things = (season: number): Set<string> => new Set(of(season).flatMap((edge) => [edge.source, edge.target]));
    const [first, second] = [things(one), things(other)];
    const said = (list: Edge[]): Set<string> => new Set(list.map(meaning));
    const both = (edge: Edge): boolean => [edge.source, edge.target].every((id) => first.has(id) && second.has(id));
    return Promise.resolve({
      show, one, other,
      came: nodes.filter((node) => second.has(node.id) && !first.has(node.id)),
      left: nodes.filter((node) => first.has(node.id) && !second.has(node.id)),
      stayed: nodes.filter((node) => first.has(node.id) && second.has(node.id)),
      gone: of(one).filter((edge) => both(edge) && !said(of(other)).has(meaning(edge))),
      fresh: of(other).filter((edge) => both(edge) && !said(of(one)).has(meaning(edge))),
    });
  }

  file(format: ExportFormat): Promise<string> {
    const file = this.#data.files[format];
    return file === undefined ? Promise.reject(new Error("This file does not carry its data in that format.")) : Promise.resolve(file);
  }

  sparql(): Promise<string> {
    return Promise.reject(new Error("There is no SPARQL endpoint behind a single file: `tellygraph serve` has one."));
  }

  #showOf(node: Node): ThingRef | null {
    const show = node.shows[0];
    return show === undefined ? null : { iri: show, label: this.#data.view.shows[show] ?? show, type: "series" };
  }

  #quotes(claims: string[], until: number | null): Quote[] {
    return claims.flatMap((claim) => this.#data.quotes[claim] ?? []).filter((quote) => known(quote.season, until))
      .map((quote) => (known(quote.review.season, until) ? quote : { ...quote, prefix: "", suffix: "" }));
  }

  #fact(edge: Edge, about: string, until: number | null): FactLine {
    const other = this.#nodes.get(edge.source === about ? edge.target : edge.source);
    const phrase = edge.source === about ? edge.phrase : `← ${shortened(other?.label ?? "", 30)} ${edge.phrase}`;
    return {
      relation: edge.relation, group: edge.group, phrase, other: other ? ref(other) : null, value: null, status: edge.status,
      season: edge.season, reviews: edge.reviews, confidence: edge.confidence, claims: edge.claims, quotes: this.#quotes(edge.claims, until),
    };
  }

  /** The shortest way, breadth first. */
  #steps(from: string, to: string, until: number | null): PathStep[] {
    const came = new Map<string, { before: string; edge: Edge }>();
    let edge = [from];
    const edges = this.#data.view.edges.filter((one) => known(one.season, until));
    const at = new Map<string, Edge[]>();
    for (const one of edges) for (const end of [one.source, one.target]) at.set(end, [...(at.get(end) ?? []), one]);
    while (edge.length && !came.has(to)) {
      const next: string[] = [];
      for (const id of edge)
        for (const one of at.get(id) ?? []) {
          const other = one.source === id ? one.target : one.source;
          if (other === from || came.has(other)) continue;
          came.set(other, { before: id, edge: one });
          next.push(other);
        }
      edge = next;
    }
    const steps: PathStep[] = [];
    for (let id = to; came.has(id); ) {
      const { before, edge: one } = came.get(id)!;
      steps.unshift({ from: ref(this.#nodes.get(before)!), to: ref(this.#nodes.get(id)!), phrase: one.phrase, reversed: one.source !== before, quotes: this.#quotes(one.claims, until) });
      id = before;
    }
    return steps;
  }
}

function ref(node: Node): ThingRef {
  return { iri: node.id, label: node.label, type: node.type };
}

function known(season: number | null, until: number | null): boolean {
  return until === null || season === null || season <= until;
}

function meaning(edge: Edge): string {
  return [edge.source, edge.target, edge.relation, edge.kind, edge.status].join("\u001f");
}

/** Lower case and without accents, as names are compared. */
function folded(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
