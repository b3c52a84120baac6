-- The deal that was merged away, row for row as it was; a column that did not exist then takes what the kept deal has.
insert into deal
select restored.*
from merge as g
join deal as kept on kept.tenant_id = g.tenant_id and kept.deal_id = g.kept_deal
cross join lateral jsonb_populate_record(kept, g.merged_before) as restored
where g.tenant_id = :tenant and g.merge_id = :merge_id
