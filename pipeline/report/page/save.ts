/** What is shown, as a file: a picture with its colours written out, or text. */

import { html } from "./dom.ts";

/** A picture as a text that looks the same anywhere: colours as they are now, on its own paper. */
export function standalone(picture: SVGSVGElement, title: string): string {
  const copy = picture.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) throw new TypeError("Cannot copy the picture");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  for (const passing of copy.querySelectorAll(".passing")) passing.remove();
  const { width, height } = sizeOf(picture);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  copy.removeAttribute("style");
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute("fill", "var(--es-paper)");
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  copy.prepend(name, paper);
  const style = getComputedStyle(document.documentElement);
  return new XMLSerializer().serializeToString(copy)
    .replace(
      /var\((--[\w-]+)(?:,[^)]*)?\)/g,
      (_, property: string) => style.getPropertyValue(property).trim() || "none",
    )
    .replaceAll("currentColor", style.getPropertyValue("--es-muted").trim());
}

/** The picture as PNG, twice as fine as it is on the page. */
export async function asPng(picture: SVGSVGElement, title: string): Promise<Blob> {
  const { width, height } = sizeOf(picture);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(picture, title))}`;
  await image.decode();
  const canvas = html("canvas", { width: width * 2, height: height * 2 });
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("Cannot draw the PNG: the browser gives no canvas");
  context.scale(2, 2);
  context.drawImage(image, 0, 0, width, height);
  const { promise, resolve } = Promise.withResolvers<Blob | null>();
  canvas.toBlob(resolve, "image/png");
  const blob = await promise;
  if (blob === null) throw new Error("Cannot draw the PNG: the picture is too large");
  return blob;
}

function sizeOf(picture: SVGSVGElement): { width: number; height: number } {
  const { width, height } = picture.viewBox.baseVal;
  return { width, height };
}

/** Hands a file to the person. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  html("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
