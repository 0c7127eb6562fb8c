/** Faults at work: a call answered, and its answer sent, with what strikes it. */

import { bearerToken } from "../api.ts";
import type { Api, Call, Reply, Struck } from "../api.ts";
import { jsonText, parsedJson } from "../json.ts";
import type { FaultEffect } from "./fault.ts";

/** How long a slow answer takes. */
export const slowMs = 2000;

/** The reply of an API to a call under some faults, in the order the stations are passed. */
export function answerStruck(api: Api, call: Call, effects: readonly FaultEffect[]): Reply {
  let understood = call;
  let struck: Struck = {};
  for (const effect of effects) {
    if (effect.station === "token") {
      const token = bearerToken(call.headers) ?? "";
      if (effect.fate === "expire") api.grants.expire(token);
      else api.grants.revokeAll();
    } else if (effect.station === "request") {
      understood = effect.change(understood);
    } else if (effect.station === "first-page") {
      struck = { ...struck, emptyFirstPage: true };
    } else if (effect.station === "answer") {
      const instead = effect.replies[api.name]?.();
      if (instead !== undefined) struck = { ...struck, instead };
    }
  }
  const reply = api.answer(understood, struck);
  const changes = effects.filter((effect) => effect.station === "json");
  if (reply.status !== 200 || struck.instead !== undefined || changes.length === 0) return reply;
  // A file is no JSON.
  if (reply.body.startsWith("<")) return reply;
  const changed = changes.reduce((body, { change }) => change(body, call), parsedJson(reply.body));
  return { ...reply, body: jsonText(changed) };
}

/** The reply as a response, hurt on the wire by some faults. */
export async function sendStruck(
  reply: Reply,
  effects: readonly FaultEffect[],
  sleep: (ms: number) => Promise<void>,
): Promise<Response> {
  const wires = effects.flatMap((effect) => (effect.station === "wire" ? [effect.wire] : []));
  const init = { status: reply.status, headers: reply.headers };
  const half = reply.body.slice(0, Math.floor(reply.body.length / 2));
  if (wires.includes("slow")) await sleep(slowMs);
  if (wires.includes("empty")) return new Response("", init);
  if (wires.includes("truncate")) return new Response(half, init);
  if (wires.includes("cut")) return new Response(breakingOff(half), init);
  return new Response(reply.body, init);
}

/** A body that begins and then breaks, as `fetch` tells it: a TypeError, here with its cause. */
function breakingOff(text: string): ReadableStream<Uint8Array> {
  let begun = false;
  return new ReadableStream({
    pull(controller) {
      if (begun) {
        const cause = new Deno.errors.ConnectionReset("The simulated connection was cut");
        controller.error(new TypeError(cause.message, { cause }));
        return;
      }
      begun = true;
      controller.enqueue(new TextEncoder().encode(text));
    },
  });
}
