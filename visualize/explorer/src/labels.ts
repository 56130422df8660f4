/** Which names are written: the most joined first, none over another. */

export interface Wanted {
  text: string;
  /** The middle of the label's upper edge, in pixels. */
  x: number;
  y: number;
  width: number;
  /** More is sooner. */
  weight: number;
}

export interface Placed extends Wanted {
  height: number;
}

const CELL = 64;
const SIZE = 12.5;
const FONT = `500 ${SIZE}px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif`;

/** Write names on a canvas, in its element's pixels; a crowd that moves has fewer, without rims. */
export function drawLabels(context: CanvasRenderingContext2D, wanted: Wanted[], { dark, crowded }: { dark: boolean; crowded: boolean }): void {
  const ratio = window.devicePixelRatio || 1;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.font = FONT;
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineWidth = 3.5;
  context.lineJoin = "round";
  context.strokeStyle = dark ? "#14161bd9" : "#fbfaf8e0";
  context.fillStyle = dark ? "#eceae5" : "#1d2026";
  const considered = wanted.sort((one, other) => other.weight - one.weight).slice(0, crowded ? 60 : 400);
  for (const label of considered) label.width = context.measureText(label.text).width;
  for (const label of placed(considered, SIZE + 2, crowded ? 25 : 160)) {
    if (!crowded) context.strokeText(label.text, label.x, label.y);
    context.fillText(label.text, label.x, label.y);
  }
  context.restore();
}

/** Choose labels so that no two overlap: at most `most`, those of more weight first, of equal ones in the given order. */
export function placed(wanted: readonly Wanted[], height: number, most: number): Placed[] {
  const cells = new Map<string, Placed[]>();
  const chosen: Placed[] = [];
  for (const label of [...wanted].sort((one, other) => other.weight - one.weight)) {
    if (chosen.length >= most) break;
    const box = { ...label, height };
    const names = cellsOf(box);
    if (names.some((name) => cells.get(name)?.some((other) => overlap(box, other)))) continue;
    chosen.push(box);
    for (const name of names) cells.set(name, [...(cells.get(name) ?? []), box]);
  }
  return chosen;
}

function overlap(one: Placed, other: Placed): boolean {
  return (
    Math.abs(one.x - other.x) * 2 < one.width + other.width + 8 && one.y < other.y + other.height && other.y < one.y + one.height
  );
}

function cellsOf({ x, y, width, height }: Placed): string[] {
  const names: string[] = [];
  for (let column = Math.floor((x - width / 2 - 4) / CELL); column <= Math.floor((x + width / 2 + 4) / CELL); column++)
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row++) names.push(`${column} ${row}`);
  return names;
}
