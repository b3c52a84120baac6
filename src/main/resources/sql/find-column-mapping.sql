select
    mapping_id, cast(header as text) as header, cast(fields as text) as fields, cast(cell_values as text) as cell_values, actor,
    created_at, used_at
from column_mapping
where tenant_id = :tenant and workspace_id = :workspace and header_key = :header_key
