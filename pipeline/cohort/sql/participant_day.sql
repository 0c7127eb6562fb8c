-- A row is one participant's day: the values a study looks at, and whether the watch was worn for long
-- enough (ten hours) that the day may stand for the person.
select
  participant,
  civil_day,
  cast(heart_rate_covered_minutes as double) / 60 as worn_h,
  case when heart_rate_covered_minutes >= 600 then 1 else 0 end as is_valid,
  heart_rate_mean_bpm,
  resting_heart_rate_bpm,
  daily_heart_rate_variability_rmssd_ms as rmssd_ms,
  steps,
  active_zone_minutes,
  cast(sleep_asleep_min as double) / 60 as asleep_h,
  breathing_rate_breaths_per_min,
  daily_spo2_mean_percent as spo2_mean_percent
from day
order by participant, civil_day
