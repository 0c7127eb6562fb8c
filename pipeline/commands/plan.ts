/** `deno task plan`: what a fetch would ask, why, and what it would cost. */

import { exitCode } from "../errors.ts";
import { type Estimate, estimate } from "../fetch/estimate.ts";
import { planFetch } from "../fetch/request.ts";
import { dayStates } from "../fetch/settle.ts";
import { spanned } from "../fetch/summary.ts";
import { openDataRoot } from "../raw/data_root.ts";
import { counted } from "../terminal/counted.ts";
import { duration } from "../terminal/progress.ts";
import { byteSize, textTable } from "../terminal/table.ts";
import type { Command } from "./command.ts";
import { fetchOptions, fetchRequest, liveRequest } from "./fetch.ts";
import { openLive } from "./live.ts";

export const plan: Command = {
  spec: {
    name: "plan",
    about: "Says what deno task fetch would ask for with the same options, and why: requests at " +
      "most,\nminutes under the quota, about how many bytes. Asks for nothing but the account.",
    options: [...fetchOptions, { name: "json", about: "Print it for a program" }],
  },
  async run(context) {
    const { given, root, effects } = context;
    const live = liveRequest(context);
    const request = fetchRequest(given, live.participant);
    const { source } = openLive(live, effects);
    using data = openDataRoot(root, "plan", effects);
    const planned = await planFetch(source, request, { ...data, ...effects });
    const cost = estimate(planned.windows, source.requestsPerMinute);
    const refused = Array.from(planned.refused, ([stream, reason]) => ({ stream, reason }));
    if (given.flag("json")) {
      const { from, to } = planned;
      effects.talk.result(JSON.stringify({ ...cost, from, to, refused }, null, 2));
      return exitCode.done;
    }
    effects.talk.result(`${source.name}, ${spanned({ first: planned.from, last: planned.to })}`);
    for (const line of estimateLines(cost)) effects.talk.result(line);
    for (const { stream, reason } of refused) effects.talk.result(`Left out ${stream}: ${reason}`);
    return exitCode.done;
  },
};

function estimateLines(cost: Estimate): string[] {
  const states = dayStates.filter((state) =>
    cost.streams.some(({ due }) => due[state] !== undefined)
  );
  return [
    ...textTable(
      ["stream", "documents", ...states.map((state) => `days ${state}`), "requests", "size"],
      cost.streams.map(({ stream, windows, due, requests, bytes }) => [
        stream,
        windows,
        ...states.map((state) => due[state]),
        requests,
        byteSize(bytes),
      ]),
    ),
    "",
    `At most ${counted(cost.requests, "request")}, ${
      duration(cost.minutes * 60)
    } under the quota, about ${byteSize(cost.bytes)}`,
  ];
}
