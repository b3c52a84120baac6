insert into trend_hour (tenant_id, workspace_id, hour, accepted, rejected, sequence)
select :tenant, :workspace, h.hour, h.accepted, h.rejected, h.sequence
from unnest(
    cast(:hours as timestamptz[]), cast(:accepted as bigint[]), cast(:rejected as bigint[]), cast(:sequences as bigint[])
) as h (hour, accepted, rejected, sequence)
on conflict (tenant_id, workspace_id, hour) do update
set accepted = trend_hour.accepted + excluded.accepted,
    rejected = trend_hour.rejected + excluded.rejected,
    sequence = greatest(trend_hour.sequence, excluded.sequence)
