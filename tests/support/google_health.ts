import { googleHealthSource } from "../../pipeline/sources/google_health/client.ts";
import { givenToken } from "../../pipeline/sources/tokens.ts";
import { LeapingClock } from "./leaping_clock.ts";
import { type Scripted, ScriptedFetch } from "./scripted_fetch.ts";

/** A sample at an instant, with that offset. */
export function sample(physicalTime: string, utcOffset: string | undefined, more: object = {}) {
  return { heartRate: { sampleTime: { physicalTime, utcOffset, ...more }, beatsPerMinute: "72" } };
}

/** An error body as Google writes it. */
export function googleError(
  code: number,
  status: string,
  reason?: string,
  message = "CANARY 72 bpm",
) {
  const details = reason === undefined ? undefined : [
    { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "googleapis.com" },
  ];
  return Response.json({ error: { code, status, message, details } }, { status: code });
}

/** The client on a script, with a token that must not show. */
export function sourceOf(answer: (url: URL) => Scripted, options: { timeZone?: string } = {}) {
  const script = new ScriptedFetch(answer);
  const clock = new LeapingClock("2026-11-07T12:00:00Z");
  const source = googleHealthSource({
    baseUrl: "https://health.googleapis.com/",
    token: givenToken("CANARYtoken", "EVERYSECOND_GOOGLE_HEALTH_TOKEN"),
    fetch: script.fetch,
    clock,
    signal: new AbortController().signal,
    random: () => 0,
    ...options,
  });
  return { source, script, clock };
}
