-- The first statement of the funnel: names the tenant, then takes the workspace's lock, for itself or shared, and then
-- the locks on every name and id of the batch in one fixed order, so that two writers of the same deal wait for each
-- other and no two wait in a circle.
-- The statements that follow are planned once a connection and go from the rows they are given to stored rows through
-- an index, whatever the tables hold: a plan made while a table is small is still the right one when it is not.
select
    set_config('app.tenant_id', cast(:?tenant as text), true) as tenant,
    set_config('plan_cache_mode', 'force_generic_plan', true) as plans,
    set_config('enable_seqscan', 'off', true) as scans,
    case
        when cast(:?whole_workspace as boolean) then pg_advisory_xact_lock(cast(:?workspace_lock as bigint)) is null
        else pg_advisory_xact_lock_shared(cast(:?workspace_lock as bigint)) is null
    end as workspace,
    (
        select count(pg_advisory_xact_lock(key))
        from unnest(cast(:?locks as bigint[])) as ordered (key)
    ) as locks
