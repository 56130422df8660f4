/** Elements without markup: whatever comes from data is text, never HTML. */

type Child = Element | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: never) => void)>;

/** Make an element; attributes that begin with "on" are listeners, those that are null, undefined or false are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  give(element, attributes);
  append(element, children);
  return element;
}

/** The same for SVG. */
export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  give(element, attributes);
  append(element, children);
  return element;
}

function give(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
}

function append(element: Element, children: Child[]): void {
  element.append(...children.filter((child): child is Element | string => child !== null && child !== undefined && child !== false));
}

/** Put children in place of what an element holds. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** A text as people can read it: control characters and those that turn the writing direction are shown as �. */
export function visible(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** At most `length` characters of a text, with a sign that there is more. */
export function shortened(text: string, length: number): string {
  const characters = [...visible(text)];
  return characters.length <= length ? characters.join("") : characters.slice(0, length - 1).join("").trimEnd() + "…";
}

/** "1 review", "2 reviews". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A whole number with commas between thousands; the browser's own way takes 20 ms the first time. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

/** An address that may be followed: http(s) only, so that no `javascript:` from a review is ever a link. */
export function followable(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}
