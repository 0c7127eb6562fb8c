/** The part of linkedom that we use; its own types need those of a browser. */

/** A node of a picture. */
export interface PictureElement {
  readonly outerHTML: string;
  readonly firstChild: PictureElement | null;
  readonly textContent: string;
  setAttribute(name: string, value: string): void;
  getAttribute(name: string): string | null;
  append(...children: (PictureElement | string)[]): void;
  insertBefore(child: PictureElement, before: PictureElement | null): void;
  remove(): void;
  querySelectorAll(selector: string): Iterable<PictureElement>;
}

export interface PictureDocument {
  createElementNS(namespace: string, name: string): PictureElement;
  querySelectorAll(selector: string): Iterable<PictureElement>;
}

export function parseHTML(html: string): { readonly document: PictureDocument };
