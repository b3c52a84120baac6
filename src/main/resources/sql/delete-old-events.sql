-- The oldest events of a workspace that nobody can ask for any more, a bounded number of them.
delete from event
where tenant_id = :tenant and workspace_id = :workspace
    and sequence in (
        select e.sequence
        from event as e
        where e.tenant_id = :tenant and e.workspace_id = :workspace and e.sequence > 0
        order by e.sequence
        limit :rows
    )
    and at < now() - interval '7 days'
