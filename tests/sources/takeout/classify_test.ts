import assert from "node:assert/strict";
import { classify } from "../../../pipeline/sources/takeout/classify.ts";
import { archiveEntries, type Generation } from "../../generate/takeout_archive.ts";
import { worn } from "../../generate/wearer.ts";

/** The stream, `clock` for files read for the clock alone, or why a file is skipped. */
function verdict(path: string): string {
  const found = classify(path);
  if (found.kind === "take") return found.families.map(({ stream }) => stream).join(" or ");
  return found.kind === "hint" ? "clock" : found.reason;
}

const json = "heart_rate-*.json";
const csv = "heart_rate_*.csv";
const resting = "resting_heart_rate-*.json";
const daily = "daily_resting_heart_rate*.csv";
const personal = "private, never read";
const places = "locations, read only with --with-location";
const bulk = "bulk that is no health data, never read";
const later = "no table takes this kind of file yet";
const notifications = "when to notify, no measurements";
const raw = "untabulated";

const cases: Readonly<Record<string, string>> = {
  "MyFitbitData/Ada/user-site-export/heart_rate-2018-05-01.json": json,
  "heart_rate-2018-05-01.json": json,
  "Takeout/Fitbit/Global Export Data/Heart_Rate-2018-05-01.JSON": json,
  "Takeout/Fitbit/Physical Activity_GoogleData/heart_rate_2025-05-01.csv": csv,
  "Takeout/Google Health/Physical Activity_GoogleData/Heart Rate/heart_rate_2026-09-12.csv": csv,
  "Ada Lovelace/Google Data/Physical Activity/heart_rate_2026-02-01.csv": csv,
  "x/resting_heart_rate-2020-03-09.json": resting,
  "x/resting_heart_rate.json": resting,
  "x/daily_resting_heart_rate.csv": daily,
  "x/daily_resting_heart_rate_2026-09-01.csv": daily,
  "Takeout/Fitbit/Heart Rate/Heart Rate Notifications Alerts.csv":
    "Heart Rate Notifications Alerts*.csv",
  "Takeout/Fitbit/Heart Rate/Heart Rate Notifications Profile.csv": notifications,
  "Takeout/Fitbit/Physical Activity_GoogleData/heart_rate_notification_2026-01-01.csv":
    "heart_rate_notification_*.csv",
  "x/time_in_heart_rate_zones-2020-03-10.json": "time_in_heart_rate_zones-*.json",
  "x/heart_rate-2020-03-10.csv": later,
  "x/heart_rate_2020-03-10.json": later,
  "x/heart_rate-2020-03-10 (1).json": later,
  "x/steps-2020-03-10.json": "steps-*.json",
  "x/steps.json": "steps-*.json",
  "x/steps-2020-03-10 (1).json": later,
  "x/exercise-100.json": "exercise-*.json",
  "x/badge.json": "awards, no measurements",
  "x/Paired Devices/Trackers.csv": "the devices of the account, without a time",
  "x/Activity Goals/Activity Goals.csv": raw,
  "x/UserAppSettingData.csv": "settings, no measurements",
  "x/Sleep/Sleep Profile.csv": raw,
  "x/afib_ecg_reading_1602141306000.csv": "afib_ecg_reading_*.csv",
  "x/EcgUserData.csv": raw,
  "x/afib_ppg_windows_2026-01-01.csv": "afib_ppg_windows*.csv",
  "x/afib_ppg_alerts.csv": raw,
  "x/afib_ppg_enrollment.csv": "settings, no measurements",
  "Takeout/Fitbit/Mindfulness/Mindfulness Eda Data Sessions - 2026-01-01.csv":
    "Mindfulness Eda Data Sessions*.csv",
  "Ada/Stress/mindfulness_eda_data_sessions.csv": "Mindfulness Eda Data Sessions*.csv",
  "Ada/Stress/mindfulness_sessions.csv": "Mindfulness Sessions*.csv",
  "x/Stress Journal/Survey Data.csv": "Survey Data.csv",
  "x/resting_heart_rate_2026-01-01.csv": "resting_heart_rate*.csv or untabulated",
  "x/core_body_temperature_2026-01-01.csv": "core_body_temperature_*.csv or untabulated",
  "x/hydration_log_2026-01-01.csv": raw,
  "x/nutrition_log.csv": raw,
  "x/Biometrics/Glucose 202601.csv": raw,
  "x/Temperature/Manual Temperature - 2026-01-01.csv": raw,
  "x/Body Temperature_GoogleData/Pixel Body Temperatures.csv": raw,
  "x/Menstrual Health/menstrual_health_cycles.csv": raw,
  "x/Menstrual Health/menstrual_health_settings.csv": "settings, no measurements",
  "x/WorkoutSummariesAndRounds.csv": raw,
  "x/Coarse Physical Location/coarse_physical_location_2026-01-01.csv": places,
  "Takeout/Google Health/Physical Activity_GoogleData/New Thing/new_thing_2027-01-01.csv": raw,
  "Takeout/Google Health/Global Export Data/new_thing-2027-01-01.json": raw,
  "Ada Lovelace/Google Data/Physical Activity/new_thing.csv": raw,
  "Takeout/Google Health/New Thing/picture.jpg": later,
  "Downloads/new_thing_2027-01-01.csv": later,
  "Takeout/Google Health/Blocked Users/blocked.csv": personal,
  "Takeout/Google Health/Health Fitness Data_GoogleData/UserLocationCountry.csv": personal,
  "x/micro_motion_2026-03-22.csv": raw,
  "x/heart_rate_variability_2026-01-01.csv": "heart_rate_variability_*.csv",
  "x/Steps/steps_2026-09-01.csv": "steps_*.csv",
  "x/Stress Score/Stress Score.csv": "Stress Score.csv",
  "x/Daily Heart Rate Variability Summary - 2026-04-.csv":
    "Daily Heart Rate Variability Summary - *.csv",
  "x/Daily Heart Rate Variability Summary - 2026-04-(12).csv":
    "Daily Heart Rate Variability Summary - *.csv",
  "x/daily_readiness_2026-09-01.csv": "daily_readiness*.csv",
  "x/weight.csv": "weight_*.csv",
  "Takeout/Fitbit/Your Profile/Profile.csv": "clock",
  "Takeout/Fitbit/Your Profile/Avatar Photo.jpg": personal,
  "Takeout/Fitbit/Your Profile/heart_rate-2018-05-01.json": personal,
  "Takeout/Google Health/Social_GoogleData/UserFriends.csv": personal,
  "Takeout/Google Health/User Profile_GoogleData/UserProfile.csv": personal,
  "Takeout/Fitbit/Commerce_GoogleData/orders.csv": personal,
  "Takeout/Fitbit/User Security Data/logins.csv": personal,
  "x/UserConversations.csv": personal,
  "x/gps_location_2026-01-01.csv": places,
  "x/GPS Location/readme.txt": places,
  "x/Activities/123.tcx": places,
  "x/UserActivityProbabilities_2026-01-01.csv": bulk,
  "x/UserSensorCompressionToken_2026-01-01.csv": bulk,
  "x/Device Events_GoogleData/events.json": bulk,
  "x/Health Fitness Data_GoogleData/UserExercises_2022-10-20.csv": "UserExercises_*.csv",
  "x/Health Fitness Data_GoogleData/UserDemographicData.csv": "clock",
  "Takeout/archive_browser.html": "a description of the export",
  "Takeout/Archiv_Übersicht.html": "a description of the export",
  "x/Global Export Data/Global Export Data README.txt": "a description of the export",
  "__MACOSX/x/._heart_rate-2018-05-01.json": "left by the computer, not by the export",
  "x/.DS_Store": "left by the computer, not by the export",
  "x/takeout-20260402T101112Z-1-002.zip": "an archive inside the archive, not opened",
};

for (const [path, expected] of Object.entries(cases)) {
  Deno.test(`classify() says of ${path}: ${expected}`, () => {
    assert.equal(verdict(path), expected);
  });
}

Deno.test("classify() leaves files of no known kind unread that are too large for measurements", () => {
  const path = "Takeout/Fitbit/Health Fitness Data_GoogleData/UserNewClassifierDump_2027.csv";
  assert.equal(classify(path, { size: 1e6 }).kind, "take");
  assert.deepEqual(classify(path, { size: 1e9 }), {
    kind: "skip",
    reason: "larger than any known kind of measurements, not read",
    known: true,
  });
  assert.equal(classify("Takeout/Fitbit/x/heart_rate_2027-01-01.csv", { size: 1e9 }).kind, "take");
});

Deno.test("classify() takes files of places only when asked for them, with or without a table", () => {
  for (const name of ["gps_location_2026-01-01.csv", "coarse_physical_location_2026-01-01.csv"]) {
    assert.equal(classify(`Takeout/Fitbit/x/${name}`).kind, "skip");
    assert.equal(classify(`Takeout/Fitbit/x/${name}`, { withLocation: true }).kind, "take");
  }
});

const generations: readonly Generation[] = ["G1", "G2", "G3", "G4", "G4n", "G5", "G6"];

Deno.test("classify() finds the heart rates of every generation", () => {
  const times = worn("2026-01-02T00:00:00Z", "2026-01-02T02:00:00Z");
  const lived = [{ from: null, zone: "UTC" }];
  for (const generation of generations) {
    const verdicts = archiveEntries({ generation, times, lived }).map(({ path }) => verdict(path));
    const hasCsv = !["G1", "G2", "G3"].includes(generation);
    assert.equal(verdicts.includes(json), true, generation);
    assert.equal(verdicts.includes(resting), true, generation);
    assert.equal(verdicts.includes(csv), hasCsv, generation);
    assert.equal(verdicts.includes(daily), hasCsv, generation);
  }
});
