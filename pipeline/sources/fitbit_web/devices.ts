/** The paired devices of the Fitbit Web API: what there is on the day it is asked. */

import { device } from "../../catalog/intake.ts";
import { text, whole, word } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { answerStream } from "./answer_streams.ts";

/** The devices; no field tells the day, it is the one they were asked for. */
export const fitbitDevices: Stream = answerStream({
  name: "devices",
  table: device,
  columns: ({ instant, firstDay }) => ({
    date: field("^", () => firstDay),
    device_id: field("id", text),
    type: field("type", word),
    model: field("deviceVersion", text),
    battery_percent: field("batteryLevel", whole),
    battery: field("battery", word),
    last_sync: field("lastSyncTime", instant),
  }),
  known: ["mac", "features"],
});
