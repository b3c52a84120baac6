-- A change that came for a deal while it was merged away, as history of that deal.
insert into history (
    tenant_id, subject_id, history_id, workspace_id, entity, at, cause, source, actor, import_id, import_row,
    source_updated_at, replaced
)
values (
    :tenant, :deal_id, :history_id, :workspace, 'deal', :at, 'ingest', :source, :actor, cast(:import_id as uuid), cast(:import_row as integer),
    cast(:source_updated_at as timestamptz), cast(:replaced as jsonb)
)
on conflict do nothing
