-- A person signed in at a browser. A session of a key ends with it; one that another provider vouched for has scopes and
-- a name of its own.
create table session (
    tenant_id text not null,
    session_id uuid not null,
    workspace_id text not null,
    token_hash bytea not null,
    key_id uuid,
    name text,
    scopes text[],
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    primary key (tenant_id, session_id),
    foreign key (tenant_id, key_id) references api_key on delete cascade,
    foreign key (tenant_id, workspace_id) references workspace on delete cascade,
    check (key_id is not null or (name is not null and scopes is not null))
);
create index session_by_token on session (token_hash);
create index session_by_key on session (tenant_id, key_id, created_at);

alter table session enable row level security;
alter table session force row level security;
create policy one_tenant on session to tributary_app using (tenant_id = current_setting('app.tenant_id', true))
    with check (tenant_id = current_setting('app.tenant_id', true));
grant select, insert, update, delete on session to tributary_app;

-- Asked without a tenant, like whose key a key is: whose session this is. It answers with ids only.
do $$
begin
    execute format('create policy session_owner on session for select to %I using (true)', current_user);
end $$;

create function session_by_hash(hash bytea)
returns table (tenant_id text, session_id uuid)
language sql stable security definer set search_path = public
as $$ select tenant_id, session_id from session where token_hash = hash $$;
revoke all on function session_by_hash(bytea) from public;
grant execute on function session_by_hash(bytea) to tributary_app;
