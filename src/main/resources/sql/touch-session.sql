-- Once an hour is often enough to tell a session in use from one that was left.
update session
set last_seen_at = now()
where tenant_id = :tenant and session_id = :session_id and last_seen_at < now() - interval '1 hour'
    and last_seen_at > now() - interval '7 days'
