-- Every hour asked for, also those in which nothing happened, in order.
select
    g.hour,
    coalesce(h.accepted, 0) as accepted,
    coalesce(h.rejected, 0) as rejected,
    h.pipeline_value, h.weighted_value, h.value_at_risk,
    g.hour >= date_trunc('day', now(), t.time_zone) as today
from tenant as t
cross join generate_series(
    date_trunc('hour', now()) - make_interval(hours => :hours - 1), date_trunc('hour', now()), interval '1 hour'
) as g (hour)
left join trend_hour as h on h.tenant_id = t.tenant_id and h.workspace_id = :workspace and h.hour = g.hour
where t.tenant_id = :tenant
order by g.hour
