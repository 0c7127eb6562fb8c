/** Data roots with many made-up days, kept as the doors keep them. */

import { createHash } from "node:crypto";
import type { Day } from "../../pipeline/day.ts";
import { diskFiles } from "../../pipeline/effects.ts";
import { archiveDocument, ledgerFile, webDocument } from "../../pipeline/layout.ts";
import { Ledger } from "../../pipeline/raw/ledger.ts";
import type { Manifest } from "../../pipeline/raw/manifest.ts";
import { RawStore } from "../../pipeline/raw/store.ts";
import * as documents from "../generate/documents.ts";

/** A raw shape of heart rate: its series, and a day of it. */
interface Shape {
  readonly source: Manifest["source"];
  readonly stream: string;
  readonly clock: Manifest["clock"];
  readonly spacing: Parameters<typeof documents.samplesOfDay>[2];
  document(day: Day, samples: readonly documents.Sample[]): Uint8Array;
}

const winter_s = 3600;

/** Every raw shape, as large as genuine ones. Days are of winter, an hour ahead of UTC. */
export const shapes = {
  "Google Health": {
    source: "google-health",
    stream: "heart-rate",
    clock: { kind: "explicit" },
    spacing: documents.googleSpacing,
    document: (day, samples) => documents.googleDocument(day, samples, winter_s, "reconcile"),
  },
  "Takeout JSON": {
    source: "takeout",
    stream: "heart_rate-*.json",
    clock: documents.utcClock(winter_s),
    spacing: documents.takeoutSpacing,
    document: (day, samples) => documents.takeoutJsonDocument(day, samples, winter_s),
  },
  "Takeout CSV": {
    source: "takeout",
    stream: "heart_rate_*.csv",
    clock: documents.utcClock(winter_s),
    spacing: documents.takeoutSpacing,
    document: (day, samples) => documents.takeoutCsvDocument(day, samples),
  },
  "Fitbit Web": {
    source: "fitbit-web",
    stream: "activities/heart/1sec",
    clock: { kind: "local", time_zone: "Europe/Berlin", evidence: "profile" },
    spacing: documents.fitbitSpacing,
    document: documents.fitbitDocument,
  },
} as const satisfies Readonly<Record<string, Shape>>;

export type ShapeName = keyof typeof shapes;

/** Keeps a document of each day in a data root, and notes it in the ledger; both are made if need be. */
export function stock(root: string, name: ShapeName, days: readonly Day[]): void {
  const shape: Shape = shapes[name];
  const store = new RawStore(root, diskFiles);
  Deno.mkdirSync(root, { recursive: true });
  using ledger = new Ledger(`${root}/${ledgerFile}`);
  for (const day of days) {
    const document = shape.document(day, documents.samplesOfDay(1, day, shape.spacing));
    const member = `heart_rate-${day}.${name === "Takeout CSV" ? "csv" : "json"}`;
    const path = shape.source === "takeout"
      ? archiveDocument("me", "made-up", member)
      : webDocument("me", shape.source, shape.stream, day);
    const manifest: Manifest = {
      ...documents.manifestOf(shape.source, shape.stream, day, shape.clock),
      ...shape.source === "takeout" ? { archive: "made-up", member } : {},
      sha256: createHash("sha256").update(document).digest("hex"),
      bytes: document.length,
    };
    store.put(path, document, manifest);
    ledger.transaction(() => ledger.recordDocument(path, manifest));
  }
}
