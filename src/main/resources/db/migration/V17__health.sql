-- What the health of a deal rests on besides its fields. Null in rows of before, which means none.
alter table deal
    -- The days of the latest engagements, by UTC.
    add column engaged_on date[],
    -- How often the expected close date was moved to a later day.
    add column close_date_pushes smallint,
    -- When time alone may have changed the score; null for deals that are not scored any more.
    add column rescore_on date;

-- Every deal that is there already is scored anew soon.
alter table deal no force row level security;
update deal set rescore_on = current_date
where stage not in ('closed_won', 'closed_lost') and not spam and archived_at is null;
alter table deal force row level security;

create index deal_to_rescore on deal (tenant_id, workspace_id, rescore_on) where rescore_on is not null;

-- How long a deal was in a stage that it has left.
create table stage_visit (
    tenant_id text not null,
    workspace_id text not null,
    deal_id uuid not null,
    entered_at timestamptz not null,
    left_at timestamptz not null,
    stage text not null,
    next_stage text not null,
    primary key (tenant_id, deal_id, entered_at)
);
create index stage_visit_by_outcome on stage_visit (tenant_id, workspace_id, next_stage, left_at, deal_id);

-- What is usual in a workspace, from which moment on deals are measured by it.
create table norms (
    tenant_id text not null,
    workspace_id text not null,
    valid_from timestamptz not null,
    -- Seconds in each stage, the median of deals that were won.
    stages jsonb not null,
    -- The median value of the active deals.
    typical_value numeric(17, 2),
    primary key (tenant_id, workspace_id, valid_from)
);

-- By which profile the deals of a workspace are scored; those of before were marked to be scored anew.
create table scored_by (
    tenant_id text not null,
    workspace_id text not null,
    profile text not null,
    primary key (tenant_id, workspace_id)
);

do $$
declare
    tables constant text[] := array['stage_visit', 'norms', 'scored_by'];
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
