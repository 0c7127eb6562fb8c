/** What can only be asked about now. */

import { type Day, today } from "../../day.ts";
import type { World } from "./api.ts";

/** Whether that civil day is the person's own today: the only one that lists without days are of. */
export function isToday({ body, clock }: Pick<World, "body" | "clock">, day: Day): boolean {
  return day === today(clock.now(), body.zones.spanAt(clock.now()).timeZone);
}
