update import
set
    state = 'done',
    errors = cast(:errors as json),
    warnings = cast(:warnings as json),
    read_bytes = coalesce(total_bytes, 0),
    finished_at = now()
where tenant_id = :tenant and import_id = :import_id and state = 'running'
