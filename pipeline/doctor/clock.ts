/** Whether this machine knows what time it is: days are told from it, and tokens end by it. */

import { duration } from "../terminal/progress.ts";
import { broken, type Check, ok, warning } from "./check.ts";

/** A second or two is the way here; more than this is the clock. */
const noticeable_s = 60;
/** From here on tokens and certificates fail. */
const harmful_s = 300;

/**
 * @param now This machine's clock, ms since 1970.
 * @param header A server's Date header; undefined when none answered.
 */
export function checkClock(now: number, header: string | undefined): Check {
  const servers = header === undefined ? Number.NaN : Date.parse(header);
  if (Number.isNaN(servers)) return ok("clock", "Not compared: no server told the time");
  const off_s = (now - servers) / 1000;
  if (Math.abs(off_s) < noticeable_s) return ok("clock", "As the server's");
  const says = `This machine's clock is ${duration(Math.abs(off_s))} ${
    off_s > 0 ? "ahead of" : "behind"
  } the server's`;
  const remedy = "Let the system set its time from the internet, or set it right";
  return Math.abs(off_s) < harmful_s
    ? warning("clock", says, remedy)
    : broken("clock", says, remedy);
}
