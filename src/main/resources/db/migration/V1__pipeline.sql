-- The data model of the pipeline. Every primary key, unique index and foreign key starts with the tenant:
-- row-level security filters by it, and the schema can be sharded by it.

do $$
begin
    if not exists (select from pg_roles where rolname = 'tributary_app') then
        create role tributary_app nologin nobypassrls;
    end if;
end $$;

do $$
begin
    if not pg_has_role(current_user, 'tributary_app', 'member') then
        execute format('grant tributary_app to %I', current_user);
    end if;
end $$;

grant usage on schema public to tributary_app;

create table tenant (
    tenant_id text primary key check (tenant_id ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$'),
    name text not null,
    currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
    time_zone text not null default 'UTC',
    locale text not null default 'en-US',
    settings jsonb not null default '{}',
    created_at timestamptz not null default now()
);

-- One row is the workspace's ledger: whoever commits takes its lock last, so sequence and commit order agree.
create table workspace (
    tenant_id text not null references tenant on delete cascade,
    workspace_id text not null check (workspace_id ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$'),
    -- Events are numbered by themselves, so that a client sees no gap; activities and history share the other number.
    event_sequence bigint not null default 0,
    record_number bigint not null default 0,
    created_at timestamptz not null default now(),
    primary key (tenant_id, workspace_id)
) with (fillfactor = 50);

create table api_key (
    tenant_id text not null,
    key_id uuid not null,
    workspace_id text not null,
    name text not null,
    key_hash bytea not null,
    scopes text[] not null,
    form jsonb,
    created_at timestamptz not null default now(),
    primary key (tenant_id, key_id),
    foreign key (tenant_id, workspace_id) references workspace on delete cascade
);
create index api_key_by_hash on api_key (key_hash);

create table deal (
    tenant_id text not null,
    deal_id uuid not null,
    workspace_id text not null,
    name text not null,
    company text,
    value numeric(17, 2) check (value >= 0),
    currency text not null,
    value_estimated boolean not null,
    stage text not null,
    probability numeric(5, 2) not null check (probability between 0 and 100),
    source text not null,
    expected_close_date date,
    contact_email text,
    contact_name text,
    description text,
    lead_id uuid,
    external_id text,
    external_keys text[] not null default '{}',
    health_score numeric(4, 1) not null,
    risk_level text not null,
    scored_at timestamptz not null,
    source_metadata jsonb not null default '{}',
    match_key uuid,
    legal_form text,
    base_value numeric(17, 2),
    spam boolean not null default false,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    stage_entered_at timestamptz not null,
    last_engagement_at timestamptz,
    -- Lineage: what holds for every field unless `lineage` says otherwise for one.
    import_id uuid,
    import_row integer,
    actor text not null,
    source_updated_at timestamptz,
    assumed text[],
    lineage jsonb,
    primary key (tenant_id, deal_id)
) with (fillfactor = 90);
create index deal_by_match_key on deal (tenant_id, workspace_id, match_key) where match_key is not null;

-- Many keys lead to one deal: each system's own record id.
create table external_key (
    tenant_id text not null,
    workspace_id text not null,
    system text not null,
    external_id text not null,
    deal_id uuid not null,
    source_updated_at timestamptz,
    import_id uuid,
    created_at timestamptz not null,
    primary key (tenant_id, workspace_id, system, external_id)
) with (fillfactor = 90);

-- A lead's id follows from workspace and address, so that its key is also what makes it unique.
create table lead (
    tenant_id text not null,
    lead_id uuid not null,
    workspace_id text not null,
    email text not null,
    first_name text,
    last_name text,
    company text,
    phone text,
    source text not null,
    status text not null default 'new',
    is_spam boolean not null default false,
    spam_reasons text[],
    ai_score numeric(5, 2),
    ai_qualification_summary text,
    metadata jsonb not null default '{}',
    import_id uuid,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, lead_id)
) with (fillfactor = 90);
create index lead_by_age on lead (tenant_id, workspace_id, created_at, lead_id);

-- What a change replaced, as JSON, with who, when, from which record and import: undo stands on it.
create table history (
    tenant_id text not null,
    subject_id uuid not null,
    history_id bigint not null,
    workspace_id text not null,
    entity text not null,
    at timestamptz not null,
    cause text not null,
    source text not null,
    actor text not null,
    import_id uuid,
    import_row integer,
    source_updated_at timestamptz,
    replaced jsonb not null,
    primary key (tenant_id, subject_id, history_id)
);
create index history_by_import on history (tenant_id, import_id) where import_id is not null;

create table activity (
    tenant_id text not null,
    workspace_id text not null,
    activity_id bigint not null,
    deal_id uuid,
    at timestamptz not null,
    type text not null,
    source text not null,
    actor text not null,
    import_id uuid,
    text text not null,
    primary key (tenant_id, workspace_id, activity_id)
);
create index activity_by_deal on activity (tenant_id, deal_id, activity_id);

-- The event log: written in the transaction it tells of, numbered without gaps in a workspace.
create table event (
    tenant_id text not null,
    workspace_id text not null,
    sequence bigint not null,
    type text not null,
    subject uuid,
    at timestamptz not null,
    data json not null,
    primary key (tenant_id, workspace_id, sequence)
);

create table import (
    tenant_id text not null,
    import_id uuid not null,
    workspace_id text not null,
    source text not null,
    kind text not null,
    file_name text,
    content_hash bytea,
    resume_key text,
    header json,
    actor text not null,
    state text not null check (state in ('running', 'done', 'failed', 'cancelled', 'rolled_back')),
    position bigint not null default 0,
    received bigint not null default 0,
    created bigint not null default 0,
    updated bigint not null default 0,
    unchanged bigint not null default 0,
    rejected bigint not null default 0,
    errors json not null default '[]',
    warnings json not null default '[]',
    failure text,
    started_at timestamptz not null,
    finished_at timestamptz,
    primary key (tenant_id, import_id)
) with (fillfactor = 50);
create index import_by_content on import (tenant_id, workspace_id, content_hash) where content_hash is not null;

-- Quarantine: the record as it came, with every fault found in it.
create table rejected (
    tenant_id text not null,
    rejected_id uuid not null,
    workspace_id text not null,
    source text not null,
    import_row integer not null,
    raw json not null,
    errors jsonb not null,
    import_ids uuid[] not null,
    actor text not null,
    content_key bytea not null,
    created_at timestamptz not null,
    primary key (tenant_id, rejected_id)
);
create unique index rejected_once on rejected (tenant_id, workspace_id, content_key);
create index rejected_by_import on rejected using gin (import_ids);

create table stage_counter (
    tenant_id text not null,
    workspace_id text not null,
    stage text not null,
    deals bigint not null,
    value numeric(24, 2) not null,
    weighted numeric(28, 6) not null,
    won_seconds numeric(24, 0) not null,
    primary key (tenant_id, workspace_id, stage)
) with (fillfactor = 50);

create table unconverted_counter (
    tenant_id text not null,
    workspace_id text not null,
    currency text not null,
    deals bigint not null,
    value numeric(24, 2) not null,
    primary key (tenant_id, workspace_id, currency)
) with (fillfactor = 50);

create table source_counter (
    tenant_id text not null,
    workspace_id text not null,
    source text not null,
    accepted bigint not null default 0,
    rejected bigint not null default 0,
    failed bigint not null default 0,
    last_success timestamptz,
    last_failure timestamptz,
    primary key (tenant_id, workspace_id, source)
) with (fillfactor = 50);

-- How many active deals stand at each value (level 0), in each fine bin (1) and each coarse bin (2). In cents, because
-- under row-level security an index is searched by leakproof operators alone, and those of numeric are none.
create table value_histogram (
    tenant_id text not null,
    workspace_id text not null,
    level smallint not null,
    floor_cents bigint not null,
    deals bigint not null,
    primary key (tenant_id, workspace_id, level, floor_cents)
) with (fillfactor = 70);

create table idempotency (
    tenant_id text not null,
    workspace_id text not null,
    path text not null,
    key text not null,
    body_hash bytea not null,
    status integer not null,
    answer text not null,
    created_at timestamptz not null,
    primary key (tenant_id, workspace_id, path, key)
);

create table audit (
    tenant_id text not null,
    audit_id bigint generated always as identity,
    workspace_id text,
    at timestamptz not null,
    actor text not null,
    action text not null,
    subject text,
    source text,
    import_id uuid,
    details jsonb not null default '{}',
    primary key (tenant_id, audit_id)
);

-- No tenant sees another: each table answers only for the tenant that the transaction names, and without one reads empty.
do $$
declare
    tables constant text[] := array['tenant', 'workspace', 'api_key', 'deal', 'external_key', 'lead', 'history', 'activity',
        'event', 'import', 'rejected', 'stage_counter', 'unconverted_counter', 'source_counter', 'value_histogram',
        'idempotency', 'audit'];
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

-- The audit log only grows; it ends with its tenant.
revoke update on audit from tributary_app;

-- The one question asked without a tenant: whose key is this. It answers with ids only.
do $$
begin
    execute format('create policy key_owner on api_key for select to %I using (true)', current_user);
end $$;

create function key_by_hash(hash bytea)
returns table (tenant_id text, key_id uuid)
language sql stable security definer set search_path = public
as $$ select tenant_id, key_id from api_key where key_hash = hash $$;
revoke all on function key_by_hash(bytea) from public;
grant execute on function key_by_hash(bytea) to tributary_app;
