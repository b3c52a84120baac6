select import_row, cast(raw as text) as raw, cast(errors as text) as errors
from rejected
where tenant_id = :tenant and import_ids @> array[cast(:import_id as uuid)]
order by import_row
