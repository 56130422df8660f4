// The data of the page, and which of it is visible. Everything hangs on facts: a line shows while one of its facts
// does, a node while one of its lines does.
document.documentElement.classList.add("js");
const island = (id) => JSON.parse(document.getElementById(id).textContent);
const picture = island("picture");
const drawnNodes = island("nodes");
const drawnLines = island("lines");

const things = drawnNodes.map((n, i) => ({ ...picture.nodes[i], id: n.id, name: n.label, size: n.size, x: n.x, y: n.y, shape: n.shape, lines: [], facts: [] }));
const facts = picture.facts.map((f, i) => ({
  ...f, id: i,
  quotes: f.quotes.map(([text, review, confidence]) => ({ text, confidence, ...picture.reviews[review] })),
}));
const lines = drawnLines.map((l, i) => ({ ...picture.lines[i], id: l.id, source: l.from, target: l.to }));
for (const line of lines) for (const end of new Set([line.source, line.target])) things[end].lines.push(line);
for (const fact of facts) for (const end of new Set([fact.source, fact.target])) things[end].facts.push(fact);

const offKinds = new Set(); // "group/label" of the kinds that are switched off
const offShows = new Set(); // IRIs of the shows that are switched off; "" is no show
const kindKey = (fact) => `${fact.group}/${fact.label}`;
let visibleFacts = new Set();
let visibleLines = new Set();
let visibleThings = new Set();

function computeVisible() {
  const filtered = offKinds.size > 0 || offShows.size > 0;
  visibleFacts = new Set(facts.filter((f) => !offKinds.has(kindKey(f)) && !offShows.has(f.series || "")).map((f) => f.id));
  visibleLines = new Set(lines.filter((l) => l.facts.some((f) => visibleFacts.has(f))).map((l) => l.id));
  visibleThings = new Set(
    things.filter((t) => !filtered || t.lines.some((l) => visibleLines.has(l.id))).map((t) => t.id),
  );
}
computeVisible();

const factsOf = (line) => line.facts.filter((f) => visibleFacts.has(f)).map((f) => facts[f]);
const wordsOf = (line) => [...new Set(factsOf(line).map((f) => f.label))].join(" · ");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const count = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many || `${one}s`}`;
const showsOf = (thing) => thing.series.map((iri) => picture.series[iri] || iri);
const typeNames = { character: "Character", person: "Person", series: "Show", thing: "Thing" };

function search(text) {
  const wanted = plain(text.trim());
  if (!wanted) return { found: [], hidden: 0 };
  const rank = (t) => {
    const name = plain(t.name);
    const at = name.indexOf(wanted);
    return at < 0 ? -1 : at === 0 ? 0 : /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 1 : 2;
  };
  const all = things.map((t) => [rank(t), t]).filter(([r]) => r >= 0);
  const seen = all.filter(([, t]) => visibleThings.has(t.id));
  seen.sort(([a, s], [b, t]) => a - b || t.facts.length - s.facts.length || s.id - t.id);
  return { found: seen.slice(0, 12).map(([, t]) => t), hidden: all.length - seen.length };
}
