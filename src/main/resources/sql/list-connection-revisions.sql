select tenant_id, workspace_id, name, revision from connection_revisions()
