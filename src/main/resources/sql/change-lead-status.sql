with ledger as (
    update workspace
    set event_sequence = event_sequence + 1, record_number = record_number + 1
    where tenant_id = :tenant and workspace_id = :workspace
    returning event_sequence, record_number
),
told as (
    insert into event (tenant_id, workspace_id, sequence, type, subject, at, data)
    select :tenant, :workspace, ledger.event_sequence, 'lead.updated', :lead_id, :now, cast(:data as json) from ledger
),
kept as (
    insert into history (
        tenant_id, subject_id, history_id, workspace_id, entity, at, cause, source, actor, replaced
    )
    select
        :tenant, :lead_id, ledger.record_number, :workspace, 'lead', :now, 'edit', 'manual', :actor,
        cast(:replaced as jsonb)
    from ledger
),
audited as (
    insert into audit (tenant_id, workspace_id, at, actor, action, subject, source, details)
    select :tenant, :workspace, :now, :actor, 'lead.updated', cast(:lead_id as text), 'manual', cast(:data as jsonb)
    from ledger
)
update lead
set status = :status, updated_at = :now
where tenant_id = :tenant and lead_id = :lead_id
