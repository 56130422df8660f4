// The picture itself. vis-network draws nodes and lines; names are drawn here, after it, because a map's rule suits
// them: the weightiest first, none over another, more of them the nearer one looks.
// vis-network is pinned (a test holds its hash), so `network.body` may be relied on to redraw single nodes and lines.
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const stage = document.getElementById("canvas");
const crowded = picture.crowded;
const chosen = { thing: null, line: null, hover: null };
let colours = {};
let firstDrawn = null;
let network = null;
let nodeData = null;
let lineData = null;

function readColours() {
  const css = getComputedStyle(document.documentElement);
  for (const name of ["page", "ground", "ink", "soft", "accent"]) colours[name] = css.getPropertyValue(`--${name}`).trim();
}
const lineColour = (group) => picture.styles[group][dark.matches ? "dark" : "light"];
const nodeColour = (colour) => picture.colours[colour][dark.matches ? 1 : 0];
const lineAlpha = (line) => { // in a crowd the lines between groups recede, so that the groups can be seen
  const within = things[line.source].community === things[line.target].community;
  if (lines.length < 600) return within || !crowded ? 0.92 : 0.5;
  return within ? 0.55 : 0.22;
};

function nodeLook(thing) {
  const fill = nodeColour(thing.colour);
  const look = { background: fill, border: colours.ground };
  return { id: thing.id, color: { ...look, highlight: { background: fill, border: colours.ink }, hover: { background: fill, border: colours.ink } } };
}
function lineLook(line) {
  const colour = lineColour(line.group);
  return { id: line.id, color: { color: colour, highlight: colour, hover: colour, opacity: lineAlpha(line), inherit: false } };
}

function draw() {
  readColours();
  if (stage.clientHeight > 1.25 * stage.clientWidth) for (const thing of things) [thing.x, thing.y] = [-thing.y, thing.x]; // lie as the screen lies
  nodeData = new vis.DataSet(drawnNodes.map((n, i) => ({ ...n, label: undefined, x: things[i].x, y: things[i].y, ...nodeLook(things[i]) })));
  lineData = new vis.DataSet(drawnLines.map((l, i) => ({ ...l, label: undefined, ...lineLook(lines[i]) })));
  network = new vis.Network(stage, { nodes: nodeData, edges: lineData }, island("options"));
  network.on("afterDrawing", drawOver);
  fit(false);
}

// --- names ---------------------------------------------------------------------------------------------------------
const widths = new Map();
function widthOf(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) { ctx.font = font; widths.set(key, ctx.measureText(text).width); }
  return widths.get(key);
}
const shorten = (text, most) => (Array.from(text).length > most ? `${Array.from(text).slice(0, most - 1).join("")}…` : text);
const family = getComputedStyle(document.documentElement).fontFamily;

class Taken { // rectangles on the screen, in cells, so that asking is cheap
  constructor() { this.cells = new Map(); }
  *at([l, t, r, b]) {
    for (let x = Math.floor(l / 64); x <= Math.floor(r / 64); x++) for (let y = Math.floor(t / 64); y <= Math.floor(b / 64); y++) yield x * 100003 + y;
  }
  add(box) { for (const c of this.at(box)) { if (!this.cells.has(c)) this.cells.set(c, []); this.cells.get(c).push(box); } }
  free(box, except) {
    for (const c of this.at(box)) for (const o of this.cells.get(c) || []) if (o !== except && box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1]) return false;
    return true;
  }
}

const byWeight = [...things].sort((a, b) => (b.shape === "star") - (a.shape === "star") || b.size - a.size || a.id - b.id);

function drawOver(ctx) {
  const ratio = network.canvas.pixelRatio;
  const scale = network.getScale();
  const near = chosen.thing !== null ? neighbourhood(chosen.thing) : chosen.line !== null ? ends(chosen.line) : null;
  if (near) veil(ctx, near);
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const w = stage.clientWidth, h = stage.clientHeight;
  const taken = new Taken(), titles = new Taken();
  const spots = new Map();
  for (const thing of byWeight) {
    if (!visibleThings.has(thing.id)) continue;
    const node = network.body.nodes[thing.id];
    const { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
    const r = thing.size * scale * (thing.shape === "star" ? 0.95 : 1) + 1;
    if (x < -80 || y < -40 || x > w + 80 || y > h + 40) continue;
    const spot = { x, y, r, box: [x - r, y - r, x + r, y + r] };
    spots.set(thing.id, spot);
    if (near ? near.things.has(thing.id) : r > 3.5) taken.add(spot.box);
  }
  const first = byWeight.filter((t) => near && near.things.has(t.id));
  const order = near ? [things[chosen.thing] || first[0], ...first] : byWeight;
  const done = new Set();
  for (const thing of order) {
    if (done.has(thing.id) || !spots.has(thing.id)) continue;
    done.add(thing.id);
    drawName(ctx, thing, spots.get(thing.id), { taken, titles }, scale, near !== null);
  }
  drawWords(ctx, near, taken, scale);
  ctx.restore();
  if (firstDrawn === null && w > 0) {
    firstDrawn = performance.now();
    performance.mark("tellygraph-first-drawn");
  }
}

function drawName(ctx, thing, spot, { taken, titles }, scale, must) {
  const size = Math.round(Math.max(11.5, Math.min(16, (thing.shape === "star" ? 13.5 : 12.5) * Math.pow(scale, 0.25))) * 2) / 2;
  const font = `${thing.shape === "star" ? "700 " : thing.shape === "square" ? "italic " : "500 "}${size}px ${family}`;
  const text = shorten(thing.name, 34);
  const tw = widthOf(ctx, font, text), th = size + 2, gap = 3;
  const { x, y, r } = spot;
  const places = [
    [x - tw / 2, y + r + gap], [x - tw / 2, y - r - gap - th], [x + r + gap + 1, y - th / 2], [x - r - gap - 1 - tw, y - th / 2],
    [x + r * 0.7 + 1, y + r * 0.7], [x - r * 0.7 - 1 - tw, y + r * 0.7], [x + r * 0.7 + 1, y - r * 0.7 - th], [x - r * 0.7 - 1 - tw, y - r * 0.7 - th],
  ];
  const title = crowded && thing.shape === "star"; // names a region, so it may lie over the nodes of it
  const over = title ? titles : taken;
  const inside = ([l, t]) => l >= 2 && t >= 2 && l + tw <= stage.clientWidth - 2 && t + th <= stage.clientHeight - 2;
  let at = places.find((p) => inside(p) && over.free([p[0] - 2, p[1], p[0] + tw + 2, p[1] + th], spot.box));
  if (!at && must && thing.id === chosen.thing) at = places[0];
  if (!at) return;
  const box = [at[0] - 4, at[1] - 1, at[0] + tw + 4, at[1] + th + 1];
  taken.add(box);
  if (title) titles.add(box);
  writeText(ctx, font, text, at[0], at[1] + th / 2, thing.shape === "square" ? colours.soft : colours.ink);
}

function writeText(ctx, font, text, x, y, colour) {
  ctx.font = font;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = colours.ground;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

function drawWords(ctx, near, taken, scale) { // the kinds, along lines long enough to carry them
  const font = `11px ${family}`;
  const shown = near ? near.lines : visibleLines.size <= 400 || scale > 0.75 ? visibleLines : [];
  for (const id of shown) {
    const line = lines[id];
    if (!near && line.group === "cast") continue; // the shapes say it
    const edge = network.body.edges[id];
    if (!edge || !edge.connected) continue;
    const middle = network.canvasToDOM(edge.edgeType.getPoint(0.5));
    if (middle.x < 0 || middle.y < 0 || middle.x > stage.clientWidth || middle.y > stage.clientHeight) continue;
    const text = shorten(wordsOf(line), 40);
    const tw = widthOf(ctx, font, text);
    const box = [middle.x - tw / 2 - 2, middle.y - 7, middle.x + tw / 2 + 2, middle.y + 7];
    if (!taken.free(box)) continue;
    taken.add(box);
    writeText(ctx, font, text, middle.x - tw / 2, middle.y, colours.soft);
  }
}

// --- what is chosen stands out: the rest goes behind a veil, what is near is drawn again over it -------------------------
function neighbourhood(id) {
  const own = things[id].lines.filter((l) => visibleLines.has(l.id));
  return { lines: new Set(own.map((l) => l.id)), things: new Set([id, ...own.flatMap((l) => [l.source, l.target])]) };
}
const ends = (id) => ({ lines: new Set([id]), things: new Set([lines[id].source, lines[id].target]) });

function veil(ctx, near) {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 0.82;
  ctx.fillStyle = colours.ground;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.restore();
  for (const id of near.lines) {
    const edge = network.body.edges[id];
    const faint = edge.options.color.opacity;
    edge.options.color.opacity = 1;
    edge.draw(ctx);
    edge.drawArrows(ctx);
    edge.options.color.opacity = faint;
  }
  for (const id of near.things) network.body.nodes[id].draw(ctx);
}

// --- the view ---------------------------------------------------------------------------------------------------------
const glide = () => (still.matches ? false : { duration: 380, easingFunction: "easeInOutQuad" });

function fit(animate = true, only = visibleThings) {
  const shown = [...only].map((id) => ({ ...network.getPosition(id), size: things[id].size }));
  if (!shown.length) return;
  const left = Math.min(...shown.map((p) => p.x - p.size)), right = Math.max(...shown.map((p) => p.x + p.size));
  const top = Math.min(...shown.map((p) => p.y - p.size)), bottom = Math.max(...shown.map((p) => p.y + p.size));
  const covered = coveredByPanel();
  const w = stage.clientWidth - covered.right, h = stage.clientHeight - covered.bottom;
  const tools = document.querySelector(".tools").offsetHeight;
  const side = Math.min(70, w * 0.09), roof = 34, floor = tools + 44; // room for names, and for the tools below
  const scale = Math.max(0.02, Math.min((w - 2 * side) / Math.max(1, right - left), (h - roof - floor) / Math.max(1, bottom - top), 1.35));
  const position = { x: (left + right) / 2 + covered.right / 2 / scale, y: (top + bottom) / 2 + ((floor - roof) / 2 + covered.bottom / 2) / scale };
  network.moveTo({ position, scale, animation: animate && glide() });
}

function coveredByPanel() {
  const panel = document.getElementById("panel");
  if (panel.hidden) return { right: 0, bottom: 0 };
  return panel.clientWidth > stage.clientWidth * 0.8 ? { right: 0, bottom: panel.clientHeight } : { right: panel.clientWidth + 14, bottom: 0 };
}

function lookAtThing(id) { // at it in the middle, near enough to tell its neighbours apart
  const centre = network.getPosition(id);
  const reach = [...neighbourhood(id).things].map((t) => network.getPosition(t)).map((p) => [Math.abs(p.x - centre.x), Math.abs(p.y - centre.y)]);
  const covered = coveredByPanel();
  const w = stage.clientWidth - covered.right - 130, h = stage.clientHeight - covered.bottom - 120;
  const whole = Math.min(w / 2 / Math.max(40, ...reach.map((r) => r[0])), h / 2 / Math.max(40, ...reach.map((r) => r[1])));
  const scale = Math.max(0.35, Math.min(crowded ? 1.15 : 1.5, whole));
  network.moveTo({ position: { x: centre.x + covered.right / 2 / scale, y: centre.y + covered.bottom / 2 / scale }, scale, animation: glide() });
}
function keepClear({ x, y }) { // of the panel that has just opened
  const at = network.canvasToDOM({ x, y }), covered = coveredByPanel(), scale = network.getScale(), { x: vx, y: vy } = network.getViewPosition();
  const dx = Math.max(0, at.x - (stage.clientWidth - covered.right - 60)), dy = Math.max(0, at.y - (stage.clientHeight - covered.bottom - 40));
  if ((covered.right && dx) || (covered.bottom && dy)) {
    network.moveTo({ position: { x: vx + (covered.right ? dx : 0) / scale, y: vy + (covered.bottom ? dy : 0) / scale }, animation: glide() });
  } else network.redraw();
}
function zoom(factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.02, network.getScale() * factor)), animation: glide() });
}
function pan(dx, dy) {
  const { x, y } = network.getViewPosition(), scale = network.getScale();
  network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale } });
}

function applyFilters() {
  const before = { things: visibleThings, lines: visibleLines };
  computeVisible();
  const changed = (all, was, is) => all.filter((o) => was.has(o.id) !== is.has(o.id)).map((o) => ({ id: o.id, hidden: !is.has(o.id) }));
  lineData.update(changed(lines, before.lines, visibleLines));
  nodeData.update(changed(things, before.things, visibleThings));
  network.redraw();
}
function restyle() {
  readColours();
  nodeData.update(things.map(nodeLook));
  lineData.update(lines.map(lineLook));
}
function setPhysics(on) { network.setOptions({ physics: { enabled: on } }); }
function putBack() { nodeData.update(things.map((t) => ({ id: t.id, x: t.x, y: t.y }))); }
