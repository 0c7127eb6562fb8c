/**
 * 150 requests an hour for a user and an app, counted anew at the top of every clock hour, told in
 * headers that lag behind.
 */

import type { SimulatorClock } from "../clock.ts";
import type { FitbitSettings } from "./settings.ts";

const hourMs = 3_600_000;

export interface HourQuota {
  /** Counts a request: whether it is refused, and the headers its answer carries either way. */
  count(settings: FitbitSettings): {
    readonly refused: boolean;
    readonly headers: Readonly<Record<string, string>>;
  };
}

export function hourQuota(clock: SimulatorClock): HourQuota {
  let hour = -1;
  let used = 0;
  let spentBefore = false;
  return {
    count(settings) {
      const now = clock.now();
      const current = Math.floor(now / hourMs);
      if (current !== hour) {
        spentBefore = current === hour + 1 && used >= settings.quotaPerHour;
        hour = current;
        used = 0;
      }
      const intoHour_s = (now - hour * hourMs) / 1000;
      const early = spentBefore && intoHour_s < settings.earlyWake_s;
      const refused = early || used >= settings.quotaPerHour;
      if (!refused) used++;
      const remaining = settings.quotaPerHour - Math.max(0, used - settings.quotaLag);
      const reset_s = Math.floor((early ? settings.earlyWake_s : 3600) - intoHour_s);
      return {
        refused,
        headers: {
          "fitbit-rate-limit-limit": String(settings.quotaPerHour),
          "fitbit-rate-limit-remaining": String(refused ? 0 : remaining),
          "fitbit-rate-limit-reset": String(reset_s),
          ...(refused ? retryAfter(settings.retryAfter, reset_s) : {}),
        },
      };
    },
  };
}

function retryAfter(setting: FitbitSettings["retryAfter"], reset_s: number) {
  if (setting === "absent") return {};
  // In 2025 the header no longer reflected the reset.
  return { "retry-after": String(setting === "reset" ? reset_s : Math.min(60, reset_s)) };
}
