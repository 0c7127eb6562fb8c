/** The paired devices of the Google Health API: what there is on the day it is asked. */

import { device } from "../../catalog/intake.ts";
import { arrayAt } from "../json/document.ts";
import { instant, lastSegment, type Reading, text, whole, word } from "../records/readings.ts";
import { field } from "../records/record_reader.ts";
import type { Stream } from "../source.ts";
import { undatedStream } from "./undated.ts";

const hasHeartRate: Reading = (value, place) => arrayAt(value, place).includes("HEART_RATE");

/** The devices, dated by the civil day that was today when they were asked for. */
export const googleDevices: Stream = undatedStream({
  name: "pairedDevices",
  list: "pairedDevices",
  table: device,
  columns: {
    device_id: field("name", lastSegment),
    type: field("deviceType", word),
    model: field("deviceVersion", text),
    battery_percent: field("batteryLevel", whole),
    battery: field("batteryStatus", word),
    last_sync: field("lastSyncTime", instant),
    has_heart_rate: field("features", hasHeartRate),
  },
  known: ["macAddress"],
});
