/** What the explorer decides without a page: its address, its labels, what is shown and where. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { EmbeddedProvider } from "../src/embedded.ts";
import { counted, followable, shortened, visible } from "../src/dom.ts";
import { placed, type Wanted } from "../src/labels.ts";
import { spanAt, spotAt } from "../src/nearest.ts";
import { countsOf, settled, shownOf } from "../src/shown.ts";
import { EMPTY, fromQuery, type State, toQuery } from "../src/state.ts";
import { fileName, svgOf } from "../src/take.ts";
import type { Edge, Node, Quote, View } from "../src/types.ts";

/** Numbers that look random and are the same every time (Lehmer's generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

function node(id: string, type: Node["type"] = "character", season: number | null = 1): Node {
  return { id, label: id.toUpperCase(), type, shows: ["s"], season, degree: 1, community: 0, x: 0, y: 0 };
}

function edge(source: string, target: string, more: Partial<Edge> = {}): Edge {
  return { id: `${source} ${target}`, source, target, relation: "relationship", kind: "friend", group: "social", label: "friend",
    phrase: "is a friend of", status: null, season: 1, confidence: 0.9, reviews: 1, against: 0, directed: false, show: "s",
    claims: [`claim ${source} ${target}`], ...more };
}

const VIEW: View = {
  title: "Saltmarsh", until: null, seasons: [1, 2], shows: { s: "Saltmarsh", t: "Northgate" }, heldBack: 0, leftOut: 0,
  nodes: [node("nell"), node("sam"), node("bea", "character", 2), node("mara", "person")],
  edges: [edge("nell", "sam"), edge("bea", "nell", { season: 2, confidence: 0.6, reviews: 3 }), edge("mara", "nell", { group: "cast", relation: "plays", kind: null, directed: true })],
};

const QUOTE: Quote = { claim: "claim bea nell", quote: "best friend", prefix: "", suffix: "", season: 2, confidence: 0.9, rule: null, reader: null,
  review: { iri: "r", title: "R", author: null, publisher: null, date: null, season: 2, url: null } };

test("any state comes back from its address", () => {
  const next = numbers(7);
  const some = <T>(values: T[]): T => values[Math.floor(next() * values.length)]!;
  for (let turn = 0; turn < 500; turn++) {
    const state: State = {
      show: some([null, "https://e.org/s", "a b&c=d#é"]), around: some([[], ["x"], ["x", "y,z"]]),
      only: some<State["only"]>([{}, { x: ["family"] }, { "https://e.org/x,y": ["cast", "work"], z: ["harm"] }]), until: some([null, "all", 1, 12]),
      off: some([[], ["cast", "crew"]]), without: some([[], ["https://e.org/s?a&b"]]), cast: some(["all", "characters", "people"] as const), sure: some([0, 0.35, 0.95]),
      agree: some([1, 4]), hidden: some([[], ["h", "+ %"]]), selected: some([null, "a relation kind b"]), view: some(["picture", "list"] as const),
      connect: some([null, { from: "a", to: null }, { from: "a", to: "b" }]), compare: some([null, { one: 1, other: 10 }]),
    };
    assert.deepEqual(fromQuery(toQuery(state)), state);
  }
  assert.equal(toQuery(EMPTY), "");
});

test("an address that makes no sense is as if it said nothing", () => {
  assert.deepEqual(fromQuery("?until=-1&cast=x&sure=NaN&agree=zero&compare=1&as=y&off=&show=&only=x&only=family,&only=A%20x"), EMPTY);
  assert.equal(fromQuery("?sure=7").sure, 1);
});

test("no label lies over another, the heavier is there", () => {
  const next = numbers(11);
  const wanted: Wanted[] = Array.from({ length: 400 }, (_, at) => ({ text: String(at), x: next() * 900, y: next() * 600, width: 20 + next() * 120, weight: next() }));
  const chosen = placed(wanted, 14, 160);
  assert.ok(chosen.length > 40 && chosen.length <= 160);
  chosen.forEach((one, at) => chosen.slice(at + 1).forEach((other) => {
    const apart = Math.abs(one.x - other.x) * 2 >= one.width + other.width || Math.abs(one.y - other.y) >= 14;
    assert.ok(apart, `${one.text} and ${other.text}`);
  }));
  assert.equal(chosen[0]!.weight, Math.max(...wanted.map((label) => label.weight)));
});

test("filters leave what they say, and nothing without a line", () => {
  const ids = (change: Partial<State>): string[] => shownOf(VIEW, { ...EMPTY, ...change }).nodes.map((one) => one.id);
  assert.deepEqual(ids({}), ["nell", "sam", "bea", "mara"]);
  assert.deepEqual(ids({ off: ["cast"] }), ["nell", "sam", "bea"]);
  assert.deepEqual(ids({ cast: "characters" }), ["nell", "sam", "bea"]);
  assert.deepEqual(ids({ cast: "people" }), []);
  assert.deepEqual(ids({ sure: 0.9 }), ["nell", "sam", "mara"]);
  assert.deepEqual(ids({ agree: 2 }), ["nell", "bea"]);
  assert.deepEqual(ids({ hidden: ["nell"] }), []);
  assert.deepEqual(ids({ hidden: ["nell"], around: ["sam"] }), ["sam"]);
  assert.deepEqual([...countsOf(VIEW)], [["social", 2], ["cast", 1]]);
});

test("who was there stays, newcomers come near their neighbour", () => {
  const places = settled(VIEW, new Map([["nell", { x: 500, y: -300 }], ["gone", { x: 1, y: 1 }]]));
  assert.deepEqual(places.get("nell"), { x: 500, y: -300 });
  assert.equal(places.has("gone"), false);
  const near = ["sam", "bea", "mara"].map((id) => places.get(id)!);
  for (const { x, y } of near) assert.ok(Math.hypot(x - 500, y + 300) < 80);
  assert.equal(new Set(near.map(({ x, y }) => `${x} ${y}`)).size, 3);
});

test("a single file has its guard too", async () => {
  const file = new EmbeddedProvider({ view: VIEW, quotes: { "claim bea nell": [QUOTE] }, values: {}, files: { csv: "a,b" } });
  assert.equal(file.show, "s");
  const first = await file.view({ show: "s", until: "first" });
  assert.deepEqual([first.until, first.heldBack, first.edges.length], [1, 1, 2]);
  assert.ok(!first.nodes.some((one) => one.id === "bea"));
  assert.deepEqual(await file.find("bea", 1), []);
  assert.deepEqual((await file.find("BEA", null)).map((match) => match.iri), ["bea"]);
  assert.deepEqual((await file.evidence(["claim bea nell"], 1)).for, []);
  assert.deepEqual((await file.evidence(["claim bea nell"], 2)).for, [QUOTE]);
  assert.deepEqual((await file.path("bea", "sam", 1)).steps, []);
  assert.deepEqual((await file.path("bea", "sam", null)).steps.map((step) => step.to.iri), ["nell", "sam"]);
  assert.deepEqual((await file.thing("nell", 1)).facts.map((fact) => fact.other?.iri), ["sam", "mara"]);
  const compared = await file.compare("s", 1, 2);
  assert.deepEqual(compared.came.map((one) => one.id), ["bea"]);
  assert.equal(await file.file("csv"), "a,b");
  await assert.rejects(file.file("gexf"), /does not carry/);
  await assert.rejects(file.sparql(), /tellygraph serve/);
});

test("what comes from data is text", () => {
  assert.equal(visible("a\u202eb\u0000c"), "a\ufffdb\ufffdc");
  assert.equal(shortened("😀".repeat(50), 5), "😀😀😀😀…");
  assert.equal(followable("javascript:alert(1)"), null);
  assert.equal(followable("HTTPS://lamp.example/a"), "HTTPS://lamp.example/a");
  const picture = svgOf({ nodes: [{ ...node("a"), label: '<script>"&' }], edges: [] }, new Map(), "<x>");
  assert.ok(picture.includes("&lt;script&gt;&quot;&amp;") && !picture.includes("<script"));
  assert.match(fileName("../../<Sal>:t", "png"), /^[^/\\<>:]+\.png$/);
});

test("what is under a point is the nearest thing whose rim is within reach", () => {
  const [small, large] = [{ x: 0, y: 0, radius: 2 }, { x: 20, y: 0, radius: 10 }];
  assert.equal(spotAt([small, large], 3, 0, 2), small);
  assert.equal(spotAt([small, large], 11, 0, 0), large);
  assert.equal(spotAt([small, large], 6, 0, 1), null);
});

test("a bent line is met where it is drawn, not where a straight one would be", () => {
  const [source, target] = [{ x: 0, y: 0, radius: 1 }, { x: 100, y: 0, radius: 1 }];
  const [straight, bent] = [{ source, target, bend: 0 }, { source, target, bend: 0.4 }];
  assert.equal(spanAt([straight, bent], 50, 1, 3), straight);
  assert.equal(spanAt([straight, bent], 50, -20, 3), bent);
  assert.equal(spanAt([straight, bent], 50, 20, 3), null);
  assert.equal(spanAt([{ source, target: source, bend: 0 }], 0, 1, 3)?.target, source);
});

test("numbers are grouped by thousands", () => {
  assert.deepEqual([1, 12, 123, 1234, 123456, 1234567].map((count) => counted(count, "fact")),
    ["1 fact", "12 facts", "123 facts", "1,234 facts", "123,456 facts", "1,234,567 facts"]);
});

test("neighbours asked for by kind are those that relations of the kind lead to; the show's own facts stay", () => {
  const view: View = { ...VIEW, nodes: ["a", "b", "c", "d"].map((id) => node(id)),
    edges: [edge("a", "b"), edge("a", "c", { show: "t", group: "family" }), edge("a", "d", { show: "t", group: "work" })] };
  const others = (only: State["only"]): string[] => shownOf(view, { ...EMPTY, show: "s", around: ["a"], only }).edges.map((one) => one.target);
  assert.deepEqual(others({}), ["b", "c", "d"]);
  assert.deepEqual(others({ a: ["family"] }), ["b", "c"]);
  assert.deepEqual(others({ a: ["family", "work"] }), ["b", "c", "d"]);
});

test("what is of a show that is switched off is not shown, nor who is in nothing else", () => {
  const view: View = { ...VIEW, nodes: ["a", "b", "c"].map((id) => node(id)), edges: [edge("a", "b"), edge("a", "c", { show: "t" })] };
  const shown = shownOf(view, { ...EMPTY, without: ["t"] });
  assert.deepEqual([shown.nodes.map((one) => one.id), shown.edges.length], [["a", "b"], 1]);
});
