/** The page starts: with the site behind it, or with the data it carries. */

import "./explorer.css";
import { EmbeddedProvider, type Embedded } from "./embedded.ts";
import { Explorer } from "./explorer.ts";
import { HttpProvider } from "./http.ts";

const root = document.getElementById("explorer");
const data = document.getElementById("explorer-data")?.textContent;
if (root) {
  const provider = data ? new EmbeddedProvider(JSON.parse(data) as Embedded) : new HttpProvider();
  const explorer = new Explorer(root, provider, data === undefined || data === null);
  Object.assign(globalThis, { tellygraph: explorer });
}
