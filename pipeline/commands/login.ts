/** `deno task login`: consent in the browser, proved with a call, kept for the daily runs. */

import { UsageError } from "../errors.ts";
import type { OAuthClient } from "../login/client_file.ts";
import { implicitLogin } from "../login/implicit.ts";
import { listenOnLoopback } from "../login/loopback.ts";
import { visitByPasting } from "../login/paste.ts";
import { defaultParticipant } from "../layout.ts";
import { isLoopback } from "../sources/base_url.ts";
import { type LiveName, liveName } from "../sources/live_names.ts";
import { authorize, type ConsentRequest, type Visit } from "../sources/oauth.ts";
import { tablesOf } from "../sources/registry.ts";
import { tokenVariable } from "../sources/stored_token.ts";
import { configFolder, type Login, LoginFile, type LoginKey } from "../sources/token_file.ts";
import { troubleError } from "../troubles.ts";
import type { OptionSpec } from "../terminal/arguments.ts";
import type { Command, CommandContext } from "./command.ts";
import { baseUrlOf, endpointsOf, liveSources, type OpenLive, tokenHttp } from "./live.ts";
import { loginOf, loginOperands, loginOptions } from "./login_choice.ts";
import { clientFor } from "./login_client.ts";
import { proveAndKeep } from "./login_proof.ts";
import { tableChoice } from "./tables.ts";

/** Where people are sent back to: any port for Google, a registered one for Fitbit. */
const redirects: Readonly<Record<LiveName, string>> = {
  "google-health": "http://127.0.0.1:0/",
  "fitbit-web": "http://127.0.0.1:8765/",
};

const noBrowser = "No browser could be opened: open that address yourself, in a browser on this " +
  "machine. For a browser elsewhere: Ctrl-C, then the same with --paste";

/** For pasting: nothing listens there, and the address bar shows it all the same. */
const pastedRedirect = "http://127.0.0.1:8765/";

const options: readonly OptionSpec[] = [
  {
    name: "client",
    value: "FILE",
    about: "The client's JSON, as downloaded; remembered with the login",
  },
  {
    name: "client-id",
    value: "ID",
    about: "The client's id, where there is no file; its secret is asked for",
  },
  { name: "paste", about: "Without a browser on this machine: paste the address you were sent to" },
  { name: "no-browser", about: "Only show the address of the consent page" },
  {
    name: "redirect",
    value: "URL",
    about: `The address the app is registered with (fitbit-web: ${redirects["fitbit-web"]})`,
  },
  {
    name: "implicit",
    about: "The way of 2016: paste the address with the token in it (fitbit-web)",
  },
  {
    name: "also",
    value: "TABLE",
    about: "Ask for this too: ecg, irregular_rhythm, exercise_track",
  },
  ...loginOptions,
];

export const login: Command = {
  spec: {
    name: "login",
    about:
      "Leads through what a login needs, opens the consent page, and proves what came of it with " +
      "a call.\nLogging in again replaces the login; the client is remembered. What is asked can be " +
      "answered by options,\nor by lines on stdin.",
    operands: loginOperands,
    options,
  },
  async run(context) {
    const { given, env, effects } = context;
    const live = loginOf(context);
    const { name } = live;
    const baseUrl = baseUrlOf(live);
    if (name === "fitbit-web" && baseUrl === liveSources[name].url) {
      throw troubleError("fitbit-web-ended");
    }
    const key = { source: name, participant: live.participant, api_url: baseUrl };
    const store = new LoginFile(configFolder(env));
    store.probe();
    const scopes = scopesFor(name, given.text("also"));
    const redirect = given.text("redirect") ?? redirects[name];
    const client = await clientFor(context, { key, store, scopes, redirect });
    const made = await consented(context, key, client, scopes);
    const code = await proveAndKeep(name, made, scopes, store, effects, pipelineWith(live));
    const variable = tokenVariable(name);
    if (env(variable) !== undefined) {
      effects.talk.say(`${variable} is set and goes before this login: unset it`);
    }
    return code;
  },
};

/** The command that fetches by a login: what does not hold without being said is said. */
function pipelineWith({ name, participant, apiUrl, env }: OpenLive): string {
  return [
    "deno task pipeline",
    ...name === liveName(env("EVERYSECOND_SOURCE")) ? [] : ["--source", name],
    ...participant === defaultParticipant ? [] : ["--participant", participant],
    ...apiUrl === undefined ? [] : ["--api-url", apiUrl],
  ].join(" ");
}

/** The scopes of everything fetched by itself, and of the tables named. */
function scopesFor(name: LiveName, also: string | undefined): readonly string[] {
  const { scopes, streams } = liveSources[name];
  const named = tableChoice(also);
  const more = streams
    .filter((stream) => tablesOf(stream).some((table) => named.includes(table)))
    .map(({ scope }) => scope);
  return [...new Set([...scopes, ...more])];
}

/** The consent, by the way that was chosen, and the tokens it gives. */
async function consented(
  { given, effects }: CommandContext,
  key: LoginKey & { readonly source: LiveName },
  client: OAuthClient,
  scopes: readonly string[],
): Promise<Login> {
  const { talk, user, clock, signal } = effects;
  const request = (redirectUri: string, visit: Visit): ConsentRequest => ({
    key,
    endpoints: endpointsOf(key.source, key.api_url),
    clientId: client.id,
    scopes,
    redirectUri,
    visit,
  });
  const withCode = (ask: ConsentRequest) =>
    authorize({ ...ask, clientSecret: client.secret, http: tokenHttp(effects), clock });
  const registered = given.text("redirect") ?? client.redirect;
  const redirect = checkedRedirect(registered ?? redirects[key.source]);
  const pasted = () => request(registered ?? pastedRedirect, visitByPasting(effects));
  if (given.flag("implicit")) {
    if (key.source === "google-health") {
      throw new UsageError("Google has no implicit grant for this", "Log in without --implicit");
    }
    return await implicitLogin(pasted(), clock);
  }
  if (given.flag("paste") || !isLoopback(redirect)) return await withCode(pasted());

  await using listener = listenOnLoopback({
    redirect,
    signal,
    show(consent) {
      const isOpened = !given.flag("no-browser");
      talk.say(
        `${
          isOpened ? "Your browser opens" : "Open in a browser on this machine"
        } the consent page:` +
          `\n\n  ${consent.href}\n`,
      );
      if (!isOpened) return;
      // Not waited for: some browsers keep the program that opened them until they are closed.
      void user.open(consent).then((isOpen) => {
        if (!isOpen) talk.say(noBrowser);
      });
    },
    onForeign: () => talk.say("An answer to another login came in and was not used"),
  });
  return await withCode(request(listener.redirectUri, listener.visit));
}

function checkedRedirect(text: string): URL {
  if (URL.canParse(text)) return new URL(text);
  throw new UsageError(
    `Cannot read the redirect "${text}" as an address`,
    "Write it as registered, such as http://127.0.0.1:8765/",
  );
}
