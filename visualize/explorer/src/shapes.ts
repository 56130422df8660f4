/** The outline of each type of thing: a dot, a square, a star, a diamond. */

import type { ThingType } from "./types.ts";

type Outline = (context: CanvasPath & { beginPath(): void }, x: number, y: number, radius: number) => void;

const OUTLINES: Record<ThingType, Outline> = {
  character: (context, x, y, radius) => {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
  },
  person: (context, x, y, radius) => {
    const half = radius * 0.88;
    context.beginPath();
    context.rect(x - half, y - half, 2 * half, 2 * half);
  },
  series: (context, x, y, radius) => polygon(context, points(x, y, radius * 1.35)),
  thing: (context, x, y, radius) => polygon(context, diamond(x, y, radius * 1.2)),
};

export function shapeOf(type: ThingType): Outline {
  return OUTLINES[type] ?? OUTLINES.thing;
}

/** The corners of a star of five rays, as "x,y" pairs of numbers. */
export function points(x: number, y: number, radius: number): [number, number][] {
  return Array.from({ length: 10 }, (_, at): [number, number] => {
    const angle = (at * Math.PI) / 5 - Math.PI / 2;
    const length = at % 2 ? radius * 0.46 : radius;
    return [x + length * Math.cos(angle), y + length * Math.sin(angle)];
  });
}

export function diamond(x: number, y: number, radius: number): [number, number][] {
  return [[x, y - radius], [x + radius, y], [x, y + radius], [x - radius, y]];
}

function polygon(context: CanvasPath & { beginPath(): void }, corners: [number, number][]): void {
  context.beginPath();
  corners.forEach(([x, y], at) => (at ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
}
