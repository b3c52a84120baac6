-- HubSpot delivers again for a day; a week later nobody does.
delete from hubspot_event
where tenant_id = :tenant and received_at < now() - interval '8 days'
