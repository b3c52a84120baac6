-- The last try is when the day ends; one that fails then, or can never succeed, is dead.
update delivery
set
    attempts = :attempts,
    last_error = :error,
    due_at = least(now() + make_interval(secs => :pause_seconds), greatest(give_up_at, now())),
    dead_at = case when :hopeless or now() >= give_up_at then now() end
where tenant_id = :tenant and delivery_id = :id
returning dead_at is not null
