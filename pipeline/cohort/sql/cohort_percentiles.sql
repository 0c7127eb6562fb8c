-- A row is one day and measure: percentiles over the participants who wore the watch for ten hours that
-- day, interpolated between ranks. Ranks are written out, since engines name their percentiles apart.
with measured as (
  select participant, civil_day, 'resting_heart_rate_bpm' as measure, resting_heart_rate_bpm as value
  from day where heart_rate_covered_minutes >= 600
  union all
  select participant, civil_day, 'rmssd_ms' as measure, daily_heart_rate_variability_rmssd_ms as value
  from day where heart_rate_covered_minutes >= 600
  union all
  select participant, civil_day, 'steps' as measure, steps as value
  from day where heart_rate_covered_minutes >= 600
  union all
  select participant, civil_day, 'asleep_h' as measure, cast(sleep_asleep_min as double) / 60 as value
  from day where heart_rate_covered_minutes >= 600
),
counted as (
  select measure as of_measure, civil_day as of_day, count(*) as n, avg(value) as mean
  from measured
  where value is not null
  group by measure, civil_day
),
ranked as (
  select
    measure,
    civil_day,
    value,
    row_number() over (partition by measure, civil_day order by value) - 1 as place
  from measured
  where value is not null
),
placed as (
  select
    ranked.measure,
    ranked.civil_day,
    ranked.value,
    ranked.place,
    counted.n,
    counted.mean,
    cast(counted.n - 1 as double) * 0.05 as p5,
    cast(counted.n - 1 as double) * 0.25 as p25,
    cast(counted.n - 1 as double) * 0.50 as p50,
    cast(counted.n - 1 as double) * 0.75 as p75,
    cast(counted.n - 1 as double) * 0.95 as p95
  from ranked
  join counted on counted.of_measure = ranked.measure and counted.of_day = ranked.civil_day
)
select
  measure,
  civil_day,
  max(n) as participants,
  max(mean) as mean,
  sum(case when abs(place - p5) < 1 then value * (1 - abs(place - p5)) else 0 end) as p5,
  sum(case when abs(place - p25) < 1 then value * (1 - abs(place - p25)) else 0 end) as p25,
  sum(case when abs(place - p50) < 1 then value * (1 - abs(place - p50)) else 0 end) as p50,
  sum(case when abs(place - p75) < 1 then value * (1 - abs(place - p75)) else 0 end) as p75,
  sum(case when abs(place - p95) < 1 then value * (1 - abs(place - p95)) else 0 end) as p95
from placed
group by measure, civil_day
order by measure, civil_day
