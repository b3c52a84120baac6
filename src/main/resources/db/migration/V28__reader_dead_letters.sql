-- Events that a reader of the log could not deal with and was moved past.
create table reader_dead_letter (
    tenant_id text not null,
    workspace_id text not null,
    reader text not null,
    sequence bigint not null,
    type text not null,
    subject uuid,
    at timestamptz not null,
    data json not null,
    failure text not null,
    set_aside_at timestamptz not null default now(),
    primary key (tenant_id, workspace_id, reader, sequence)
);

alter table reader_dead_letter enable row level security;
alter table reader_dead_letter force row level security;
create policy one_tenant on reader_dead_letter to tributary_app
    using (tenant_id = current_setting('app.tenant_id', true))
    with check (tenant_id = current_setting('app.tenant_id', true));
grant select, insert, update, delete on reader_dead_letter to tributary_app;
