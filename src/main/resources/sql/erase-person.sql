-- What tells of a person in the past: of the deals that were the lead's, of the lead, and in quarantine. The lead goes.
with deals as (
    select cast(r.id as uuid) as deal_id from unnest(cast(:deals as text[])) as r (id)
),
person as (
    delete from lead
    where tenant_id = :tenant and lead_id = cast(:lead as uuid)
    returning lead_id, email
),
past as (
    update history
    set replaced = replaced - array['contact_email', 'contact_name', 'email', 'first_name', 'last_name', 'phone']
    where tenant_id = :tenant and (subject_id in (select deal_id from deals) or subject_id = cast(:lead as uuid))
),
told as (
    update event
    set data = cast(
        cast(data as jsonb) - array['contact_email', 'contact_name', 'email', 'first_name', 'last_name', 'phone'] as json
    )
    where tenant_id = :tenant and workspace_id = :workspace and subject in (select deal_id from deals)
),
refused as (
    delete from rejected
    using person
    where rejected.tenant_id = :tenant
        and rejected.workspace_id = :workspace
        and position(lower(person.email) in lower(cast(rejected.raw as text))) > 0
),
answers as (
    delete from enrichment where tenant_id = :tenant and workspace_id = :workspace
),
tasks as (
    update task
    set title = replace(title, person.email, '(erased)'), text = replace(text, person.email, '(erased)')
    from person
    where task.tenant_id = :tenant and task.deal_id in (select deal_id from deals)
),
known as (
    delete from hubspot_contact
    where tenant_id = :tenant and workspace_id = :workspace and lead_id = cast(:lead as uuid)
)
select erase_from_audit(array(select cast(deal_id as text) from deals) || cast(:lead as text))
