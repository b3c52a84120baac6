-- How far a rollback has come commits with what it has done.
update rollback
set
    phase = :phase,
    after_id = :after_id,
    after_time = :after_time,
    removed = removed + :removed,
    restored = restored + :restored,
    kept = kept + :kept,
    leads_removed = leads_removed + :leads_removed,
    leads_restored = leads_restored + :leads_restored,
    rejected_removed = rejected_removed + :rejected_removed,
    newer = cast(:newer as json),
    worked_at = :now,
    state = case when :done then 'done' else 'running' end,
    finished_at = case when :done then cast(:now as timestamptz) end
where tenant_id = :tenant and import_id = :import_id
