-- How the automations of a workspace stand, and what became of the events that they read.
select
    coalesce(a.automation, r.automation) as automation, coalesce(a.enabled, true) as enabled,
    coalesce(a.fired, 0) as fired, a.last_fired_at, coalesce(r.failures, 0) as failures, r.last_failure
from (
    select automation, enabled, fired, last_fired_at
    from automation
    where tenant_id = :tenant and workspace_id = :workspace
) as a
full join (
    select reader as automation, failures, last_failure
    from event_reader
    where tenant_id = :tenant and workspace_id = :workspace
) as r on r.automation = a.automation
