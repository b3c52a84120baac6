-- Who has read the event log how far, tickets to the live feed, and what wakes readers.

create table event_reader (
    tenant_id text not null,
    workspace_id text not null,
    reader text not null,
    position bigint not null,
    -- How often in a row the batch after the position failed, and how the last time.
    failures integer not null default 0,
    last_failure text,
    updated_at timestamptz not null default now(),
    primary key (tenant_id, workspace_id, reader)
) with (fillfactor = 50);

create table live_ticket (
    tenant_id text not null,
    ticket_hash bytea not null,
    workspace_id text not null,
    key_id uuid not null,
    expires_at timestamptz not null,
    primary key (tenant_id, ticket_hash)
);

do $$
declare
    tables constant text[] := array['event_reader', 'live_ticket'];
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

-- Asked without a tenant by whoever reads on after a break: how far each workspace's log goes. Answers with ids only.
do $$
begin
    execute format('create policy log_ends on workspace for select to %I using (true)', current_user);
end $$;

create function event_log_ends()
returns table (tenant_id text, workspace_id text, event_sequence bigint)
language sql stable security definer set search_path = public
as $$ select tenant_id, workspace_id, event_sequence from workspace where event_sequence > 0 $$;
revoke all on function event_log_ends() from public;
grant execute on function event_log_ends() to tributary_app;
