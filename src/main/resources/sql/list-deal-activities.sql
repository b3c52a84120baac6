select a.activity_id, a.at, a.type, a.deal_id, a.source, a.actor, a.import_id, a.text
from activity as a
where a.tenant_id = :tenant and a.workspace_id = :workspace and a.deal_id = :deal_id and a.activity_id < :before
order by a.activity_id desc
limit :rows
