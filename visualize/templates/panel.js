// Words about what is chosen. Every text enters the page as a text node: no string is ever read as HTML.
const SVG = "http://www.w3.org/2000/svg";
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") node.addEventListener("click", value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((c) => c !== null));
  return node;
}
function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
function sample(group) {
  const style = picture.styles[group];
  const line = svg("line", { x1: 1, y1: 6, x2: 33, y2: 6, stroke: lineColour(group), "stroke-width": Math.max(2, style.width), "stroke-dasharray": style.dash.join(" ") });
  return svg("svg", { width: 34, height: 12, "aria-hidden": "true", "data-group": group }, line);
}
const outlines = { dot: ["circle", { cx: 8, cy: 8, r: 6 }], square: ["rect", { x: 2.5, y: 2.5, width: 11, height: 11 }],
  star: ["path", { d: "M8 .8l2.1 4.6 5 .6-3.7 3.4 1 5L8 12l-4.400 2.4 1-5L.9 6l5-.6z" }], diamond: ["path", { d: "M8 1l7 7-7 7-7-7z" }] };
function shapeSample(shape, fill) {
  const [tag, attributes] = outlines[shape];
  return svg("svg", { width: 16, height: 16, "aria-hidden": "true" }, svg(tag, { ...attributes, fill }));
}

const panel = document.getElementById("panel");
const tip = document.getElementById("tip");
const said = document.getElementById("said");
const announce = (text) => { said.textContent = text; };
const groupTitle = (group) => group[0].toUpperCase() + group.slice(1);

function nameOf(id, self, go) {
  return id === self ? el("strong", {}, things[id].name) : el("button", { type: "button", class: "link", onclick: () => go(id) }, things[id].name);
}
function chips(fact) {
  return [fact.season !== null && `season ${fact.season}`, fact.status].filter(Boolean).flatMap((t) => [" ", el("span", { class: "chip" }, t)]);
}
function quoted(quote) {
  return el("blockquote", { class: "quote" }, el("q", {}, quote.text),
    el("cite", {}, quote.title, ` — confidence ${quote.confidence.toFixed(2)}`));
}
function factBlock(fact, self, go, open) {
  const block = el("div", { class: "fact" },
    el("p", {}, nameOf(fact.source, self, go), ` ${fact.phrase} `, nameOf(fact.target, self, go), ...chips(fact)));
  const [first, ...rest] = fact.quotes;
  if (first) block.append(quoted(first));
  if (rest.length && open) block.append(...rest.map(quoted));
  else if (rest.length) block.append(el("details", {}, el("summary", {}, count(rest.length, "more quote")), ...rest.map(quoted)));
  if (!first) block.append(el("p", { class: "meta" }, "No words were kept for this fact."));
  return block;
}
function grouped(list, self, go, open) {
  return picture.groups.filter((g) => list.some((f) => f.group === g)).map((g) =>
    el("div", { class: "group" }, el("h3", {}, sample(g), groupTitle(g)), ...list.filter((f) => f.group === g).sort((a, b) => a.season - b.season).map((f) => factBlock(f, self, go, open))));
}

function showPanel(title, meta, blocks, iri) {
  panel.replaceChildren(
    el("div", { class: "head" }, el("div", {}, el("h2", {}, title), el("p", { class: "meta" }, meta)),
      el("button", { type: "button", class: "close", "aria-label": "Close details", onclick: letGo }, "×")),
    ...blocks, ...(iri ? [el("p", { class: "iri" }, iri)] : []));
  panel.hidden = false;
  panel.scrollTop = 0;
  tip.hidden = true;
}

function chooseThing(id, { look = true, focus = false } = {}) {
  chosen.thing = id; chosen.line = null;
  network.selectNodes([id], false);
  const thing = things[id];
  const own = thing.facts.filter((f) => visibleFacts.has(f.id));
  const shows = thing.type === "series" ? [] : showsOf(thing);
  const meta = [typeNames[thing.type], ...(shows.length ? [shows.join(", ")] : []), count(own.length, "fact")].join(" · ");
  showPanel(thing.name, meta, grouped(own, id, (other) => chooseThing(other, { focus: true })), thing.iri);
  announce(`${thing.name}: ${meta}`);
  if (look) lookAtThing(id); else keepClear(network.getPosition(id));
  if (focus) panel.focus({ preventScroll: true });
}

function chooseLine(id) {
  chosen.thing = null; chosen.line = id;
  network.setSelection({ nodes: [], edges: [id] }, { highlightEdges: false });
  const line = lines[id], own = factsOf(line);
  const title = `${things[line.source].name} and ${things[line.target].name}`;
  showPanel(title, `${groupTitle(line.group)} · ${count(own.length, "fact")}`, grouped(own, null, (other) => chooseThing(other, { focus: true }), true));
  announce(`${title}: ${wordsOf(line)}`);
  keepClear(network.body.edges[id].edgeType.getPoint(0.5));
}

function letGo() {
  const had = panel.contains(document.activeElement);
  chosen.thing = chosen.line = null;
  panel.hidden = true;
  network.unselectAll();
  network.redraw();
  if (had) stage.focus({ preventScroll: true });
}

function showTip(at, ...parts) {
  tip.replaceChildren(...parts);
  tip.hidden = false;
  const w = tip.offsetWidth, h = tip.offsetHeight;
  tip.style.left = `${Math.max(8, Math.min(at.x + 14, stage.clientWidth - w - 8))}px`;
  tip.style.top = `${at.y + 18 + h > stage.clientHeight - 8 ? Math.max(8, at.y - h - 12) : at.y + 18}px`;
}
function tipForThing(id, at) {
  const thing = things[id];
  const shows = thing.type === "series" ? [] : showsOf(thing);
  const quiet = [typeNames[thing.type], ...shows.slice(0, 3), count(thing.facts.filter((f) => visibleFacts.has(f.id)).length, "fact")];
  showTip(at, el("p", {}, el("strong", {}, thing.name)), el("p", { class: "quiet" }, quiet.join(" · ")));
}
function tipForLine(id, at) {
  const own = factsOf(lines[id]);
  const parts = own.slice(0, 3).map((fact) => {
    const quote = fact.quotes[0];
    return el("p", {}, el("strong", {}, things[fact.source].name), ` ${fact.phrase} `, el("strong", {}, things[fact.target].name), ...chips(fact),
      ...(quote ? [el("br"), el("q", {}, shorten(quote.text, 160)), el("span", { class: "quiet" }, ` ${quote.title}`)] : []));
  });
  if (own.length > 3) parts.push(el("p", { class: "quiet" }, `and ${count(own.length - 3, "more fact")}: click to read`));
  showTip(at, ...parts);
}

const factsDialog = document.getElementById("facts");
const factsList = document.getElementById("facts-list");
function openFacts() {
  const all = facts.filter((f) => visibleFacts.has(f.id));
  const go = (id) => { factsDialog.close(); chooseThing(id, { focus: true }); };
  let shown = 0;
  const more = el("button", { type: "button", class: "quick", onclick: () => addSome() });
  const addSome = () => {
    more.before(...all.slice(shown, shown + 200).map((f) => factBlock(f, null, go)));
    shown = Math.min(all.length, shown + 200);
    more.textContent = `Show more (${count(all.length - shown, "fact")} left)`;
    more.hidden = shown === all.length;
  };
  factsList.replaceChildren(el("p", { class: "meta" }, all.length === facts.length ? `All ${count(all.length, "fact")}.` : `${count(all.length, "fact")} of ${facts.length}: the filters hide the others.`), more);
  addSome();
  factsDialog.showModal();
}
