-- The import's claims are released: the same file, or the same call, is taken as new.
with records as (
    delete from merged_record as r where r.tenant_id = :tenant and r.import_id = :import_id
),
answers as (
    delete from idempotency as answered
    where answered.tenant_id = :tenant
        and answered.workspace_id = :workspace
        and answered.status < 300
        and position(cast(cast(:import_id as uuid) as text) in answered.answer) > 0
)
update import
set state = 'rolled_back', content_hash = null, resume_key = null
where tenant_id = :tenant and import_id = :import_id
