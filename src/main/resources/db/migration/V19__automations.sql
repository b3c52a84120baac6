-- What happens by itself after the commit: automations that fire, the tasks they leave, and timers that outlive the hub.

-- How an automation stands in one workspace; one that never fired and was never switched has no row.
create table automation (
    tenant_id text not null,
    workspace_id text not null,
    automation text not null,
    enabled boolean not null default true,
    fired bigint not null default 0,
    last_fired_at timestamptz,
    primary key (tenant_id, workspace_id, automation)
) with (fillfactor = 50);

-- One row for each crossing that an automation answered. The unique key is what makes it one, on however many hubs.
create table automation_firing (
    tenant_id text not null,
    firing_id uuid not null,
    workspace_id text not null,
    automation text not null,
    deal_id uuid not null,
    crossing text not null check (char_length(crossing) between 1 and 200),
    fired_at timestamptz not null,
    primary key (tenant_id, firing_id)
);
create unique index automation_firing_once
on automation_firing (tenant_id, workspace_id, automation, deal_id, crossing);
create index automation_firing_by_age on automation_firing (tenant_id, workspace_id, automation, firing_id);

create table task (
    tenant_id text not null,
    task_id uuid not null,
    workspace_id text not null,
    deal_id uuid not null,
    firing_id uuid,
    automation text,
    title text not null,
    text text,
    assignee text,
    due_at timestamptz,
    state text not null default 'open' check (state in ('open', 'done')),
    created_at timestamptz not null,
    done_at timestamptz,
    done_by text,
    primary key (tenant_id, task_id)
) with (fillfactor = 80);
create index task_by_state on task (tenant_id, workspace_id, state, task_id);
create index task_by_deal on task (tenant_id, deal_id, task_id);

-- What an automation waits for. A timer goes in the transaction of the firing that it led to.
create table automation_timer (
    tenant_id text not null,
    workspace_id text not null,
    automation text not null,
    deal_id uuid not null,
    timer text not null,
    -- When the automation began with this deal: what happened to the deal since then is known by it.
    begun_at timestamptz not null,
    due_at timestamptz not null,
    -- The moment at which it was due first, which names its crossing however often it is tried.
    set_for timestamptz not null,
    tries integer not null default 0,
    primary key (tenant_id, workspace_id, automation, deal_id, timer)
) with (fillfactor = 80);
create index automation_timer_due on automation_timer (due_at);
create index automation_timer_due_in_workspace on automation_timer (tenant_id, workspace_id, due_at);

-- What somebody said of a deal.
create table comment (
    tenant_id text not null,
    comment_id uuid not null,
    workspace_id text not null,
    deal_id uuid not null,
    author text not null,
    text text not null check (char_length(text) between 1 and 10000),
    mentions text[] not null,
    created_at timestamptz not null,
    primary key (tenant_id, comment_id)
);
create index comment_by_deal on comment (tenant_id, deal_id, comment_id);

-- Who looks after a deal: a name, or an e-mail address.
alter table deal add column owner text check (char_length(owner) between 1 and 200);

-- What an enricher answered, so that nobody is asked twice within the time that the connection names.
create table enrichment (
    tenant_id text not null,
    workspace_id text not null,
    connection text not null,
    -- What was asked about, and how: a change of the question makes another row.
    question bytea not null,
    answer jsonb not null,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    primary key (tenant_id, workspace_id, connection, question)
);
create index enrichment_by_age on enrichment (tenant_id, workspace_id, connection, expires_at);

-- Open deals by the date on which they should have closed.
create index deal_by_close_date on deal (tenant_id, workspace_id, expected_close_date, deal_id)
where stage not in ('closed_won', 'closed_lost') and expected_close_date is not null and not spam;

do $$
declare
    tables constant text[] := array['automation', 'automation_firing', 'task', 'automation_timer', 'comment', 'enrichment'];
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

-- Asked without a tenant by the route that wakes timers: which workspaces have one that is due. Answers with ids only.
do $$
begin
    execute format('create policy every_timer on automation_timer for select to %I using (true)', current_user);
    execute format('create policy every_workspace on workspace for select to %I using (true)', current_user);
end $$;

create function workspaces_with_due_timers()
returns table (tenant_id text, workspace_id text)
language sql stable security definer set search_path = public
as $$
    select distinct due.tenant_id, due.workspace_id
    from (
        select t.tenant_id, t.workspace_id from automation_timer as t
        where t.due_at <= now() order by t.due_at limit 1000
    ) as due
$$;
revoke all on function workspaces_with_due_timers() from public;
grant execute on function workspaces_with_due_timers() to tributary_app;

create function every_workspace()
returns table (tenant_id text, workspace_id text)
language sql stable security definer set search_path = public
as $$ select w.tenant_id, w.workspace_id from workspace as w $$;
revoke all on function every_workspace() from public;
grant execute on function every_workspace() to tributary_app;

-- The built-in automation answers what happens from now on, in workspaces that are there already; in others, everything.
alter table event_reader no force row level security;
insert into event_reader (tenant_id, workspace_id, reader, position)
select w.tenant_id, w.workspace_id, 'high-risk', w.event_sequence from workspace as w
on conflict do nothing;
alter table event_reader force row level security;
