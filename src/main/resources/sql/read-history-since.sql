select
    h.subject_id, h.history_id, h.at, h.cause, h.source, h.actor, h.import_id, h.undone,
    cast(h.replaced as text) as replaced
from history as h
where h.tenant_id = :tenant and h.subject_id = any (:subjects) and h.history_id > :record_number
order by h.subject_id, h.history_id
