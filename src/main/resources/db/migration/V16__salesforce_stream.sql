-- How far an organisation's change stream was taken: the replay id moves in the transaction that takes the events.
create table salesforce_stream (
    tenant_id text not null,
    workspace_id text not null,
    connection text not null,
    -- Protocol and channel: a replay id of another one means nothing here.
    channel text not null,
    replay_id text,
    -- Everything that was changed until then is known, by whichever way.
    known_at timestamptz not null,
    holder uuid not null,
    leased_until timestamptz,
    taken bigint not null default 0,
    primary key (tenant_id, workspace_id, connection)
);

-- What a stream missed is read by a poll from this time on. What was asked for while a poll ran is not done with it.
alter table salesforce_cursor
    add column gap_from timestamptz,
    add column asks bigint not null default 0;

do $$
declare
    t constant text := 'salesforce_stream';
begin
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy one_tenant on %I to tributary_app using (tenant_id = current_setting(''app.tenant_id'', true)) '
        'with check (tenant_id = current_setting(''app.tenant_id'', true))', t);
    execute format('grant select, insert, update, delete on %I to tributary_app', t);
end $$;
