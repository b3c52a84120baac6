update import set resume_key = null where tenant_id = :tenant and import_id = :import_id
