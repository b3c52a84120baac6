-- Since when a deal is out of the pipeline because the system that it comes from has deleted it.
alter table deal add column archived_at timestamptz;

-- What HubSpot told us and is still to be read, and how far polling has come.

-- Each event once: what is delivered again is known by its key.
create table hubspot_event (
    tenant_id text not null,
    workspace_id text not null,
    event_key bytea not null,
    received_at timestamptz not null,
    primary key (tenant_id, workspace_id, event_key)
);
create index hubspot_event_by_age on hubspot_event (tenant_id, received_at);

-- One task an object, however many events there are of it.
create table hubspot_task (
    tenant_id text not null,
    workspace_id text not null,
    connection text not null,
    object text not null,
    object_id text not null,
    kind text not null check (kind in ('read', 'delete', 'restore', 'erase')),
    occurred_at timestamptz not null,
    -- Grows with each event: work on an older state is not the end of it.
    version bigint not null default 1,
    attempts integer not null default 0,
    due_at timestamptz not null,
    leased_until timestamptz,
    last_error text,
    created_at timestamptz not null,
    primary key (tenant_id, workspace_id, connection, object, object_id)
);
create index hubspot_task_by_due on hubspot_task (tenant_id, workspace_id, connection, due_at);

-- Up to which time of change everything was read; a turn of polling holds the lease.
create table hubspot_cursor (
    tenant_id text not null,
    workspace_id text not null,
    connection text not null,
    modified_at timestamptz not null,
    archived_at timestamptz not null,
    due_at timestamptz not null,
    leased_until timestamptz,
    backfill_from timestamptz,
    taken bigint not null default 0,
    primary key (tenant_id, workspace_id, connection)
);

do $$
declare
    tables constant text[] := array['hubspot_event', 'hubspot_task', 'hubspot_cursor'];
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

-- Which lead a contact of the account became: a person who wants to be forgotten is named by the contact's id alone.
create table hubspot_contact (
    tenant_id text not null,
    workspace_id text not null,
    connection text not null,
    contact_id text not null,
    lead_id uuid not null,
    primary key (tenant_id, workspace_id, connection, contact_id)
);
alter table hubspot_contact enable row level security;
alter table hubspot_contact force row level security;
create policy one_tenant on hubspot_contact to tributary_app using (tenant_id = current_setting('app.tenant_id', true))
    with check (tenant_id = current_setting('app.tenant_id', true));
grant select, insert, update, delete on hubspot_contact to tributary_app;

-- The audit log is changed by nobody, except that a person can be taken out of it; for the tenant that the transaction
-- names alone.
create function erase_from_audit(subjects text[]) returns void
language sql security definer set search_path = public
as $$
    update audit
    set details = details
        #- '{before,contact_email}' #- '{after,contact_email}' #- '{before,contact_name}' #- '{after,contact_name}'
        #- '{before,email}' #- '{after,email}' #- '{before,first_name}' #- '{after,first_name}'
        #- '{before,last_name}' #- '{after,last_name}' #- '{before,phone}' #- '{after,phone}'
    where tenant_id = current_setting('app.tenant_id') and subject = any(subjects)
$$;
revoke all on function erase_from_audit(text[]) from public;
grant execute on function erase_from_audit(text[]) to tributary_app;
do $$
begin
    execute format('create policy erasing on audit to %I using (true) with check (true)', current_user);
end $$;
