// Put together, and the handle that tests and other programs use: see docs/pictures.md, "For programs".
draw();
buildKinds();
buildShows();
buildMarks();
buildSearch();
buildButtons();
showEmpty();
if (picture.physics) setMoving(true);

network.on("click", ({ nodes, edges, pointer }) => {
  const thing = network.getNodeAt(pointer.DOM);
  if (thing !== undefined && nodes.length) chooseThing(thing, { look: false });
  else if (edges.length) chooseLine(edges[0]);
  else if (!panel.hidden) letGo();
});
network.on("hoverNode", ({ node, pointer }) => { stage.style.cursor = "pointer"; tipForThing(node, pointer.DOM); });
network.on("hoverEdge", ({ edge, pointer }) => { stage.style.cursor = "pointer"; tipForLine(edge, pointer.DOM); });
for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(event, () => { stage.style.cursor = ""; tip.hidden = true; });
stage.addEventListener("pointerleave", () => { tip.hidden = true; });
dark.addEventListener("change", () => { restyle(); buildMarks(); network.redraw(); });

const onPage = ({ x, y }) => {
  const at = network.canvasToDOM({ x, y }), frame = stage.getBoundingClientRect();
  return { x: frame.left + at.x, y: frame.top + at.y };
};
const thingNamed = (name) => {
  const thing = things.find((t) => t.iri === name) || things.find((t) => t.name === name);
  if (!thing) throw new Error(`the picture has no node ${JSON.stringify(name)}`);
  return thing;
};
window.tellygraph = Object.freeze({
  get firstDrawn() { return firstDrawn; },
  get visible() { return { nodes: visibleThings.size, lines: visibleLines.size, facts: visibleFacts.size }; },
  get chosen() { return chosen.thing !== null ? things[chosen.thing].name : chosen.line !== null ? wordsOf(lines[chosen.line]) : null; },
  names: () => things.filter((t) => visibleThings.has(t.id)).map((t) => t.name),
  positionOf: (name) => onPage(network.getPosition(thingNamed(name).id)),
  middleOf: (one, other, group) => {
    const ids = new Set([thingNamed(one).id, thingNamed(other).id]);
    const line = lines.find((l) => ids.has(l.source) && ids.has(l.target) && (!group || l.group === group));
    if (!line) throw new Error(`the picture has no line between ${JSON.stringify(one)} and ${JSON.stringify(other)}`);
    return onPage(network.body.edges[line.id].edgeType.getPoint(0.5));
  },
  choose: (name) => chooseThing(thingNamed(name).id),
  fit: () => fit(false),
});
