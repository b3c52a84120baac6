-- What the pipeline comes to now, at most once a minute: what is at risk is read from the deals themselves.
update trend_hour as h
set pipeline_value = (
        select coalesce(sum(c.value), 0)
        from stage_counter as c
        where c.tenant_id = h.tenant_id and c.workspace_id = h.workspace_id
            and c.stage not in ('closed_won', 'closed_lost')
    ),
    weighted_value = (
        select coalesce(sum(c.weighted), 0)
        from stage_counter as c
        where c.tenant_id = h.tenant_id and c.workspace_id = h.workspace_id
            and c.stage not in ('closed_won', 'closed_lost')
    ),
    value_at_risk = (
        select coalesce(sum(d.base_value), 0)
        from deal as d
        where d.tenant_id = h.tenant_id and d.workspace_id = h.workspace_id
            and d.risk_level = 'high' and d.stage not in ('closed_won', 'closed_lost') and not d.spam
    ),
    valued_at = now()
where h.tenant_id = :tenant and h.workspace_id = :workspace and h.hour = :hour
    and (h.valued_at is null or h.valued_at < now() - interval '1 minute')
