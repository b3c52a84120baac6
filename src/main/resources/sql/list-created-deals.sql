-- Ids grow with time, so the deals of an import lie behind its beginning; a record that was refused and mended later may have
-- made one at any time.
select d.deal_id
from deal as d
where d.tenant_id = :tenant
    and d.workspace_id = :workspace
    and d.deal_id > :after_id
    and d.import_id = :import_id
order by d.deal_id
limit :rows
