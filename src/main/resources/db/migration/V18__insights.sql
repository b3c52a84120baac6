-- What a chat model wrote on a deal, with what it rests on. The built-in analyst's sentences are not kept: the same facts
-- give them again.
create table insight (
    tenant_id text not null,
    workspace_id text not null,
    deal_id uuid not null,
    -- Of the facts it rests on; on others it holds no longer.
    facts_hash bytea not null,
    -- Three insights as the API shows them; null where what the model wrote was refused or it did not answer.
    items jsonb,
    -- Why there are none, as the rest of a sentence.
    refused text,
    model text not null,
    prompt_version text not null,
    made_at timestamptz not null default now(),
    primary key (tenant_id, deal_id)
);
create index insight_by_age on insight (tenant_id, made_at);

-- How often a chat model was asked on behalf of a tenant.
create table insight_use (
    tenant_id text not null,
    day date not null,
    calls integer not null,
    primary key (tenant_id, day)
);

-- A lead's score follows from the lead, so it is worked out where it is shown.
alter table lead drop column ai_score, drop column ai_qualification_summary;

do $$
declare
    tables constant text[] := array['insight', 'insight_use'];
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
