/** What of a view is on screen: filters that hide what was asked for already. (The season is asked for: see `View`.) */

import type { State } from "./state.ts";
import type { Edge, Node, View } from "./types.ts";

export interface Shown {
  nodes: Node[];
  edges: Edge[];
}

/** The nodes and edges that the filters leave; nodes that filters leave without any edge go too, unless asked for. */
export function shownOf(view: View, state: State): Shown {
  const hidden = new Set(state.hidden);
  const off = new Set(state.off);
  const without = new Set<string | null>(state.without);
  const nodes = new Map<string, Node>();
  for (const node of view.nodes) if (!hidden.has(node.id) && inCast(node, state)) nodes.set(node.id, node);
  const edges = view.edges.filter(
    (edge) =>
      !off.has(edge.group) &&
      !without.has(edge.show) &&
      wanted(edge, state) &&
      edge.confidence >= state.sure &&
      edge.reviews >= state.agree &&
      nodes.has(edge.source) &&
      nodes.has(edge.target),
  );
  const joined = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const asked = new Set([...state.around, state.selected]);
  return { nodes: [...nodes.values()].filter((node) => joined.has(node.id) || asked.has(node.id)), edges };
}

/** Whether an edge belongs to the show, or is of a kind that was asked for at one of its ends. */
function wanted(edge: Edge, { show, around, only }: State): boolean {
  if (!Object.keys(only).length || (show !== null && edge.show === show)) return true;
  const ends = around.filter((iri) => iri === edge.source || iri === edge.target);
  return !ends.length || ends.some((iri) => only[iri]?.includes(edge.group) ?? true);
}

function inCast(node: Node, state: State): boolean {
  if (state.cast === "characters") return node.type !== "person";
  if (state.cast === "people") return node.type !== "character";
  return true;
}

/** How many edges of each group there are, whichever are switched off. */
export function countsOf(view: View): Map<string, number> {
  const counts = new Map<string, number>();
  for (const edge of view.edges) counts.set(edge.group, (counts.get(edge.group) ?? 0) + 1);
  return counts;
}

/** How many edges each show has, by its IRI. */
export function countsOfShows(view: View): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { show } of view.edges) if (show !== null) counts.set(show, (counts.get(show) ?? 0) + 1);
  return counts;
}

/** Put newcomers of a view where they can be seen: what was there stays, others gather round a neighbour. */
export function settled(view: View, before: ReadonlyMap<string, { x: number; y: number }>): Map<string, { x: number; y: number }> {
  if (before.size === 0) return new Map(view.nodes.map((node) => [node.id, { x: node.x, y: node.y }]));
  const places = new Map<string, { x: number; y: number }>();
  for (const node of view.nodes) {
    const place = before.get(node.id);
    if (place) places.set(node.id, place);
  }
  const neighbours = new Map<string, string[]>();
  for (const { source, target } of view.edges) {
    neighbours.set(source, [...(neighbours.get(source) ?? []), target]);
    neighbours.set(target, [...(neighbours.get(target) ?? []), source]);
  }
  const placedAt = new Map<string, number>();
  for (const node of view.nodes) {
    if (places.has(node.id)) continue;
    const anchor = (neighbours.get(node.id) ?? []).find((id) => places.has(id));
    const at = (anchor !== undefined && places.get(anchor)) || { x: 0, y: 0 };
    const turn = placedAt.get(anchor ?? "") ?? 0;
    placedAt.set(anchor ?? "", turn + 1);
    const angle = turn * Math.PI * (3 - Math.sqrt(5)); // the golden angle: neighbours spread evenly
    const distance = 42 + 9 * Math.sqrt(turn);
    places.set(node.id, { x: at.x + distance * Math.cos(angle), y: at.y + distance * Math.sin(angle) });
  }
  return places;
}
