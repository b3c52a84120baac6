update delivery
set
    due_at = now() + make_interval(secs => :pause_seconds),
    dead_at = case when now() >= give_up_at then now() end
where tenant_id = :tenant and delivery_id = :id
