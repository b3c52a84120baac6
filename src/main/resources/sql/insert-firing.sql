-- Notes that an automation fires for a crossing. Gives no row when it has fired for it before, or is switched off.
insert into automation_firing (tenant_id, firing_id, workspace_id, automation, deal_id, crossing, fired_at)
select :tenant, :firing_id, :workspace, :automation, :deal_id, :crossing, now()
where not exists (
    select from automation
    where tenant_id = :tenant and workspace_id = :workspace and automation = :automation and not enabled
)
on conflict (tenant_id, workspace_id, automation, deal_id, crossing) do nothing
returning fired_at
