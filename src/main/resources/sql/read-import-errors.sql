select rejected_id, import_row, cast(errors as text) as errors
from rejected
where tenant_id = :tenant and import_ids @> array[cast(:import_id as uuid)]
order by import_row
limit 100
