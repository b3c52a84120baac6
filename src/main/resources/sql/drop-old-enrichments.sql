-- Forgets answers that hold no longer, and of more than are kept those that would hold the shortest.
delete from enrichment as e
where e.tenant_id = :tenant and e.workspace_id = :workspace and e.connection = :connection
    and e.question in (
        (
            select old.question
            from enrichment as old
            where old.tenant_id = :tenant and old.workspace_id = :workspace and old.connection = :connection
                and old.expires_at <= now()
            order by old.expires_at
            limit :rows
        )
        union all
        (
            select more.question
            from enrichment as more
            where more.tenant_id = :tenant and more.workspace_id = :workspace and more.connection = :connection
            order by more.expires_at desc
            offset :most
            limit :rows
        )
    )
