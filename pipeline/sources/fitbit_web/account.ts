/** Whose data it is, from the profile and the devices of the Fitbit Web API. */

import { z } from "zod";
import { isDay } from "../../day.ts";
import { LoginNeeded, UsageError } from "../../errors.ts";
import { ifAllowed, parsedAnswer } from "../answer.ts";
import { checkedTimeZone, type Get } from "../api.ts";
import type { Account } from "../source.ts";
import type { TokenSource } from "../tokens.ts";

const profileSchema = z.object({
  user: z.object({
    encodedId: z.string().min(1),
    timezone: z.string().min(1),
    memberSince: z.string().refine(isDay, "expected a day, YYYY-MM-DD").optional(),
  }),
});

const devicesSchema = z.array(z.object({
  type: z.string().optional(),
  lastSyncTime: z.iso.datetime({ local: true }).optional(),
}));

/** The account. Throws LoginNeeded, also when nobody tells whose it is, and a UsageError without a zone. */
export async function fitbitAccount(
  get: Get,
  token: TokenSource,
  timeZone: string | undefined,
): Promise<Account> {
  const profile = await ifAllowed(async () =>
    parsedAnswer(await get("/1/user/-/profile.json"), profileSchema)
  );
  const devices = await ifAllowed(async () =>
    parsedAnswer(await get("/1/user/-/devices.json"), devicesSchema)
  );
  const userId = profile?.user.encodedId ?? token.userId;
  const zone = timeZone ?? profile?.user.timezone;
  if (userId === undefined) {
    throw new LoginNeeded(
      "Cannot tell whose data these are: the login lacks the profile scope",
      "Log in again and allow the profile",
    );
  }
  if (zone === undefined) {
    throw new UsageError(
      "Cannot tell the account's time zone: the login lacks the profile scope",
      "Give --timezone (such as Europe/Berlin), or log in again and allow the profile",
    );
  }
  // Local times follow the profile's zone, whatever zone the days are to be read in.
  const deviceZone = checkedTimeZone(profile?.user.timezone ?? zone);
  const syncs = (devices ?? [])
    .filter((device) => device.type === "TRACKER")
    .flatMap(({ lastSyncTime }) => lastSyncTime === undefined ? [] : [lastSyncTime])
    // In the hour that comes twice, the earlier reading keeps a day young rather than too old.
    .map((text) =>
      Temporal.PlainDateTime.from(text)
        .toZonedDateTime(deviceZone, { disambiguation: "earlier" }).epochMilliseconds
    );
  return {
    userId,
    timeZone: checkedTimeZone(zone),
    memberSince: profile?.user.memberSince,
    lastSync: syncs.length === 0 ? undefined : Math.max(...syncs),
    scopes: token.scopes,
  };
}
