-- A row is one participant's day: its data yield, as the RAPIDS pipeline defines it for heart rate. A
-- minute is valid when it has a sample, an hour when half of its minutes are valid; the yields are the
-- shares of valid minutes and of valid hours. Both are needed: the same number of minutes may lie close
-- together or be spread over the day. On the day of 25 hours a share may pass 1.
select
  participant,
  civil_day,
  cast(sum(coalesce(heart_rate_covered_minutes, 0)) as double) / 1440 as valid_minutes_share,
  cast(sum(case when heart_rate_covered_minutes >= 30 then 1 else 0 end) as double) / 24 as valid_hours_share
from hour
group by participant, civil_day
order by participant, civil_day
