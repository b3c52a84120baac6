-- All counters of the batch, under the ledger's lock: no other writer of the workspace is between these rows.
with stages as (
    insert into stage_counter as held (tenant_id, workspace_id, stage, deals, value, weighted, won_seconds)
    select cast(:?tenant as text), cast(:?workspace as text), r.*
    from unnest(
        cast(:?stages as text[]),
        cast(:?stage_deals as bigint[]),
        cast(:?stage_values as numeric[]),
        cast(:?stage_weighted as numeric[]),
        cast(:?stage_won_seconds as numeric[])
    ) as r
    on conflict (tenant_id, workspace_id, stage) do update
    set
        deals = held.deals + excluded.deals,
        value = held.value + excluded.value,
        weighted = held.weighted + excluded.weighted,
        won_seconds = held.won_seconds + excluded.won_seconds
),
unconverted as (
    insert into unconverted_counter as held (tenant_id, workspace_id, currency, deals, value)
    select cast(:?tenant as text), cast(:?workspace as text), r.*
    from unnest(
        cast(:?unconverted_currencies as text[]),
        cast(:?unconverted_deals as bigint[]),
        cast(:?unconverted_values as numeric[])
    ) as r
    on conflict (tenant_id, workspace_id, currency) do update
    set deals = held.deals + excluded.deals, value = held.value + excluded.value
),
histogram as (
    insert into value_histogram as held (tenant_id, workspace_id, level, floor_cents, deals)
    select cast(:?tenant as text), cast(:?workspace as text), r.*
    from unnest(
        cast(:?histogram_levels as smallint[]),
        cast(:?histogram_floors as bigint[]),
        cast(:?histogram_deals as bigint[])
    ) as r
    on conflict (tenant_id, workspace_id, level, floor_cents) do update
    set deals = held.deals + excluded.deals
),
tallies as (
    insert into deal_tally as held (tenant_id, workspace_id, kind, key, deals, value, weighted, committed)
    select cast(:?tenant as text), cast(:?workspace as text), r.*
    from unnest(
        cast(:?tally_kinds as text[]),
        cast(:?tally_keys as text[]),
        cast(:?tally_deals as bigint[]),
        cast(:?tally_values as numeric[]),
        cast(:?tally_weighted as numeric[]),
        cast(:?tally_committed as numeric[])
    ) as r
    on conflict (tenant_id, workspace_id, kind, key) do update
    set
        deals = held.deals + excluded.deals,
        value = held.value + excluded.value,
        weighted = held.weighted + excluded.weighted,
        committed = held.committed + excluded.committed
)
-- A record that is refused is no failure of its source.
insert into source_counter as held (tenant_id, workspace_id, source, accepted, rejected, last_success)
select
    cast(:?tenant as text), cast(:?workspace as text), cast(:?source as text), cast(:?accepted as bigint),
    cast(:?rejected as bigint),
    case when cast(:?accepted as bigint) > 0 then cast(cast(:?now as text) as timestamptz) end
where (cast(:?accepted as bigint), cast(:?rejected as bigint)) <> (0, 0)
on conflict (tenant_id, workspace_id, source) do update
set
    accepted = held.accepted + excluded.accepted,
    rejected = held.rejected + excluded.rejected,
    last_success = coalesce(excluded.last_success, held.last_success)
