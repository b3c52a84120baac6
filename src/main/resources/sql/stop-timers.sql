delete from automation_timer
where tenant_id = :tenant and workspace_id = :workspace and automation = :automation and deal_id = :deal_id
