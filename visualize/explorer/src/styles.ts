/** How groups of relations and types of things look: twice told, by shape or dash as well as by colour. */

import type { ThingType } from "./types.ts";

export interface GroupStyle {
  name: string;
  light: string;
  dark: string;
  dash: number[];
  width: number;
}

/** Line colours are Okabe and Ito's (2008), told apart by colour-blind readers; the picture's page has the same. */
export const GROUPS: Record<string, GroupStyle> = {
  family: { name: "Family", light: "#009E73", dark: "#1DBE92", dash: [], width: 2.2 },
  romance: { name: "Romance", light: "#C4628F", dark: "#E08FBC", dash: [14, 5], width: 2.2 },
  social: { name: "Friends and rivals", light: "#3F8FC6", dark: "#56B4E9", dash: [6, 5], width: 1.9 },
  work: { name: "Work and school", light: "#C27F00", dark: "#E69F00", dash: [14, 5, 3, 5], width: 1.9 },
  harm: { name: "Harm", light: "#D55E00", dark: "#F07A22", dash: [3, 4], width: 2.4 },
  cast: { name: "Who plays whom", light: "#8A8F98", dark: "#7F8792", dash: [], width: 1.1 },
  crew: { name: "Behind the camera", light: "#0072B2", dark: "#4B9FDB", dash: [9, 4], width: 1.3 },
  other: { name: "Other", light: "#4A4A4A", dark: "#D8D8D8", dash: [2, 7], width: 1.5 },
};

export const OTHER_GROUP = "other";

/** The style of a group, also of one that is not known here. */
export function styleOf(group: string): GroupStyle {
  return GROUPS[group] ?? GROUPS[OTHER_GROUP]!;
}

export const TYPES: Record<ThingType, string> = {
  character: "Character",
  person: "Person",
  series: "Show",
  thing: "Thing",
};

/** Node colours on a light and a dark page, by community; far-off communities may share one (Paul Tol, 2021). */
export const COMMUNITY_COLOURS: readonly (readonly [string, string])[] = [
  ["#CC6677", "#EE8866"], ["#44AA99", "#44BB99"], ["#6655AA", "#AAAAEE"], ["#B8A040", "#EEDD88"],
  ["#5FA8D3", "#77AADD"], ["#882255", "#FFAABB"], ["#117733", "#99CC66"], ["#999933", "#BBCC33"],
];

/** The radius of a node in the layout's units. */
export function radiusOf(degree: number): number {
  return 5 + Math.min(11, 1.9 * Math.sqrt(degree));
}
