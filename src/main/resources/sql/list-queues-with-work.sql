select tenant_id, workspace_id, connection from queues_with_work()
