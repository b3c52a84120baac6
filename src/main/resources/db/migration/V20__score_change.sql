-- How the health score of a deal went. The event log, which tells of it first, is kept for a week only.
create table score_change (
    tenant_id text not null,
    deal_id uuid not null,
    -- The number of the event that told of it, so that an event told twice counts once.
    sequence bigint not null,
    workspace_id text not null,
    at timestamptz not null,
    score numeric(5, 2) not null,
    previous_score numeric(5, 2) not null,
    risk_level text not null,
    primary key (tenant_id, deal_id, sequence)
);

alter table score_change enable row level security;
alter table score_change force row level security;
create policy one_tenant on score_change to tributary_app using (tenant_id = current_setting('app.tenant_id', true))
    with check (tenant_id = current_setting('app.tenant_id', true));
grant select, insert, update, delete on score_change to tributary_app;
