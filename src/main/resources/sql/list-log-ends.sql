select tenant_id, workspace_id, event_sequence from event_log_ends()
