-- Files that are kept until they are taken, and what a workspace has said about their columns.

alter table import
    -- What was told and settled of the file, so that it is read alike after a crash.
    add column options json,
    -- Whether the hub that took it in keeps the file, and goes on with it by itself.
    add column spooled boolean not null default false,
    add column total_bytes bigint,
    add column read_bytes bigint not null default 0,
    -- The call that is answered by this import, where it carried an Idempotency-Key.
    add column claim_path text,
    add column claim_key text,
    add column claim_hash bytea,
    -- Until when the call that works through it is taken to be alive; each batch puts it off.
    add column lease_until timestamptz;
create index import_running on import (tenant_id, workspace_id, content_hash) where state = 'running';
create index import_claimed on import (tenant_id, workspace_id, claim_path, claim_key) where claim_key is not null;

-- What was told of the columns of a file, kept for the next file with the same headers.
create table column_mapping (
    tenant_id text not null,
    workspace_id text not null,
    mapping_id uuid not null,
    header_key bytea not null,
    header json not null,
    fields json not null,
    cell_values json not null,
    actor text not null,
    created_at timestamptz not null,
    used_at timestamptz not null,
    primary key (tenant_id, mapping_id)
);
create unique index column_mapping_by_header on column_mapping (tenant_id, workspace_id, header_key);

do $$
declare
    tables constant text[] := array['column_mapping'];
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
