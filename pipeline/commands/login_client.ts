/** The OAuth client of a login: named, remembered, or asked for after the steps that lead to it. */

import type { Effects } from "../effects.ts";
import { reasonOf, UsageError } from "../errors.ts";
import { type OAuthClient, readClient } from "../login/client_file.ts";
import { stepLines } from "../login/steps.ts";
import type { LiveName } from "../sources/live_names.ts";
import type { LoginKey, LoginStore } from "../sources/token_file.ts";
import { droppedPath } from "../terminal/dropped_path.ts";
import type { CommandContext } from "./command.ts";

/** What a client is chosen for. */
export interface ClientRequest {
  readonly key: LoginKey & { readonly source: LiveName };
  readonly store: LoginStore;
  readonly scopes: readonly string[];
  /** Where a person is sent back to, as it would have to be registered. */
  readonly redirect: string;
}

/** The client. Throws a UsageError when nobody names one. */
export async function clientFor(
  { given, env, effects }: Pick<CommandContext, "given" | "env" | "effects">,
  { key, store, scopes, redirect }: ClientRequest,
): Promise<OAuthClient> {
  const name = key.source;
  const { user, talk, files } = effects;
  const fromFile = (path: string) =>
    readClient(readText(files, droppedPath(path, env("HOME"))), path);
  const file = given.text("client");
  if (file !== undefined) return fromFile(file);
  const id = given.text("client-id");
  const known = id === undefined ? rememberedClient(store, key) : undefined;
  if (known !== undefined) return known;
  if (id === undefined) {
    for (const line of stepLines(name, { scopes, redirect })) talk.say(line);
    if (name === "google-health") {
      const path = await user.line("The downloaded file: ");
      if (path !== undefined && path.trim() !== "") return fromFile(path);
      throw noClient(name);
    }
  }
  const typed = id ?? await user.line("Client ID: ");
  if (typed === undefined || typed.trim() === "") throw noClient(name);
  if (given.flag("implicit")) return { id: typed.trim(), secret: undefined };
  const secret = await user.secret("Client secret (none for an app of type Client): ") ?? "";
  return { id: typed.trim(), secret: secret.trim() === "" ? undefined : secret.trim() };
}

function noClient(name: LiveName): UsageError {
  return new UsageError(
    "Cannot log in without an OAuth client",
    `Take the steps above, then: deno task login ${name} --client FILE`,
  );
}

function readText(files: Effects["files"], path: string): string {
  try {
    return new TextDecoder().decode(files.read(path));
  } catch (error) {
    throw new UsageError(`Cannot read the client in "${path}": ${reasonOf(error)}`);
  }
}

/** The client of the login that is there, or of another participant's at the same address. */
function rememberedClient(store: LoginStore, key: LoginKey): OAuthClient | undefined {
  const found = store.find(key) ??
    store.list().find((login) => login.source === key.source && login.api_url === key.api_url);
  return found === undefined ? undefined : { id: found.client_id, secret: found.client_secret };
}
