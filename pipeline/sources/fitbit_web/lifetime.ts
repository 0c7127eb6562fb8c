/** Totals since the account began and its best days, as they are on the day they are asked. */

import { lifetime } from "../../catalog/activity.ts";
import { dayNumber } from "../../day.ts";
import {
  arrayAt,
  countUnknownFields,
  type Known,
  member,
  objectAt,
  parseDocument,
  type UnknownFields,
} from "../json/document.ts";
import { ColumnsBuilder } from "../records/columns_builder.ts";
import { isoDate, real } from "../records/readings.ts";
import type { Flattened, Stream } from "../source.ts";
import { accountUnits } from "./account_units.ts";

/** What is counted, and its unit. */
const units: Readonly<Record<string, string>> = {
  steps: "count",
  distance: "m",
  floors: "count",
  caloriesOut: "kcal",
};

/** With and without what was entered by hand, and how resources are then called. */
const prefixes: Readonly<Record<string, string>> = { total: "", tracker: "tracker/" };

function knownOf(each: Known): Known {
  const resources = Object.fromEntries(Object.keys(units).map((name) => [name, each]));
  const values = { ...resources, activeScore: true } as const;
  return { total: values, tracker: values };
}

const known: Known = { lifetime: knownOf(true), best: knownOf({ date: true, value: true }) };

/** The lists of an answer, and what their values are of. */
const periods: Readonly<Record<string, string>> = { lifetime: "lifetime", best: "best_day" };

/** What is there of one list, and where. */
function entriesIn(body: unknown, index: number, list: string) {
  const place = `answers[${index}].${list}`;
  const lists = objectAt(member(objectAt(body, `answers[${index}]`), list) ?? {}, place);
  return Object.keys(prefixes).flatMap((whose) => {
    const values = objectAt(member(lists, whose) ?? {}, `${place}.${whose}`);
    return Object.entries(units).flatMap(([resource, unit]) => {
      const found = member(values, resource);
      const at = `${place}.${whose}.${resource}`;
      return found === undefined || found === null ? [] : [{ found, at, whose, resource, unit }];
    });
  });
}

/** The stream of both. */
export const fitbitLifetime: Stream = {
  source: "fitbit-web",
  name: "activities/lifetime",
  table: lifetime.name,
  version: 1,
  flatten(document, manifest): Flattened {
    const unknown: UnknownFields = new Map();
    const notes: string[] = [];
    const rows = new ColumnsBuilder(lifetime);
    const { distance_m } = accountUnits(undefined, manifest, notes);
    arrayAt(parseDocument(document), "the document").forEach((body, index) => {
      countUnknownFields(body, known, "", unknown);
      for (const [list, period] of Object.entries(periods)) {
        for (const { found, at, whose, resource, unit } of entriesIn(body, index, list)) {
          const best = list === "best" ? objectAt(found, at) : undefined;
          const number = best === undefined ? found : member(best, "value");
          const value = Number(real(number, best === undefined ? at : `${at}.value`));
          // What the service no longer counts is -1.
          if (value < 0) continue;
          rows.add({
            date: dayNumber(manifest.first_day),
            period,
            resource: `${prefixes[whose] ?? ""}${resource}`,
            value: unit === "m" ? value * distance_m : value,
            unit,
            best_date: best && isoDate(member(best, "date"), `${at}.date`),
          });
        }
      }
    });
    return { columns: rows.columns(), unknown, notes };
  },
};
