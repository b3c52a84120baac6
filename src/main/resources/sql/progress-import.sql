update import
set read_bytes = :read_bytes
where tenant_id = :tenant and import_id = :import_id and state = 'running'
