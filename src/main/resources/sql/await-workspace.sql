-- Comes back when every batch that was under way in the workspace has ended.
select pg_advisory_xact_lock(:workspace_lock)
