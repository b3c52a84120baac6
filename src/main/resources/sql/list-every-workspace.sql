select tenant_id, workspace_id from every_workspace()
