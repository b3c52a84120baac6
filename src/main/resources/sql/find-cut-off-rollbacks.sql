select tenant_id, workspace_id, import_id from rollbacks_cut_off(cast(:idle as interval))
