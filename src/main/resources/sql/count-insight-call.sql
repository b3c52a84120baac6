-- Gives no row when the tenant has had its calls of the day.
insert into insight_use (tenant_id, day, calls)
values (:tenant, cast(now() at time zone 'UTC' as date), 1)
on conflict (tenant_id, day) do update set calls = insight_use.calls + 1
where insight_use.calls < :per_day
returning calls
