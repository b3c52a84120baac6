update import
set state = 'running', failure = null, finished_at = null, lease_until = now() + interval '1 minute'
where tenant_id = :tenant and import_id = :import_id and state in ('failed', 'running')
