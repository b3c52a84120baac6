-- Salesforce delivers again for a day; a week later nobody does.
delete from salesforce_notification as n
where n.tenant_id = :tenant
    and (n.workspace_id, n.notification_id) in (
        select old.workspace_id, old.notification_id
        from salesforce_notification as old
        where old.tenant_id = :tenant and old.received_at < now() - interval '8 days'
        order by old.received_at
        limit :most
    )
