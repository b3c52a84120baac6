-- What people logged with deals that an import made.
select distinct on (a.deal_id) a.deal_id, a.at, a.type, a.source, a.actor
from activity as a
where a.tenant_id = :tenant
    and a.deal_id = any (:deal_ids)
    and a.import_id is distinct from :import_id
    and a.type in ('call', 'meeting', 'email', 'note', 'comment')
order by a.deal_id, a.activity_id desc
