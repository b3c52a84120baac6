-- A record that is in quarantine already is not stored twice; it learns of the import that brought it again.
insert into rejected as held (
    tenant_id, rejected_id, workspace_id, source, import_row, raw, errors, import_ids, actor, content_key, created_at
)
select
    cast(:?tenant as text), cast(r.rejected_id as uuid), cast(:?workspace as text), cast(:?source as text),
    r.import_row, cast(r.raw as json), cast(r.errors as jsonb),
    case when cast(:?import_id as text) is null then '{}' else array[cast(cast(:?import_id as text) as uuid)] end,
    r.actor, decode(r.content_key, 'hex'), cast(cast(:?now as text) as timestamptz)
from unnest(
    cast(:?rejected_ids as text[]),
    cast(:?import_rows as integer[]),
    cast(:?raws as text[]),
    cast(:?errors as text[]),
    cast(:?actors as text[]),
    cast(:?content_keys as text[])
) as r (rejected_id, import_row, raw, errors, actor, content_key)
on conflict (tenant_id, workspace_id, content_key) where content_key is not null do update
set
    errors = excluded.errors,
    import_ids = case
        when held.import_ids @> excluded.import_ids then held.import_ids
        else held.import_ids || excluded.import_ids
    end
returning encode(held.content_key, 'hex') as content_key, held.rejected_id
