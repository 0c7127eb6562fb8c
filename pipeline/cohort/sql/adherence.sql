-- A row is one participant: how many days there are, how many of them the watch was worn for ten hours,
-- and when that was last so.
select
  participant,
  min(civil_day) as first_day,
  max(civil_day) as last_day,
  count(*) as days,
  sum(case when heart_rate_covered_minutes > 0 then 1 else 0 end) as days_with_heart_rate,
  sum(case when heart_rate_covered_minutes >= 600 then 1 else 0 end) as days_worn,
  max(case when heart_rate_covered_minutes >= 600 then civil_day else null end) as last_day_worn,
  cast(sum(coalesce(heart_rate_covered_minutes, 0)) as double) / 60 as worn_h,
  sum(case when sleep_asleep_min > 0 then 1 else 0 end) as nights
from day
group by participant
order by participant
