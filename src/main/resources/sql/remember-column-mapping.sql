insert into column_mapping (
    tenant_id, workspace_id, mapping_id, header_key, header, fields, cell_values, actor, created_at, used_at
)
values (
    :tenant, :workspace, :mapping_id, :header_key, cast(:header as json), cast(:fields as json),
    cast(:cell_values as json), :actor, now(), now()
)
on conflict (tenant_id, workspace_id, header_key) do update
set
    header = excluded.header,
    fields = excluded.fields,
    cell_values = excluded.cell_values,
    actor = excluded.actor,
    created_at = excluded.created_at,
    used_at = excluded.used_at
