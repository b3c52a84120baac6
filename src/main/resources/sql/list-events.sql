-- What follows a position in a workspace's log. Of types that are not asked for the number alone, so that a reader can
-- pass over them.
select
    e.sequence, e.type, e.subject, e.at,
    case
        when cardinality(cast(:types as text[])) = 0 or e.type = any(cast(:types as text[])) then e.data
    end as data
from event as e
where e.tenant_id = :tenant and e.workspace_id = :workspace and e.sequence > :position
order by e.sequence
limit :rows
