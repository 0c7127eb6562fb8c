/** What has to be done once before the first login, step by step, with the addresses. */

import { scopeName } from "./granted.ts";

interface Step {
  readonly title: string;
  readonly page?: string;
  readonly lines: readonly string[];
}

/** A client of one's own in Google Cloud. As Google's console was in November 2026. */
function googleSteps(scopes: readonly string[]): readonly Step[] {
  return [
    {
      title: "Make a project",
      page: "https://console.cloud.google.com/projectcreate",
      lines: [
        "Any name; no organisation, no billing account. If Google takes no new projects for this API",
        "at the moment, try again later, or import a Takeout archive: that needs no project at all",
      ],
    },
    {
      title: "Enable the Google Health API in it",
      page: "https://console.cloud.google.com/apis/library/health.googleapis.com",
      lines: ["See that your project is chosen at the top, then press Enable"],
    },
    {
      title: "Say what the app is",
      page: "https://console.cloud.google.com/auth/overview",
      lines: [
        "Get started. App name: everysecond, or another without Google or Fitbit in it.",
        "Support and contact: your own address. Audience: External",
      ],
    },
    {
      title: "Add yourself",
      page: "https://console.cloud.google.com/auth/audience",
      lines: ["Test users, Add users: the account that the watch is paired with"],
    },
    {
      title: "Say what the app may read",
      page: "https://console.cloud.google.com/auth/scopes",
      lines: [
        "Add or remove scopes, search for Google Health API, tick those that end in",
        ...scopes.map((scope) => `  [x] ${scopeName(scope)}.readonly`),
        "Update, then Save",
      ],
    },
    {
      title: "Make the client",
      page: "https://console.cloud.google.com/auth/clients",
      lines: ["Create client. Application type: Desktop app. Then Download JSON"],
    },
    {
      title: "Publish the app",
      page: "https://console.cloud.google.com/auth/audience",
      lines: [
        "Publish app, Confirm: the status is then In production. While it is Testing every login",
        "dies after 7 days. Nobody verifies an app that fewer than 100 people use",
      ],
    },
    {
      title: "Log in",
      lines: [
        "Choose the account that the watch is paired with. Google warns that it has not verified",
        "this app: it is your own, so Advanced, Go to everysecond. Leave every box ticked",
      ],
    },
  ];
}

/** An app of one's own at a server that speaks the Fitbit Web API. */
function fitbitSteps(redirect: string): readonly Step[] {
  return [
    {
      title: "Register an app with the server",
      lines: [
        "At Fitbit that was https://dev.fitbit.com/apps/new. Application type: Personal, for only",
        `that gets every second. Redirect URL: ${redirect}`,
      ],
    },
    { title: "Note its client ID and client secret", lines: ["They are asked for next"] },
  ];
}

const beginnings = {
  "google-health": [
    "To read your data from Google, this program needs a client of your own in Google Cloud. That is",
    "free and done once, in about ten minutes, with any Google account:",
  ],
  "fitbit-web": [
    "To read from a server that speaks the Fitbit Web API, this program needs an app of your own there:",
  ],
} as const;

/** Everything before the first login of a source, as lines for the terminal. */
export function stepLines(
  source: keyof typeof beginnings,
  { scopes, redirect }: { readonly scopes: readonly string[]; readonly redirect: string },
): readonly string[] {
  const steps = source === "google-health" ? googleSteps(scopes) : fitbitSteps(redirect);
  return [
    ...beginnings[source],
    ...steps.flatMap(({ title, page, lines }, index) => [
      "",
      `${index + 1}. ${title}${page === undefined ? "" : `: ${page}`}`,
      ...lines.map((line) => `   ${line}`),
    ]),
    "",
  ];
}
