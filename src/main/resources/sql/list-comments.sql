with recursive family as (
    select cast(:deal_id as uuid) as deal_id
    union
    select g.merged_deal
    from family as f
    join merge as g on g.tenant_id = :tenant and g.kept_deal = f.deal_id and g.state = 'merged'
)
select
    c.comment_id, c.deal_id, c.author, c.text, cast(array_to_json(c.mentions) as text) as mentions, c.created_at
from comment as c
where c.tenant_id = :tenant and c.workspace_id = :workspace and c.comment_id < :before
    and c.deal_id = any (array(select f.deal_id from family as f))
order by c.comment_id desc
limit :rows
