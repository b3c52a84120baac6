update import
set state = 'failed', failure = :failure, finished_at = now()
where tenant_id = :tenant and import_id = :import_id and state = 'running'
