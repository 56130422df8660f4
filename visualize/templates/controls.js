// Key, filters, search, buttons and keys.
const byId = (id) => document.getElementById(id);
const tally = (list, key) => list.reduce((m, o) => m.set(key(o), (m.get(key(o)) || 0) + 1), new Map());

function box(checked, onchange) {
  const input = el("input", { type: "checkbox" });
  input.checked = checked;
  input.addEventListener("change", () => onchange(input.checked));
  return input;
}
function row(input, mark, name, number, ...after) {
  return el("div", { class: "row" }, el(input ? "label" : "span", { class: "line" }, ...(input ? [input] : []), ...(mark ? [mark] : []), el("span", { class: "name", title: name }, name), el("span", { class: "count" }, number.toLocaleString("en"))), ...after);
}
function filtersChanged() {
  applyFilters();
  if (chosen.thing !== null && visibleThings.has(chosen.thing)) chooseThing(chosen.thing, { look: false });
  else if (chosen.line !== null && visibleLines.has(chosen.line)) chooseLine(chosen.line);
  else if (!panel.hidden) letGo();
  showEmpty();
  announce(`Showing ${count(visibleThings.size, "name")} and ${visibleFacts.size} of ${count(facts.length, "fact")}.`);
}
const toggle = (set, key, on) => (on ? set.delete(key) : set.add(key));
const refreshers = [];

function buildKinds() {
  const kinds = tally(facts, kindKey);
  for (const group of picture.groups) {
    const own = [...kinds.keys()].filter((k) => k.startsWith(`${group}/`)).sort((a, b) => kinds.get(b) - kinds.get(a) || (a < b ? -1 : 1));
    if (!own.length) continue;
    const whole = box(true, (on) => { own.forEach((k) => toggle(offKinds, k, on)); refresh(); filtersChanged(); });
    const inner = el("div", { class: "inner", hidden: true, id: `kinds-${group}` });
    const more = el("button", { type: "button", class: "more", "aria-expanded": "false", "aria-controls": inner.id, "aria-label": `Kinds of ${group}`, onclick: () => {
      inner.hidden = !inner.hidden;
      more.setAttribute("aria-expanded", String(!inner.hidden));
    } }, "›");
    for (const key of own) {
      const one = box(true, (on) => { toggle(offKinds, key, on); refresh(); filtersChanged(); });
      refreshers.push(() => { one.checked = !offKinds.has(key); });
      inner.append(row(one, null, key.slice(group.length + 1), kinds.get(key)));
    }
    refreshers.push(() => {
      const off = own.filter((k) => offKinds.has(k)).length;
      whole.checked = off < own.length;
      whole.indeterminate = off > 0 && off < own.length;
    });
    byId("kinds").append(row(whole, sample(group), groupTitle(group), own.reduce((n, k) => n + kinds.get(k), 0), more), inner);
  }
}
function quick(text, act) { return el("button", { type: "button", class: "quick", onclick: act }, text); }
function buildShows() {
  const shows = tally(facts, (f) => f.series || "");
  const names = [...shows.keys()].map((iri) => [iri ? picture.series[iri] || iri : "No show named", iri]).sort(([a], [b]) => (a < b ? -1 : 1));
  byId("key-shows").parentElement.hidden = names.length === 0;
  for (const [name, iri] of names) {
    const one = box(true, (on) => { toggle(offShows, iri, on); filtersChanged(); });
    refreshers.push(() => { one.checked = !offShows.has(iri); });
    byId("shows").append(row(one, null, name, shows.get(iri)));
  }
  if (names.length > 2) byId("shows").append(
    quick("All", () => { offShows.clear(); refresh(); filtersChanged(); }), quick("None", () => { names.forEach(([, iri]) => offShows.add(iri)); refresh(); filtersChanged(); }));
}
const refresh = () => refreshers.forEach((f) => f());

function buildMarks() {
  const shapes = tally(things, (t) => t.shape);
  const plural = { dot: "Characters", square: "People", star: "Shows", diamond: "Things" };
  byId("shapes").replaceChildren(...Object.keys(plural).filter((s) => shapes.get(s)).map((s) => el("li", {}, row(null, shapeSample(s, colours.soft), plural[s], shapes.get(s)))));
  const members = tally(things, (t) => t.community);
  const all = [...members.keys()].sort((a, b) => a - b);
  byId("colours").replaceChildren(...all.slice(0, picture.colours.length).map((c) => {
    const chief = byWeight.find((t) => t.community === c);
    return el("li", {}, row(null, shapeSample("dot", nodeColour(chief.colour)), `Around ${chief.name}`, members.get(c)));
  }));
  const left = all.length - picture.colours.length;
  if (left > 0) byId("colours").append(el("li", { class: "meta" }, `and ${count(left, "smaller group")}; far-off groups share a colour`));
  document.querySelectorAll("svg[data-group] line").forEach((l) => l.setAttribute("stroke", lineColour(l.parentElement.dataset.group)));
}

function showEmpty() {
  const empty = byId("empty");
  empty.hidden = visibleThings.size > 0;
  document.documentElement.classList.toggle("nothing", !things.length);
  if (!things.length) empty.replaceChildren(el("h2", {}, "Nothing to draw yet"),
    el("p", {}, "No facts match. Add reviews with “tellygraph add”, or ask for a wider picture: another show, another name, more kinds."));
  else if (!visibleThings.size) empty.replaceChildren(el("h2", {}, "All is filtered out"), el("p", {}, "The filters hide every fact."),
    el("button", { type: "button", onclick: resetAll }, "Show everything"));
}
function resetAll() {
  offKinds.clear(); offShows.clear();
  refresh();
  setMoving(false);
  letGo();
  applyFilters();
  putBack();
  byId("search").value = "";
  showEmpty();
  fit();
  announce("Everything is shown again.");
}
function setMoving(on) {
  byId("move").setAttribute("aria-pressed", String(on));
  setPhysics(on);
}

function buildSearch() {
  const input = byId("search"), list = byId("found");
  let found = [], at = -1;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = (i) => {
    at = i;
    [...list.children].forEach((li, n) => li.setAttribute("aria-selected", String(n === i)));
    if (found[i]) { input.setAttribute("aria-activedescendant", `found-${i}`); list.children[i].scrollIntoView({ block: "nearest" }); }
  };
  const take = (i) => { if (!found[i]) return; const { id, name } = found[i]; input.value = name; close(); closeKey(); chooseThing(id); };
  const look = () => {
    const result = search(input.value);
    found = result.found;
    const items = found.map((t, i) => {
      const shows = t.type === "series" ? [] : showsOf(t).slice(0, 2);
      const li = el("li", { role: "option", id: `found-${i}`, "aria-selected": "false" }, t.name, el("small", {}, [typeNames[t.type], ...shows].join(" · ")));
      li.addEventListener("pointerdown", (e) => { e.preventDefault(); take(i); });
      return li;
    });
    const none = result.hidden ? `${count(result.hidden, "match", "matches")} hidden by the filters` : "No name matches";
    if (!items.length) items.push(el("li", { class: "none", role: "option", "aria-disabled": "true" }, none));
    list.replaceChildren(...items);
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (!list.hidden) announce(found.length ? `${count(found.length, "name")} found` : none);
    mark(found.length ? 0 : -1);
  };
  input.addEventListener("input", look);
  input.addEventListener("focus", () => { if (input.value.trim()) look(); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (list.hidden) look();
      else if (found.length) mark((at + (e.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
    } else if (e.key === "Enter") { e.preventDefault(); if (list.hidden) look(); take(Math.max(at, 0)); }
    else if (e.key === "Escape" && input.value) { // first close the list, then empty the box, then let go of what is chosen
      e.stopPropagation();
      e.preventDefault();
      if (list.hidden) input.value = "";
      close();
    }
  });
}

function closeKey() { byId("key").classList.remove("open"); byId("open-key").setAttribute("aria-expanded", "false"); }
function buildButtons() {
  byId("fit").addEventListener("click", () => fit());
  byId("zoom-in").addEventListener("click", () => zoom(1.4));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  byId("reset").addEventListener("click", resetAll);
  byId("move").addEventListener("click", () => setMoving(byId("move").getAttribute("aria-pressed") !== "true"));
  byId("open-facts").addEventListener("click", openFacts);
  byId("close-facts").addEventListener("click", () => factsDialog.close());
  byId("open-key").addEventListener("click", () => { byId("key").classList.add("open"); byId("open-key").setAttribute("aria-expanded", "true"); byId("close-key").focus(); });
  byId("close-key").addEventListener("click", () => { closeKey(); byId("open-key").focus(); });
  stage.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const acts = { ArrowLeft: () => pan(-60, 0), ArrowRight: () => pan(60, 0), ArrowUp: () => pan(0, -60), ArrowDown: () => pan(0, 60), "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: () => fit() };
    if (acts[e.key]) { e.preventDefault(); acts[e.key](); }
  });
  document.addEventListener("keydown", (e) => {
    const typing = e.target instanceof HTMLInputElement && e.target.type === "search";
    if (e.key === "/" && !typing && !factsDialog.open) { e.preventDefault(); byId("search").focus(); byId("search").select(); }
    else if (e.key === "Escape" && !factsDialog.open) { closeKey(); if (!panel.hidden) letGo(); }
  });
}
