-- A row is one participant's week, named by its Monday: means over the days that have a value.
select
  participant,
  civil_day as week,
  heart_rate_mean_bpm,
  resting_heart_rate_bpm,
  daily_heart_rate_variability_rmssd_ms as rmssd_ms,
  steps,
  steps_days,
  cast(sleep_asleep_min as double) / 60 as asleep_h,
  sleep_asleep_min_days as nights
from week
order by participant, week
