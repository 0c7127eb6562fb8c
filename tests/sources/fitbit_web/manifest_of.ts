/** Manifests of documents of the Fitbit Web API. */

import { type Manifest, manifestSchema } from "../../../pipeline/raw/manifest.ts";

/** A manifest of a day in Berlin, but for what is given. */
export function manifestOf(of: Partial<Manifest>): Manifest {
  return manifestSchema.parse({
    format: 1,
    participant: "me",
    source: "fitbit-web",
    stream: "any",
    first_day: "2026-10-24",
    last_day: "2026-10-24",
    sha256: "0".repeat(64),
    bytes: 0,
    received_at: "2026-11-22T12:00:00.000Z",
    asked_at: "2026-11-22T12:00:00.000Z",
    synced_to: null,
    empty: false,
    origin: [],
    clock: { kind: "local", time_zone: "Europe/Berlin", evidence: "profile" },
    ...of,
  });
}

/** Answers as a document. */
export function documentOf(...answers: readonly (object | string)[]): Uint8Array {
  const texts = answers.map((one) => typeof one === "string" ? one : JSON.stringify(one));
  return new TextEncoder().encode(`[${texts.join(",\n")}]`);
}
