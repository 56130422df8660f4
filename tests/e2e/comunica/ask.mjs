// Asks an endpoint, by Comunica, what the command line says: node ask.mjs ENDPOINT QUERY; one line of JSON a solution.
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, query] = process.argv.slice(2);
const stream = await new QueryEngine().queryBindings(query, { sources: [{ type: "sparql", value: endpoint }] });
for await (const row of stream) {
  console.log(JSON.stringify(Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value]))));
}
