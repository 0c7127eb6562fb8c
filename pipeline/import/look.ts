/**
 * The first look at a member: unpacked, of which family it is and what it holds, its digest, and the
 * frame it is kept as. All that takes time in an import, with no effects: it runs in a worker or in
 * the main thread, and gives the same in both.
 */

import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { DocumentError } from "../errors.ts";
import { compress } from "../raw/zstd.ts";
import { release } from "../release.ts";
import type { Packed } from "../sources/takeout/archive.ts";
import { baseName, classify, isOfProduct } from "../sources/takeout/classify.ts";
import { unreadable, unreadableSummary } from "../sources/takeout/families/untabulated.ts";
import type { Family, MemberSummary } from "../sources/takeout/family.ts";
import { assertPlausible } from "../sources/takeout/plausible_span.ts";
import { unpack } from "../sources/takeout/unpack.ts";

/** A member to be looked at. */
export interface LookJob {
  readonly path: string;
  readonly packed: Packed;
  /** What lies in the raw store under its name. */
  readonly known?: { readonly crc32: number; readonly bytes: number };
  /** Whether files that tell where somebody was are taken too. */
  readonly withLocation: boolean;
}

/** What the look showed. */
export type Looked =
  | {
    readonly kind: "document";
    readonly stream: string;
    readonly sha256: string;
    readonly crc32: number;
    readonly bytes: number;
    readonly summary: MemberSummary;
    /** The document as it is kept, in memory of its own. */
    readonly frame: Uint8Array;
  }
  /** It is what the raw store has. */
  | { readonly kind: "known" }
  | { readonly kind: "nothing" }
  /** It tells where somebody was, and nobody asked for it. */
  | { readonly kind: "places" }
  | { readonly kind: "failed"; readonly reason: string };

/** Looks at a member; what is wrong with it is in the answer. */
export function look({ path, packed, known, withLocation }: LookJob): Looked {
  let document: Uint8Array | undefined;
  try {
    document = unpack(packed);
    const sum = packed.crc32 ?? crc32(document);
    if (known?.crc32 === sum && known.bytes === document.length) return { kind: "known" };
    const beginning = beginningOf(document);
    const family = familyOf(path, beginning);
    if (!withLocation && family.tellsPlaces?.(beginning) === true) return { kind: "places" };
    const summary = family.summarise(document, baseName(path));
    if (summary === undefined) return { kind: "nothing" };
    if (family.untabulated !== true) assertPlausible(summary.span);
    return documentOf(document, sum, family.stream, summary);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const { message: reason } = error;
    // Another product's file may have the name of ours.
    if (document === undefined || !isOfProduct(path)) return { kind: "failed", reason };
    const summary = unreadableSummary(baseName(path), beginningOf(document), reason);
    return documentOf(document, packed.crc32 ?? crc32(document), unreadable, summary);
  }
}

function documentOf(
  document: Uint8Array,
  crc32: number,
  stream: string,
  summary: MemberSummary,
): Looked {
  const looked = {
    kind: "document",
    stream,
    sha256: createHash("sha256").update(document).digest("hex"),
    crc32,
    bytes: document.length,
    summary,
    // In memory of its own, which can be handed over and given back.
    frame: new Uint8Array(compress(document)),
  } as const;
  release(document);
  return looked;
}

/** Enough of a file for every header. */
const beginningBytes = 4096;

const utf8 = new TextDecoder();

function beginningOf(document: Uint8Array): string {
  return utf8.decode(document.subarray(0, beginningBytes));
}

/** The family a file's beginning says it is of; throws a DocumentError when it is of none. */
function familyOf(path: string, beginning: string): Family {
  const verdict = classify(path, { withLocation: true });
  const families = verdict.kind === "take" ? verdict.families : [];
  const found = families.find(({ header }) => header === undefined || header(beginning));
  if (found !== undefined) return found;
  const [line = ""] = beginning.split(/\r?\n/, 1);
  throw new DocumentError(
    `Its header is none that a file of this name has: it begins with "${line.slice(0, 100)}"`,
  );
}
