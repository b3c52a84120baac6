-- How the score of a deal went, newest first, each with the change of the deal that moved it: both carry the moment of the
-- transaction they were made in. A score without such a change was moved by time alone.
select
    s.sequence, s.at, s.score, s.previous_score, s.risk_level, h.cause, h.source, h.actor, h.import_id, h.import_row,
    cast(h.fields as text) as fields
from score_change as s
left join lateral (
    select
        c.cause, c.source, c.actor, c.import_id, c.import_row,
        array_to_json(array(select jsonb_object_keys(c.replaced))) as fields
    from history as c
    where c.tenant_id = :tenant and c.subject_id = s.deal_id and c.at = s.at
    order by c.history_id desc
    limit 1
) as h on true
where s.tenant_id = :tenant and s.deal_id = :deal_id and s.sequence < :before
order by s.sequence desc
limit :rows
