/** The site as where data comes from. */

import type { Asked, Comparison, Evidence, ExportFormat, Known, Match, Path, Provider, Shows, Thing, View } from "./types.ts";

const API = "/api/v1";

export class HttpProvider implements Provider {
  readonly offline = false;

  shows(): Promise<Shows> {
    return this.#json("shows", []);
  }

  async find(text: string, until: Known, signal?: AbortSignal): Promise<Match[]> {
    return (await this.#json<{ matches: Match[] }>("find", [["q", text], ...season(until)], signal)).matches;
  }

  view(asked: Asked, signal?: AbortSignal): Promise<View> {
    return this.#json("view", parameters(asked), signal);
  }

  thing(iri: string, until: number | null, signal?: AbortSignal): Promise<Thing> {
    return this.#json("thing", [["iri", iri], ...season(until)], signal);
  }

  evidence(claims: string[], until: number | null, signal?: AbortSignal): Promise<Evidence> {
    return this.#json("evidence", [...claims.map((claim): [string, string] => ["claim", claim]), ...season(until)], signal);
  }

  path(from: string, to: string, until: number | null, signal?: AbortSignal): Promise<Path> {
    return this.#json("path", [["from", from], ["to", to], ...season(until)], signal);
  }

  compare(show: string, one: number, other: number, signal?: AbortSignal): Promise<Comparison> {
    return this.#json("compare", [["show", show], ["one", String(one)], ["other", String(other)]], signal);
  }

  async file(format: ExportFormat, claims: string[]): Promise<string> {
    const body = new URLSearchParams([["format", format], ...claims.map((claim) => ["claim", claim])]);
    return (await this.#answer(new Request(`${API}/file`, { method: "POST", body }))).text();
  }

  async sparql(asked: Asked): Promise<string> {
    return (await this.#json<{ sparql: string }>("sparql", parameters(asked))).sparql;
  }

  async #json<T>(name: string, given: [string, string][], signal?: AbortSignal): Promise<T> {
    const query = new URLSearchParams(given).toString();
    const answer = await this.#answer(new Request(`${API}/${name}${query && `?${query}`}`, signal ? { signal } : {}));
    return (await answer.json()) as T;
  }

  async #answer(request: Request): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(request);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new Error("The site does not answer. Is it still running, and are you connected?");
    }
    if (!answer.ok) throw new Error((await answer.text()).trim() || `The site answered with ${answer.status}.`);
    return answer;
  }
}

function season(until: Known): [string, string][] {
  return until === null ? [] : [["until", String(until)]];
}

function parameters(asked: Asked): [string, string][] {
  const show: [string, string][] = asked.show === undefined ? [] : [["show", asked.show]];
  const around = (asked.around ?? []).map((iri): [string, string] => ["around", iri]);
  return [...show, ...around, ...season(asked.until ?? null)];
}
