-- Possible duplicates, merges that come apart again, and imports that are rolled back.

-- By what a deal is found when another one is like it; hashes, as DealLikeness makes them.
create table likeness (
    tenant_id text not null,
    workspace_id text not null,
    key bigint not null,
    deal_id uuid not null,
    primary key (tenant_id, workspace_id, key, deal_id)
);

-- Two deals that may be one. A pair is kept once it was decided on, so that it is never offered again.
create table duplicate_pair (
    tenant_id text not null,
    pair_id uuid not null,
    workspace_id text not null,
    first_deal uuid not null,
    second_deal uuid not null,
    score numeric(3, 2) not null check (score between 0 and 1),
    why text not null,
    state text not null check (state in ('open', 'dismissed', 'merged', 'set_aside')),
    -- Whether a person named the two, so that it stays however they change.
    asked boolean not null default false,
    merge_id uuid,
    actor text,
    created_at timestamptz not null,
    decided_at timestamptz,
    primary key (tenant_id, pair_id),
    check (first_deal < second_deal)
);
create unique index duplicate_pair_once on duplicate_pair (tenant_id, first_deal, second_deal);
create index duplicate_pair_by_second on duplicate_pair (tenant_id, second_deal, first_deal);
create index duplicate_pair_by_state on duplicate_pair (tenant_id, workspace_id, state, pair_id);

-- Two deals that a person made one: both as they were, and what moved from one to the other.
create table merge (
    tenant_id text not null,
    merge_id uuid not null,
    workspace_id text not null,
    kept_deal uuid not null,
    merged_deal uuid not null,
    pair_id uuid,
    state text not null check (state in ('merged', 'undone')),
    kept_before jsonb not null,
    merged_before jsonb not null,
    moved_activities bigint[] not null,
    -- The workspace's record number at the merge: history of a higher number came since.
    record_number bigint not null,
    actor text not null,
    created_at timestamptz not null,
    undone_by text,
    undone_at timestamptz,
    primary key (tenant_id, merge_id)
);
create index merge_by_kept_deal on merge (tenant_id, kept_deal, merge_id);
create index merge_by_merged_deal on merge (tenant_id, merged_deal, merge_id);
create index merge_by_age on merge (tenant_id, workspace_id, merge_id);

-- The names by which a deal that was merged away was recognised: records of those names still find it.
create table merged_name (
    tenant_id text not null,
    workspace_id text not null,
    match_key uuid not null,
    merge_id uuid not null,
    deal_id uuid not null,
    legal_form text,
    primary key (tenant_id, workspace_id, match_key, merge_id)
);

-- The records that came in for a deal since it was merged, as they were read: undoing gives each to its own deal.
create table merged_record (
    tenant_id text not null,
    deal_id uuid not null,
    record_number bigint not null,
    place integer not null,
    external_key text,
    match_key uuid,
    import_id uuid,
    record jsonb not null,
    primary key (tenant_id, deal_id, record_number, place)
);

alter table deal add column merged boolean not null default false;

-- A change that was taken back, by undoing a merge or rolling an import back, no longer counts as one.
alter table history add column undone boolean not null default false;

-- An import being rolled back, batch by batch; each batch commits with how far it has come.
create table rollback (
    tenant_id text not null,
    import_id uuid not null,
    workspace_id text not null,
    state text not null check (state in ('running', 'done')),
    phase text not null,
    after_id uuid not null,
    after_time timestamptz not null,
    removed bigint not null default 0,
    restored bigint not null default 0,
    kept bigint not null default 0,
    leads_removed bigint not null default 0,
    leads_restored bigint not null default 0,
    rejected_removed bigint not null default 0,
    newer json not null default '[]',
    actor text not null,
    started_at timestamptz not null,
    worked_at timestamptz not null,
    finished_at timestamptz,
    primary key (tenant_id, import_id)
);

do $$
declare
    tables constant text[] := array['likeness', 'duplicate_pair', 'merge', 'merged_name', 'merged_record', 'rollback'];
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

-- Asked without a tenant: which rollbacks were cut off. It answers with ids only.
do $$
begin
    execute format('create policy rollback_due on rollback for select to %I using (true)', current_user);
end $$;

create function rollbacks_cut_off(idle interval)
returns table (tenant_id text, workspace_id text, import_id uuid)
language sql stable security definer set search_path = public
as $$
    select r.tenant_id, r.workspace_id, r.import_id from rollback as r
    where r.state = 'running' and r.worked_at < now() - idle
    order by r.started_at limit 20
$$;
revoke all on function rollbacks_cut_off(interval) from public;
grant execute on function rollbacks_cut_off(interval) to tributary_app;

-- What an import changed is found deal by deal.
drop index history_by_import;
create index history_by_import on history (tenant_id, import_id, subject_id) where import_id is not null;
