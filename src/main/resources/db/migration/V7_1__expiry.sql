-- What is over a day old or was left behind by a hub that is gone, cleared away over all tenants. The owner of the tables
-- sees no more of them than that.
do $$
begin
    execute format('create policy expired_answer on idempotency for select to %I using (created_at < now() - interval ''24 hours'')', current_user);
    execute format('create policy expired_answer_goes on idempotency for delete to %I using (created_at < now() - interval ''24 hours'')', current_user);
    execute format('create policy abandoned_call on import for select to %I using (kind = ''bulk'')', current_user);
    execute format('create policy abandoned_call_ends on import for update to %I using (kind = ''bulk'')', current_user);
end $$;

create function clear_expired_answers(most integer)
returns bigint
language sql security definer set search_path = public
as $$
    with cleared as (
        delete from idempotency
        where ctid = any (array(
            select ctid from idempotency where created_at < now() - interval '24 hours' limit most
        ))
        returning 1
    )
    select count(*) from cleared
$$;
revoke all on function clear_expired_answers(integer) from public;
grant execute on function clear_expired_answers(integer) to tributary_app;

create function close_abandoned_calls(why text)
returns bigint
language sql security definer set search_path = public
as $$
    with closed as (
        update import
        set state = 'failed', failure = why, finished_at = now()
        where kind = 'bulk' and state = 'running' and lease_until < now() - interval '10 minutes'
        returning 1
    )
    select count(*) from closed
$$;
revoke all on function close_abandoned_calls(text) from public;
grant execute on function close_abandoned_calls(text) to tributary_app;
