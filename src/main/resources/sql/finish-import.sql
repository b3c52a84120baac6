update import
set state = 'done', errors = cast(:errors as json), warnings = cast(:warnings as json), finished_at = now()
where tenant_id = :tenant and import_id = :import_id
