select distinct h.subject_id
from history as h
where h.tenant_id = :tenant
    and h.import_id = :import_id
    and h.subject_id > :after_id
    and h.entity = :entity
    and h.cause = 'ingest'
order by h.subject_id
limit :rows
