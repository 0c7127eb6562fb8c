/** Where points come from, as `list` shows it. */

import type { DataSource } from "./stream.ts";

/** What the person wears. */
export const watch: DataSource = {
  dataSource: {
    recordingMethod: "PASSIVELY_MEASURED",
    device: { formFactor: "FITNESS_BAND", manufacturer: "Fitbit", displayName: "Charge 6" },
    platform: "FITBIT",
  },
  families: new Set(["google-wearables", "google-sources"]),
};

/** Worn at workouts beside the watch. */
export const strap: DataSource = {
  dataSource: {
    recordingMethod: "ACTIVELY_MEASURED",
    device: { formFactor: "CHEST_STRAP", manufacturer: "Polar", displayName: "H10" },
    application: { packageName: "fi.polar.beat" },
    platform: "HEALTH_CONNECT",
  },
  families: new Set(["google-sources"]),
};

/** Carried on walks; it counts fewer steps than the watch. */
export const phone: DataSource = {
  dataSource: {
    recordingMethod: "PASSIVELY_MEASURED",
    device: { formFactor: "PHONE", manufacturer: "Google", displayName: "Pixel 9" },
    platform: "HEALTH_CONNECT",
  },
  families: new Set(["google-sources"]),
};

/** Worked out by the service from what the watch measured. */
export const service: DataSource = {
  dataSource: { recordingMethod: "DERIVED", platform: "FITBIT" },
  families: new Set(["google-wearables", "google-sources"]),
};

/** Stood on in the morning. */
export const scale: DataSource = {
  dataSource: {
    recordingMethod: "ACTIVELY_MEASURED",
    device: { formFactor: "SCALE", manufacturer: "Fitbit", displayName: "Aria Air" },
    platform: "FITBIT",
  },
  families: new Set(["google-wearables", "google-sources"]),
};

/** Typed in by the person. */
export const byHand: DataSource = {
  dataSource: {
    recordingMethod: "MANUAL",
    application: { packageName: "com.fitbit.FitbitMobile" },
    platform: "FITBIT",
  },
  families: new Set(["google-sources"]),
};
