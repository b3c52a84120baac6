select tenant_id, workspace_id from workspaces_with_due_timers()
