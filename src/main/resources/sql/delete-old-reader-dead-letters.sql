delete from reader_dead_letter
where tenant_id = :tenant and workspace_id = :workspace and set_aside_at < now() - make_interval(days => :days)
