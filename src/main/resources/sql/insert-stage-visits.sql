-- The stages that deals of the batch have left, and how often that happened after so many days.
with visits as (
    insert into stage_visit (tenant_id, workspace_id, deal_id, entered_at, left_at, stage, next_stage)
    select
        cast(:?tenant as text), cast(:?workspace as text), cast(r.deal_id as uuid), cast(r.entered_at as timestamptz),
        greatest(cast(r.left_at as timestamptz), cast(r.entered_at as timestamptz)), r.stage, r.next_stage
    from unnest(
        cast(:?visit_deals as text[]),
        cast(:?visit_entered as text[]),
        cast(:?visit_left as text[]),
        cast(:?visit_stages as text[]),
        cast(:?visit_next as text[])
    ) as r (deal_id, entered_at, left_at, stage, next_stage)
    on conflict (tenant_id, deal_id, entered_at) do nothing
    returning
        stage, next_stage,
        least(3650, cast(floor(extract(epoch from left_at - entered_at) / 86400) as integer)) as days
)
insert into stage_flow as held (tenant_id, workspace_id, stage, next_stage, days, visits)
select cast(:?tenant as text), cast(:?workspace as text), stage, next_stage, days, count(*)
from visits
group by stage, next_stage, days
order by stage, next_stage, days
on conflict (tenant_id, workspace_id, stage, next_stage, days) do update
set visits = held.visits + excluded.visits
