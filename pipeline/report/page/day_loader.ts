/** The seconds of a day: from the page itself, else from the folder beside it. */

import { type SecondDay, unpackDay } from "../second_day.ts";
import { html } from "./dom.ts";
import { isoDay, type Page } from "./page.ts";

declare global {
  /** What a file of the folder calls with its day. */
  var everysecondDay: (day: string, text: string) => void;
}

/** A day's seconds cannot be had: the folder is not beside the page. */
class DayNotFound extends Error {
  override readonly name: string = "DayNotFound";
}

const texts = new Map<string, string>();

/** Takes the days that lie in the page. */
export function holdEmbedded(days: Readonly<Record<string, string>>): void {
  for (const [day, text] of Object.entries(days)) texts.set(day, text);
  globalThis.everysecondDay = (day, text) => texts.set(day, text);
}

/** The seconds of a day; undefined when there are none. Throws a DayNotFound. */
export async function loadDay(page: Page, day: number): Promise<SecondDay | undefined> {
  if (!page.hasSeconds(day)) return undefined;
  const name = isoDay(day);
  if (!texts.has(name)) await runScript(`${page.data.seconds.folder}/${name}.js`);
  const text = texts.get(name);
  if (text === undefined) throw new DayNotFound(`The file of ${name} holds another day`);
  return unpackDay(await inflated(text));
}

function runScript(path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const script = html("script", { src: path });
  script.addEventListener("load", () => resolve());
  script.addEventListener(
    "error",
    () => reject(new DayNotFound(`Cannot open ${path}, which has to lie beside this page`)),
  );
  document.head.append(script);
  return promise.finally(() => script.remove());
}

async function inflated(text: string): Promise<Uint8Array> {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
