-- Notifications of outbound messages that were taken: one that is delivered again is known by its id.
create table salesforce_notification (
    tenant_id text not null,
    workspace_id text not null,
    notification_id text not null,
    received_at timestamptz not null,
    primary key (tenant_id, workspace_id, notification_id)
);
create index salesforce_notification_by_age on salesforce_notification (tenant_id, received_at);

-- Up to which time of change an organisation's Opportunities were read; a turn of polling holds the lease.
create table salesforce_cursor (
    tenant_id text not null,
    workspace_id text not null,
    connection text not null,
    modified_at timestamptz not null,
    due_at timestamptz not null,
    leased_until timestamptz,
    backfill_from timestamptz,
    taken bigint not null default 0,
    primary key (tenant_id, workspace_id, connection)
);

do $$
declare
    tables constant text[] := array['salesforce_notification', 'salesforce_cursor'];
    t text;
begin
    foreach t in array tables loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy one_tenant on %I to tributary_app using (tenant_id = current_setting(''app.tenant_id'', true)) '
            'with check (tenant_id = current_setting(''app.tenant_id'', true))', t);
        execute format('grant select, insert, update, delete on %I to tributary_app', t);
    end loop;
end $$;
