/** Active zone minutes of the Fitbit Web API: minute by minute, and day by day. */

import { daysBetween } from "../../../day.ts";
import { dayTotals } from "./day_totals.ts";
import { FitbitRefusal, notPersonal } from "./errors.ts";
import { parseDayRequest, type RequestKind } from "./heart_request.ts";
import type { FitbitStream } from "./stream.ts";
import { clockText } from "./wall_clock.ts";
import { dayZoneMinutes } from "./zone_minutes.ts";

const kind: RequestKind = {
  resource: "active-zone-minutes",
  details: ["1min"],
  longestDays: 1095,
};

const member = `activities-${kind.resource}`;

/** Days without any are left out of the series, of a single day the list of minutes is empty. */
export const zoneMinuteStream: FitbitStream = {
  scope: "activity",
  dataWord: "activity",
  answer(path, query, world, settings) {
    const request = parseDayRequest(kind, path, query, world, settings.endMinuteInclusive);
    const until = world.syncedTo();
    const days = daysBetween(request.first, request.last);
    if (request.detail === undefined) {
      return {
        [member]: days.flatMap((day) => {
          const { zoneMinutes } = dayTotals(world, day, until);
          return "activeZoneMinutes" in zoneMinutes ? [{ dateTime: day, value: zoneMinutes }] : [];
        }),
      };
    }
    if (settings.appType !== "Personal") throw new FitbitRefusal(notPersonal);
    const { from, to } = request.window ?? { from: 0, to: 86_399 };
    return {
      [`${member}-intraday`]: days.map((day) => ({
        dateTime: day,
        minutes: dayZoneMinutes(world, day, until)
          .filter(({ second }) => second >= from && second <= to)
          .map(({ second, value }) => ({ minute: `${day}T${clockText(second)}`, value })),
      })),
    };
  },
};
