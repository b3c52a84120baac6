-- The first statement of the funnel: names the tenant, then takes the workspace's lock, for itself or shared, and then
-- the locks on every name and id of the batch in one fixed order, so that two writers of the same deal wait for each
-- other and no two wait in a circle.
select
    set_config('app.tenant_id', cast(:?tenant as text), true) as tenant,
    case
        when cast(:?whole_workspace as boolean) then pg_advisory_xact_lock(cast(:?workspace_lock as bigint)) is null
        else pg_advisory_xact_lock_shared(cast(:?workspace_lock as bigint)) is null
    end as workspace,
    (
        select count(pg_advisory_xact_lock(key))
        from unnest(cast(:?locks as bigint[])) as ordered (key)
    ) as locks
