-- Scores of deals that are still there; one that was told before is kept as it was.
insert into score_change (tenant_id, deal_id, sequence, workspace_id, at, score, previous_score, risk_level)
select
    :tenant, r.deal_id, r.sequence, :workspace, cast(r.at as timestamptz), r.score, r.previous_score, r.risk_level
from unnest(
    cast(cast(:deals as text[]) as uuid[]), cast(:sequences as bigint[]), cast(:times as text[]), cast(:scores as numeric[]),
    cast(:previous_scores as numeric[]), cast(:risk_levels as text[])
) as r (deal_id, sequence, at, score, previous_score, risk_level)
cross join lateral (
    select from deal as d
    where d.tenant_id = :tenant and d.deal_id = r.deal_id
    offset 0
) as held
on conflict do nothing
