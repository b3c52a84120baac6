-- Gives back the pairs that are open: a pair that a person has decided on stays as decided.
insert into duplicate_pair as held (
    tenant_id, pair_id, workspace_id, first_deal, second_deal, score, why, state, created_at
)
select
    cast(:?tenant as text), cast(r.pair_id as uuid), cast(:?workspace as text), cast(r.first_deal as uuid),
    cast(r.second_deal as uuid), r.score, r.why, 'open', cast(cast(:?now as text) as timestamptz)
from unnest(
    cast(:?pair_ids as text[]),
    cast(:?first_deals as text[]),
    cast(:?second_deals as text[]),
    cast(:?scores as numeric[]),
    cast(:?reasons as text[])
) as r (pair_id, first_deal, second_deal, score, why)
on conflict (tenant_id, first_deal, second_deal) do update
set score = excluded.score, why = excluded.why
where held.state = 'open'
returning held.first_deal, held.second_deal
