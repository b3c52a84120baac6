-- Those that have run out, and of one key all but its newest hundred.
delete from session
where tenant_id = :tenant
    and (created_at < now() - interval '30 days' or last_seen_at < now() - interval '7 days'
        or session_id in (
            select session_id
            from session
            where tenant_id = :tenant and key_id = :key_id
            order by created_at desc
            offset 100))
