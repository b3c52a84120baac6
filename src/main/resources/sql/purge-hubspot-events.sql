-- HubSpot delivers again for a day; a week later nobody does.
delete from hubspot_event as e
where e.tenant_id = :tenant
    and e.event_key in (
        select old.event_key
        from hubspot_event as old
        where old.tenant_id = :tenant and old.received_at < now() - interval '8 days'
        order by old.received_at
        limit :most
    )
