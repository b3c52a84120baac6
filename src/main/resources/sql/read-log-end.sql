-- How far the log of a workspace goes, and whether what follows a position is still all there.
select
    w.event_sequence,
    :position >= w.event_sequence or exists (
        select from event as e
        where e.tenant_id = w.tenant_id and e.workspace_id = w.workspace_id and e.sequence = :position + 1
            and e.at > now() - interval '7 days'
    ) as complete
from workspace as w
where w.tenant_id = :tenant and w.workspace_id = :workspace
