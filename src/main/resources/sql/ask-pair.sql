-- Two deals that a person names: the pair is open again, whatever was decided before.
insert into duplicate_pair as held (
    tenant_id, pair_id, workspace_id, first_deal, second_deal, score, why, state, asked, actor, created_at
)
values (:tenant, :pair_id, :workspace, :first_deal, :second_deal, :score, :why, 'open', true, :actor, :now)
on conflict (tenant_id, first_deal, second_deal) do update
set state = 'open', asked = true, actor = excluded.actor, decided_at = null, score = excluded.score, why = excluded.why
where held.state <> 'merged'
returning held.pair_id, held.first_deal, held.second_deal, held.score, held.why, held.state, held.merge_id, held.created_at
