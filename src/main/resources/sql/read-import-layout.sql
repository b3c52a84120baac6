select cast(i.header as text) as header, cast(i.options as text) as options
from import as i
where i.tenant_id = :tenant and i.import_id = :import_id
