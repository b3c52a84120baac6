-- The readers of a workspace's log: how far each is behind, what holds it up, and how much it set aside.
select
    r.reader, r.position, greatest(0, w.event_sequence - r.position) as behind, r.failures, r.last_failure,
    (
        select count(*) from reader_dead_letter as d
        where d.tenant_id = r.tenant_id and d.workspace_id = r.workspace_id and d.reader = r.reader
    ) as dead_letters
from event_reader as r
join workspace as w on w.tenant_id = r.tenant_id and w.workspace_id = r.workspace_id
where r.tenant_id = :tenant and r.workspace_id = :workspace and r.reader > :after
order by r.reader
limit :rows
