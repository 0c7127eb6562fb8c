/**
 * Google's own client: logs in to the server at the given address with PKCE, refreshes, and reads
 * the account and every page of a day. Prints one JSON document.
 *
 * node googleapis_client.mjs FOLDER_WITH_GOOGLEAPIS BASE_URL CLIENT_ID CLIENT_SECRET DAY NEXT_DAY
 */

import { createRequire } from "node:module";
import process from "node:process";

const [folder, base, clientId, clientSecret, day, nextDay] = process.argv.slice(2);
const { google } = createRequire(`${folder}/`)("googleapis");

const redirectUri = "http://127.0.0.1:9/callback";
const auth = new google.auth.OAuth2({
  clientId,
  clientSecret,
  redirectUri,
  endpoints: {
    oauth2AuthBaseUrl: `${base}/o/oauth2/v2/auth`,
    oauth2TokenUrl: `${base}/token`,
    oauth2RevokeUrl: `${base}/revoke`,
  },
});

const verifier = await auth.generateCodeVerifierAsync();
const scope = ["health_metrics_and_measurements", "profile", "settings"]
  .map((name) => `https://www.googleapis.com/auth/googlehealth.${name}.readonly`);
const consentUrl = auth.generateAuthUrl({
  access_type: "offline",
  prompt: "consent",
  scope,
  code_challenge_method: "S256",
  code_challenge: verifier.codeChallenge,
});
const consent = await fetch(consentUrl, { redirect: "manual" });
const code = new URL(consent.headers.get("location")).searchParams.get("code");
const { tokens } = await auth.getToken({ code, codeVerifier: verifier.codeVerifier });
auth.setCredentials(tokens);
await auth.refreshAccessToken();

const health = google.health({ version: "v4", auth, rootUrl: `${base}/` });

/** All pages of one verb. */
async function everyPage(verb, type, filter) {
  const points = [];
  let pages = 0;
  let pageToken;
  do {
    const { data } = await health.users.dataTypes.dataPoints[verb]({
      parent: `users/me/dataTypes/${type}`,
      filter,
      pageSize: 10_000,
      pageToken,
    });
    points.push(...(data.dataPoints ?? []));
    pages++;
    pageToken = data.nextPageToken;
  } while (pageToken);
  return { points, pages };
}

const time = "heart_rate.sample_time.civil_time";
const heart = `${time} >= "${day}" AND ${time} < "${nextDay}"`;
const date = "daily_resting_heart_rate.date";
const resting = `${date} >= "${day}" AND ${date} < "${nextDay}"`;
const [year, month, dayOfMonth] = day.split("-").map(Number);
const rolled = await health.users.dataTypes.dataPoints.dailyRollUp({
  parent: "users/me/dataTypes/heart-rate",
  requestBody: {
    range: {
      start: { date: { year, month, day: dayOfMonth } },
      end: { date: { year, month, day: dayOfMonth + 1 } },
    },
  },
});

/** What the library makes of a refusal. */
async function refusal() {
  try {
    await everyPage("list", "heart-rate", 'heart-rate.sample_time.civil_time >= "2026-10-01"');
    return undefined;
  } catch (error) {
    return { status: error.status, reason: error.errors?.[0]?.reason ?? error.response.data.error };
  }
}

process.stdout.write(JSON.stringify({
  refreshed: auth.credentials.access_token !== tokens.access_token,
  identity: (await health.users.getIdentity({ name: "users/me/identity" })).data,
  settings: (await health.users.getSettings({ name: "users/me/settings" })).data,
  profile: (await health.users.getProfile({ name: "users/me/profile" })).data,
  devices: (await health.users.pairedDevices.list({ parent: "users/me" })).data.pairedDevices,
  list: await everyPage("list", "heart-rate", heart),
  reconcile: await everyPage("reconcile", "heart-rate", heart),
  resting: (await everyPage("reconcile", "daily-resting-heart-rate", resting)).points,
  rollUp: rolled.data.rollupDataPoints,
  refusal: await refusal(),
}));
