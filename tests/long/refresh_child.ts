/**
 * One refresh of the login in a folder, in a process that may kill itself at any of its steps. Says
 * how many steps there were, and the access token it got.
 */

import { z } from "zod";
import { type Files, systemClock } from "../../pipeline/effects.ts";
import { Http } from "../../pipeline/fetch/http.ts";
import { noQuota } from "../../pipeline/fetch/quota.ts";
import { defaultRetry } from "../../pipeline/fetch/retry.ts";
import { storedToken } from "../../pipeline/sources/stored_token.ts";
import { LoginFile, secretFiles } from "../../pipeline/sources/token_file.ts";
import { terminalTalk } from "../../pipeline/terminal/talk.ts";

const { folder, key, rejected, killAt } = z.object({
  folder: z.string(),
  key: z.object({ source: z.string(), participant: z.string(), api_url: z.string() }),
  /** The token that was refused. */
  rejected: z.string(),
  /** The step to die at, counted from 1; 0: none. */
  killAt: z.number(),
}).parse(JSON.parse(Deno.args[0] ?? ""));

const steps: string[] = [];

function step(name: string): void {
  steps.push(name);
  if (steps.length === killAt) Deno.kill(Deno.pid, "SIGKILL");
}

/** Steps before, in the middle of, and after everything that changes the disk. */
const files: Files = {
  ...secretFiles,
  writeSynced(path, bytes) {
    step("before the write");
    if (steps.length + 1 === killAt) {
      secretFiles.writeSynced(path, bytes.subarray(0, bytes.length / 2));
    }
    step("half written");
    secretFiles.writeSynced(path, bytes);
    step("written");
  },
  rename(from, to) {
    step("before the rename");
    secretFiles.rename(from, to);
    step("renamed");
  },
  makeFolder(path) {
    secretFiles.makeFolder(path);
    step("folder");
  },
  remove(path) {
    secretFiles.remove(path);
    step("removed");
  },
  syncFolder(path) {
    secretFiles.syncFolder(path);
    step("folder flushed");
  },
};

const http = new Http({
  async fetch(input, init) {
    step("before the request");
    const response = await fetch(input, init);
    step("answer begun");
    const body = await response.bytes();
    step("answer read");
    return new Response(body, response);
  },
  clock: systemClock,
  signal: new AbortController().signal,
  quota: noQuota,
  retry: defaultRetry,
});

const access = await storedToken(new LoginFile(folder, files), key, http, systemClock)
  .refresh(rejected);
step("handed out");
terminalTalk().result(JSON.stringify({ steps, access }));
