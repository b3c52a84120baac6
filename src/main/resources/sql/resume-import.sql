update import
set state = 'running', failure = null, finished_at = null
where tenant_id = :tenant and import_id = :import_id and state = 'failed'
