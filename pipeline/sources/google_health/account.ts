/**
 * Whose data it is, from the Google Health API's account resources. Only the identity and the time
 * zone are needed: a person may have unticked the scopes of the rest.
 */

import { z } from "zod";
import { exitCode, LoginNeeded, UserError } from "../../errors.ts";
import { checkedTimeZone, type Get } from "../api.ts";
import type { Account } from "../source.ts";
import type { TokenSource } from "../tokens.ts";
import { ifAllowed, parsedAnswer } from "../answer.ts";

const identitySchema = z.object({ healthUserId: z.string().min(1) });
const settingsSchema = z.object({ timeZone: z.string().min(1) });
const profileSchema = z.object({
  membershipStartDate: z.object({ year: z.int(), month: z.int(), day: z.int() }).optional(),
});
const devicesSchema = z.object({
  pairedDevices: z.array(z.object({
    deviceType: z.string().optional(),
    lastSyncTime: z.iso.datetime({ offset: true }).optional(),
  })).optional(),
});

/** The account. Throws LoginNeeded, and a UserError when nobody can tell the time zone. */
export async function googleAccount(
  get: Get,
  token: TokenSource,
  timeZone: string | undefined,
): Promise<Account> {
  const identity = await ifAllowed(async () =>
    parsedAnswer(await get("/v4/users/me/identity"), identitySchema)
  );
  if (identity === undefined) {
    throw new LoginNeeded("Cannot tell whose data these are", "Log in again and allow all scopes");
  }
  const zone = timeZone ?? await settingsZone(get);
  const profile = await ifAllowed(async () =>
    parsedAnswer(await get("/v4/users/me/profile"), profileSchema)
  );
  const devices = await ifAllowed(async () =>
    parsedAnswer(await get("/v4/users/me/pairedDevices", { pageSize: "100" }), devicesSchema)
  );
  const syncs = (devices?.pairedDevices ?? [])
    .filter((device) => device.deviceType === "TRACKER" && device.lastSyncTime !== undefined)
    .map((device) => Date.parse(device.lastSyncTime ?? ""));
  const since = profile?.membershipStartDate;
  return {
    userId: identity.healthUserId,
    timeZone: checkedTimeZone(zone),
    memberSince: since === undefined ? undefined : Temporal.PlainDate.from(since).toString(),
    lastSync: syncs.length === 0 ? undefined : Math.max(...syncs),
    scopes: token.scopes,
  };
}

async function settingsZone(get: Get): Promise<string> {
  const settings = await ifAllowed(async () =>
    parsedAnswer(await get("/v4/users/me/settings"), settingsSchema)
  );
  if (settings !== undefined) return settings.timeZone;
  throw new UserError("Cannot tell the account's time zone: the login lacks the settings scope", {
    hint: "Give --timezone (such as Europe/Berlin), or log in again and allow the settings",
    exitCode: exitCode.usage,
  });
}
