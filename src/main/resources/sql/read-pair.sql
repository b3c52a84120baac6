select
    p.pair_id, p.first_deal, p.second_deal, p.score, p.why, p.state, p.merge_id, p.created_at
from duplicate_pair as p
where p.tenant_id = :tenant and p.workspace_id = :workspace and p.pair_id = :pair_id
