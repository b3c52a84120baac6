-- The mails that were taken, and the mails these continue, each leading to its deal: a mail that comes again changes
-- nothing, and one that answers is logged on the deal it belongs to. A row without body hash is a mail known by name only.
create table mail (
    tenant_id text not null,
    workspace_id text not null,
    message_key bytea not null,
    body_hash bytea not null,
    message_id text,
    deal_id uuid not null,
    at timestamptz not null,
    primary key (tenant_id, workspace_id, message_key, body_hash)
) with (fillfactor = 90);
create index mail_by_deal on mail (tenant_id, deal_id);

do $$
declare
    tables constant text[] := array['mail'];
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
