/** Taking away: the picture as PNG or SVG, its data in files, the SPARQL behind it. */

import { visible } from "./dom.ts";
import type { Shown } from "./shown.ts";
import { COMMUNITY_COLOURS, radiusOf, styleOf } from "./styles.ts";
import { diamond, points } from "./shapes.ts";
import type { Node } from "./types.ts";

/** Offer a file to be saved. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A name for a file made of a title: letters, digits and hyphens. */
export function fileName(title: string, ending: string): string {
  const plain = title.normalize("NFKD").replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-+|-+$/g, "").toLowerCase();
  return `${plain.slice(0, 60) || "tellygraph"}.${ending}`;
}

/** What is on screen as SVG 1.1, on a light ground, in the layout's units. */
export function svgOf(shown: Shown, places: ReadonlyMap<string, { x: number; y: number }>, title: string): string {
  const at = (id: string): { x: number; y: number } => places.get(id) ?? { x: 0, y: 0 };
  const xs = shown.nodes.map((node) => at(node.id).x);
  const ys = shown.nodes.map((node) => at(node.id).y);
  const [left, top] = [xs.reduce((a, b) => Math.min(a, b), 0) - 60, ys.reduce((a, b) => Math.min(a, b), 0) - 40];
  const [right, bottom] = [xs.reduce((a, b) => Math.max(a, b), 0) + 60, ys.reduce((a, b) => Math.max(a, b), 0) + 60];
  const lines = shown.edges.map((edge) => {
    const style = styleOf(edge.group);
    const [from, to] = [at(edge.source), at(edge.target)];
    const dash = style.dash.length ? ` stroke-dasharray="${style.dash.join(" ")}"` : "";
    return `<line x1="${round(from.x)}" y1="${round(from.y)}" x2="${round(to.x)}" y2="${round(to.y)}" stroke="${style.light}" stroke-width="${style.width}"${dash}/>`;
  });
  const nodes = shown.nodes.map((node) => {
    const place = at(node.id);
    const radius = radiusOf(node.degree);
    return `${outline(node, place, radius)}<text x="${round(place.x)}" y="${round(place.y + radius + 12)}">${escaped(node.label)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${round(left)} ${round(top)} ${round(right - left)} ${round(bottom - top)}" font-family="sans-serif" font-size="11" text-anchor="middle">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="${round(left)}" y="${round(top)}" width="${round(right - left)}" height="${round(bottom - top)}" fill="#fbfaf8"/>`,
    ...lines, ...nodes, "</svg>", "",
  ].join("\n");
}

function outline(node: Node, { x, y }: { x: number; y: number }, radius: number): string {
  const fill = `fill="${COMMUNITY_COLOURS[node.community % COMMUNITY_COLOURS.length]![0]}"`;
  const polygon = (corners: [number, number][]): string => `<polygon points="${corners.map((pair) => pair.map(round).join(",")).join(" ")}" ${fill}/>`;
  if (node.type === "character") return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" ${fill}/>`;
  if (node.type === "person") return `<rect x="${round(x - radius * 0.88)}" y="${round(y - radius * 0.88)}" width="${round(radius * 1.76)}" height="${round(radius * 1.76)}" ${fill}/>`;
  return polygon(node.type === "series" ? points(x, y, radius * 1.35) : diamond(x, y, radius * 1.2));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The canvas in an element as a picture, on the element's ground. */
export function pngOf(element: HTMLElement): Promise<Blob> {
  const canvas = element.querySelector("canvas");
  const copy = document.createElement("canvas");
  copy.width = canvas?.width ?? 1;
  copy.height = canvas?.height ?? 1;
  const context = copy.getContext("2d");
  if (canvas === null || context === null) return Promise.reject(new Error("The picture cannot be read."));
  context.fillStyle = getComputedStyle(element).backgroundColor;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve, reject) =>
    copy.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture cannot be written."))), "image/png"),
  );
}
