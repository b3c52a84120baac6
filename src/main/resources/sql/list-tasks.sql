with recursive family as (
    select cast(:deal_id as uuid) as deal_id
    union
    select g.merged_deal
    from family as f
    join merge as g on g.tenant_id = :tenant and g.kept_deal = f.deal_id and g.state = 'merged'
)
select
    t.task_id, t.deal_id, d.name as deal_name, t.firing_id, t.automation, t.title, t.text, t.assignee, t.due_at,
    t.state, t.created_at, t.done_at, t.done_by
from task as t
left join deal as d on d.tenant_id = t.tenant_id and d.deal_id = t.deal_id
where t.tenant_id = :tenant and t.workspace_id = :workspace and t.task_id < :before
    and (cast(:state as text) is null or t.state = :state)
    and (cast(:deal_id as uuid) is null or t.deal_id = any (array(select f.deal_id from family as f)))
    and (cast(:assignee as text) is null or t.assignee = :assignee)
    -- A deal that was merged away may come back, one that was taken back with its import does not.
    and (
        d.deal_id is not null
        or exists (
            select from merge as g
            where g.tenant_id = :tenant and g.merged_deal = t.deal_id and g.state = 'merged'
        )
    )
order by t.task_id desc
limit :rows
