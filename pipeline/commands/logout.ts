/** `deno task logout`: the consent is withdrawn, the tokens are deleted. */

import { exitCode, LoginNeeded } from "../errors.ts";
import { revokeLogin } from "../sources/revoke.ts";
import { configFolder, LoginFile } from "../sources/token_file.ts";
import type { Command } from "./command.ts";
import { baseUrlOf, endpointsOf, tokenHttp } from "./live.ts";
import { loginOf, loginOperands, loginOptions } from "./login_choice.ts";

export const logout: Command = {
  spec: {
    name: "logout",
    about:
      "Withdraws the consent at the service and deletes the login here, with the client that was " +
      "remembered.\nWhat was fetched stays.",
    operands: loginOperands,
    options: [
      { name: "forget", about: "Delete it here only, whatever the service says" },
      ...loginOptions,
    ],
  },
  async run(context) {
    const { given, env, effects } = context;
    const live = loginOf(context);
    const key = { source: live.name, participant: live.participant, api_url: baseUrlOf(live) };
    const store = new LoginFile(configFolder(env));
    await store.alone(async () => {
      const login = store.find(key);
      if (login === undefined) {
        throw new LoginNeeded(
          `There is no login for ${key.source} of participant "${key.participant}" at ${key.api_url}`,
        );
      }
      if (given.flag("forget")) {
        store.remove(key);
        effects.talk.result(`Deleted the login for ${key.source}; the service was not told`);
        return;
      }
      const { revocation } = endpointsOf(live.name, key.api_url);
      const isNews = await revokeLogin(login, revocation, tokenHttp(effects));
      store.remove(key);
      effects.talk.result(
        isNews
          ? `Logged out of ${key.source}: the consent is withdrawn and the login deleted`
          : `Deleted the login for ${key.source}: its consent had ended already`,
      );
    });
    return exitCode.done;
  },
};
