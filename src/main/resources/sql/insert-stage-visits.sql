-- The stages that deals of the batch have left.
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
