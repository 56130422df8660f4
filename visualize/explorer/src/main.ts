/** The page starts: with the site behind it, or with the data it carries. */

import "./explorer.css";
import { EmbeddedProvider, type Embedded } from "./embedded.ts";
import { Explorer } from "./explorer.ts";
import { HttpProvider } from "./http.ts";
import { EMPTY } from "./state.ts";

const root = document.getElementById("explorer");
const data = document.getElementById("explorer-data")?.textContent;
if (root) {
  const file = data ? new EmbeddedProvider(JSON.parse(data) as Embedded) : null;
  const explorer = new Explorer(root, file ?? new HttpProvider(), file ? { ...EMPTY, show: file.show } : null);
  Object.assign(globalThis, { tellygraph: explorer });
}
