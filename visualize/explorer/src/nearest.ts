/** What lies under a point: the nearest thing or line within reach. */

export interface Spot {
  x?: number | undefined;
  y?: number | undefined;
  radius: number;
}

export interface Span<S extends Spot> {
  source: S;
  target: S;
  /** How far the line bends to its side, as a share of its length. */
  bend: number;
}

const PIECES = 12; // straight pieces that a bent line is taken for

/** The thing whose rim is nearest to a point and at most `reach` away; of several around it the one whose middle is nearest. */
export function spotAt<S extends Spot>(spots: Iterable<S>, x: number, y: number, reach: number): S | null {
  let nearest: S | null = null;
  let least = Infinity;
  for (const spot of spots) {
    const away = Math.hypot((spot.x ?? 0) - x, (spot.y ?? 0) - y);
    if (away <= spot.radius + reach && away < least) [nearest, least] = [spot, away];
  }
  return nearest;
}

/** The line nearest to a point, if it is at most `reach` away. */
export function spanAt<L extends Span<Spot>>(spans: Iterable<L>, x: number, y: number, reach: number): L | null {
  let nearest: L | null = null;
  let least = reach;
  for (const span of spans) {
    const away = distance(span, x, y);
    if (away <= least) [nearest, least] = [span, away];
  }
  return nearest;
}

function distance({ source, target, bend }: Span<Spot>, x: number, y: number): number {
  const [x1, y1, x2, y2] = [source.x ?? 0, source.y ?? 0, target.x ?? 0, target.y ?? 0];
  if (!bend) return toPiece(x, y, x1, y1, x2, y2);
  // The control point is where force-graph puts it: beside the middle, at the right of the way from source to target.
  const [cx, cy] = [(x1 + x2) / 2 + bend * (y2 - y1), (y1 + y2) / 2 - bend * (x2 - x1)];
  const at = (t: number): [number, number] => [
    (1 - t) ** 2 * x1 + 2 * t * (1 - t) * cx + t ** 2 * x2,
    (1 - t) ** 2 * y1 + 2 * t * (1 - t) * cy + t ** 2 * y2,
  ];
  let least = Infinity;
  for (let piece = 0; piece < PIECES; piece += 1)
    least = Math.min(least, toPiece(x, y, ...at(piece / PIECES), ...at((piece + 1) / PIECES)));
  return least;
}

function toPiece(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}
