/** So many requests a clock minute, by the simulator's clock. */

import type { SimulatorClock } from "../clock.ts";

export interface MinuteQuota {
  /** Counts a request; undefined when it is within the limit, else seconds until the next minute. */
  count(limit: number): number | undefined;
}

export function minuteQuota(clock: SimulatorClock): MinuteQuota {
  let minute = -1;
  let used = 0;
  return {
    count(limit) {
      const now = clock.now();
      if (Math.floor(now / 60_000) !== minute) {
        minute = Math.floor(now / 60_000);
        used = 0;
      }
      used++;
      return used <= limit ? undefined : Math.ceil(((minute + 1) * 60_000 - now) / 1000);
    },
  };
}
