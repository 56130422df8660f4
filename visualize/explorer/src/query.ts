/** The query page: YASGUI's maintained fork, with our prefixes and terms and the catalogue's questions, asking only this site. */

import "@zazuko/yasgui/build/yasgui.min.css";
import "./query.css";
import Yasgui from "@zazuko/yasgui";

import { h } from "./dom.ts";
import { nameParts } from "./queryLabels.ts";
import { PicturePlugin } from "./resultPicture.ts";

interface Term {
  iri: string;
  label: string;
  /** "class" or "property". */
  type: string;
}

interface Example {
  name: string;
  title: string;
  topic: string;
  query: string;
}

interface Known {
  prefixes: Record<string, string>;
  terms: Term[];
  examples: Example[];
}

type Completer = Parameters<typeof Yasgui.Yasqe.registerAutocompleter>[0];

const FIRST = "SELECT DISTINCT ?show ?title WHERE {\n  ?show a schema:TVSeries ; schema:name ?title .\n}\nORDER BY ?title\nLIMIT 50\n";

async function start(root: HTMLElement): Promise<void> {
  const known = (await (await fetch("/query/known.json")).json()) as Known;
  const header = Object.entries(known.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join("\n");
  Yasgui.Yasqe.registerAutocompleter(completer("tellygraph-classes", known, "class"), false);
  Yasgui.Yasqe.registerAutocompleter(completer("tellygraph-properties", known, "property"), false);
  Yasgui.Yasr.registerPlugin("picture", PicturePlugin as never, true);
  const endpoint = new URL("/sparql", location.href).href;
  Yasgui.defaults.requestConfig.endpoint = endpoint; // new tabs go by it
  Yasgui.Yasqe.defaults.value = `${header}\n\n${FIRST}`;
  const yasgui = new Yasgui(root, {
    autofocus: true,
    copyEndpointOnNewTab: true,
    persistenceId: "tellygraph",
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => undefined },
    yasqe: {
      // Its own completers ask other sites for terms and prefixes; ours know what is in this graph.
      autocompleters: ["variables", "tellygraph-classes", "tellygraph-properties"],
    } as never, // the types leave out what CodeMirror adds
    yasr: { prefixes: known.prefixes, pluginOrder: ["table", "boolean", "picture", "response"] } as never,
  });
  nameParts(root);
  const asked = new URLSearchParams(location.search).get("query");
  if (asked) open(yasgui, "Query", asked);
  root.before(examples(known, (example) => open(yasgui, example.title, example.query)));
}

function open(yasgui: Yasgui, name: string, query: string): void {
  yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(), name, yasqe: { value: query } }, { avoidDuplicateTabs: true });
}

function examples(known: Known, chosen: (example: Example) => void): HTMLElement {
  const topics = new Map<string, Example[]>();
  for (const example of known.examples) topics.set(example.topic, [...(topics.get(example.topic) ?? []), example]);
  const select = h(
    "select",
    { id: "examples", onchange: () => {
      const example = known.examples.find((one) => one.name === select.value);
      if (example) chosen(example);
      select.value = "";
    } },
    h("option", { value: "" }, "Choose a question…"),
    ...[...topics].map(([topic, own]) => h("optgroup", { label: topic }, ...own.map((example) => h("option", { value: example.name }, example.title)))),
  );
  return h("p", { class: "examples" }, h("label", { for: "examples" }, "Questions of the catalogue: "), select);
}

/** Completes `prefix:part`, where a class or a property may stand, by what the part is in the term or its label. */
function completer(name: string, known: Known, type: string): Completer {
  const terms = known.terms.filter((term) => term.type === type).map((term) => ({ ...term, short: shortened(term.iri, known.prefixes) }));
  return {
    name,
    bulk: false,
    autoShow: false,
    isValidCompletionPosition: (yasqe) => /^[^?$"']/.test(textOf(yasqe.getCompleteToken())),
    preProcessToken: (_, token) => ({ ...token, autocompletionString: textOf(token) }),
    get: (_, token) => {
      const typed = (token?.autocompletionString ?? "").toLowerCase();
      return terms.filter((term) => term.short.toLowerCase().includes(typed) || term.label.toLowerCase().includes(typed)).map((term) => term.short);
    },
    postProcessSuggestion: (_, __, suggestion) => suggestion,
  };
}

/** A token's text, which CodeMirror's types, not bundled with YASQE's, would say it has. */
function textOf(token: object): string {
  return (token as { string?: string }).string ?? "";
}

function shortened(iri: string, prefixes: Record<string, string>): string {
  const found = Object.entries(prefixes).find(([, base]) => iri.startsWith(base));
  return found ? `${found[0]}:${iri.slice(found[1].length)}` : `<${iri}>`;
}

const root = document.getElementById("query");
if (root) start(root).catch((error: unknown) => root.replaceChildren(h("p", { class: "error", role: "alert" }, error instanceof Error ? error.message : String(error))));
