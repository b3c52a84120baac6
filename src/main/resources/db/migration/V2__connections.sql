-- Connections to the world outside, and what is on its way to it.

-- A connection made by API. One made by file is not here, because the file is its definition.
create table connection (
    tenant_id text not null,
    workspace_id text not null,
    name text not null check (name ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$'),
    kind text not null,
    parameters jsonb not null,
    -- By parameter, each encrypted by AES-256-GCM.
    secrets jsonb not null,
    -- A new one with each change: the other nodes compare it.
    revision uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, workspace_id, name)
);

-- How a connection is doing, however it was made.
create table connection_state (
    tenant_id text not null,
    workspace_id text not null,
    connection text not null,
    source text,
    last_success timestamptz,
    last_failure timestamptz,
    last_error text,
    primary key (tenant_id, workspace_id, connection)
) with (fillfactor = 50);

-- Each connection that sends has a queue; one that tells of events remembers how far it has read the log.
create table delivery_queue (
    tenant_id text not null,
    workspace_id text not null,
    connection text not null,
    read_to bigint,
    primary key (tenant_id, workspace_id, connection)
) with (fillfactor = 50);

-- What is to be sent through one connection. It goes when it has arrived; a dead letter stays until it is replayed.
create table delivery (
    tenant_id text not null,
    delivery_id uuid not null,
    workspace_id text not null,
    connection text not null,
    type text not null,
    subject uuid,
    payload text not null,
    attempts integer not null default 0,
    due_at timestamptz not null,
    give_up_at timestamptz not null,
    dead_at timestamptz,
    last_error text,
    created_at timestamptz not null default now(),
    primary key (tenant_id, delivery_id)
) with (fillfactor = 80);
create index delivery_waiting on delivery (tenant_id, workspace_id, connection, due_at) where dead_at is null;
create index delivery_dead on delivery (tenant_id, workspace_id, connection, delivery_id) where dead_at is not null;

do $$
declare
    tables constant text[] := array['connection', 'connection_state', 'delivery_queue', 'delivery'];
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

-- Two questions are asked without a tenant: which connections there are, and which of them have something to send.
do $$
declare
    tables constant text[] := array['connection', 'delivery_queue', 'delivery', 'workspace'];
    t text;
begin
    foreach t in array tables loop
        execute format('create policy every_connection on %I for select to %I using (true)', t, current_user);
    end loop;
end $$;

create function connection_revisions()
returns table (tenant_id text, workspace_id text, name text, revision uuid)
language sql stable security definer set search_path = public
as $$ select tenant_id, workspace_id, name, revision from connection $$;
revoke all on function connection_revisions() from public;
grant execute on function connection_revisions() to tributary_app;

create function queues_with_work()
returns table (tenant_id text, workspace_id text, connection text)
language sql stable security definer set search_path = public
as $$
    select q.tenant_id, q.workspace_id, q.connection
    from delivery_queue as q
    where exists (
            select from delivery as d
            where d.tenant_id = q.tenant_id and d.workspace_id = q.workspace_id and d.connection = q.connection
                and d.dead_at is null and d.due_at <= now()
        )
        or q.read_to < (
            select w.event_sequence from workspace as w
            where w.tenant_id = q.tenant_id and w.workspace_id = q.workspace_id
        )
$$;
revoke all on function queues_with_work() from public;
grant execute on function queues_with_work() to tributary_app;
