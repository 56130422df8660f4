/** What the explorer asks for and gets: the site's `/api/v1`, or the data inside a single file. */

export type ThingType = "character" | "person" | "series" | "thing";

export interface ThingRef {
  iri: string;
  label: string;
  type: ThingType;
}

export interface Show {
  iri: string;
  name: string;
  /** Numbers of the seasons its reviews speak of, ascending. */
  seasons: number[];
  reviews: number;
  things: number;
  facts: number;
}

/** The shows with most reviews first; `total` counts those that are not listed too. */
export interface Shows {
  shows: Show[];
  total: number;
}

export interface Match extends ThingRef {
  /** The show a character belongs to, or one a person is in. */
  show: ThingRef | null;
  /** The other name that matched, where the label did not. */
  matched: string | null;
}

export interface Node {
  id: string;
  label: string;
  type: ThingType;
  shows: string[];
  /** The first season of which anything is said of it; null where no season is. */
  season: number | null;
  /** Its facts in the whole view. */
  degree: number;
  community: number;
  x: number;
  y: number;
}

export interface Edge {
  id: string;
  source: string;
  target: string;
  relation: string;
  kind: string | null;
  group: string;
  label: string;
  /** The words between the two names: "is the sister of". */
  phrase: string;
  status: string | null;
  season: number | null;
  confidence: number;
  /** How many reviews say so. */
  reviews: number;
  /** How many claims say otherwise of the same two things. */
  against: number;
  directed: boolean;
  show: string | null;
  /** IRIs of the claims it stands for. */
  claims: string[];
}

export interface View {
  title: string;
  /** The last season that may be known; null for all. */
  until: number | null;
  seasons: number[];
  nodes: Node[];
  edges: Edge[];
  /** Names of the shows, by IRI. */
  shows: Record<string, string>;
  /** How many edges the guard holds back. */
  heldBack: number;
  /** What is not in it because there is more than a view may hold. */
  leftOut: number;
}

export interface Quote {
  claim: string;
  quote: string;
  prefix: string;
  suffix: string;
  season: number | null;
  confidence: number;
  rule: string | null;
  reader: string | null;
  review: {
    iri: string;
    title: string;
    author: string | null;
    publisher: string | null;
    date: string | null;
    /** The season it is about. */
    season: number | null;
    url: string | null;
  };
}

export interface Evidence {
  for: Quote[];
  against: { text: string; quotes: Quote[] }[];
}

export interface FactLine {
  relation: string;
  group: string;
  /** What stands before the other thing or the value: "plays", "is the sister of". */
  phrase: string;
  other: ThingRef | null;
  value: string | null;
  status: string | null;
  season: number | null;
  reviews: number;
  confidence: number;
  claims: string[];
  quotes: Quote[];
}

export interface Thing extends ThingRef {
  names: string[];
  shows: ThingRef[];
  /** Where its page is on this site; null in a single file. */
  page: string | null;
  facts: FactLine[];
}

export interface PathStep {
  from: ThingRef;
  to: ThingRef;
  phrase: string;
  /** Whether the phrase reads from `to` to `from`. */
  reversed: boolean;
  quotes: Quote[];
}

export interface Path {
  from: ThingRef;
  to: ThingRef;
  /** Empty where the two are not connected. */
  steps: PathStep[];
}

export interface Comparison {
  show: string;
  one: number;
  other: number;
  came: Node[];
  left: Node[];
  stayed: Node[];
  /** What is said in one season only, between things that are in both. */
  gone: Edge[];
  fresh: Edge[];
}

/** How much may be known: up to a season, of each show its first only (all, where there is but one), or all. */
export type Known = number | "first" | null;

/** What a view is of. */
export interface Asked {
  show?: string;
  around?: string[];
  until?: Known;
}

export type ExportFormat = "turtle" | "jsonld" | "csv" | "gexf";

/** Where data comes from. Every call may fail with an `Error` whose message can be shown. */
export interface Provider {
  /** Whether everything is here already, and nothing more can be asked. */
  readonly offline: boolean;
  shows(): Promise<Shows>;
  find(text: string, until: Known, signal?: AbortSignal): Promise<Match[]>;
  view(asked: Asked, signal?: AbortSignal): Promise<View>;
  thing(iri: string, until: number | null, signal?: AbortSignal): Promise<Thing>;
  evidence(claims: string[], until: number | null, signal?: AbortSignal): Promise<Evidence>;
  path(from: string, to: string, until: number | null, signal?: AbortSignal): Promise<Path>;
  compare(show: string, one: number, other: number, signal?: AbortSignal): Promise<Comparison>;
  /** The file, as text, of what is on screen. */
  file(format: ExportFormat, claims: string[]): Promise<string>;
  sparql(asked: Asked): Promise<string>;
}
