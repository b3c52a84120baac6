select a.activity_id, a.at, a.type, a.deal_id, a.source, a.actor, a.import_id, a.text, d.name as deal_name
from activity as a
left join deal as d on d.tenant_id = a.tenant_id and d.deal_id = a.deal_id
where a.tenant_id = :tenant and a.workspace_id = :workspace and a.activity_id < :before
order by a.activity_id desc
limit :rows
