-- What happened to a deal, and to the deals that were merged into it, newest first.
select
    h.history_id, h.subject_id, h.at, h.cause, h.source, h.actor, h.import_id, h.import_row, h.source_updated_at, h.undone,
    cast(h.replaced as text) as replaced
from history as h
where h.tenant_id = :tenant
    and h.history_id < :before
    and h.subject_id in (
        select cast(:deal_id as uuid)
        union
        select g.merged_deal from merge as g
        where g.tenant_id = :tenant and g.kept_deal = :deal_id and g.state = 'merged'
    )
order by h.history_id desc
limit :rows
