-- Mails that arrived lately: one that is handed over again is known by its id.
create table arrived (
    tenant_id text not null,
    delivery_id uuid not null,
    workspace_id text not null,
    connection text not null,
    at timestamptz not null default now(),
    primary key (tenant_id, delivery_id)
);
create index arrived_by_age on arrived (tenant_id, workspace_id, connection, at);

alter table arrived enable row level security;
alter table arrived force row level security;
create policy one_tenant on arrived to tributary_app
    using (tenant_id = current_setting('app.tenant_id', true))
    with check (tenant_id = current_setting('app.tenant_id', true));
grant select, insert, update, delete on arrived to tributary_app;
