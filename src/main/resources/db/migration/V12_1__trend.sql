-- How a workspace's pipeline went, hour by hour: what its events add up to, and what the pipeline came to last in that hour.
create table trend_hour (
    tenant_id text not null,
    workspace_id text not null,
    hour timestamptz not null,
    accepted bigint not null default 0,
    rejected bigint not null default 0,
    pipeline_value numeric(24, 2),
    weighted_value numeric(24, 2),
    value_at_risk numeric(24, 2),
    valued_at timestamptz,
    -- The last event counted here, so that an event told twice counts once.
    sequence bigint not null default 0,
    primary key (tenant_id, workspace_id, hour)
) with (fillfactor = 50);

-- What needs a person: active deals at high risk, by value.
create index deal_at_risk on deal (tenant_id, workspace_id, base_value desc nulls last)
    where risk_level = 'high' and stage not in ('closed_won', 'closed_lost') and not spam;

alter table trend_hour enable row level security;
alter table trend_hour force row level security;
create policy one_tenant on trend_hour to tributary_app using (tenant_id = current_setting('app.tenant_id', true))
    with check (tenant_id = current_setting('app.tenant_id', true));
grant select, insert, update, delete on trend_hour to tributary_app;
