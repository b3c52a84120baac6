insert into enrichment (tenant_id, workspace_id, connection, question, answer, asked_at, expires_at)
values (
    :tenant, :workspace, :connection, :question, cast(:answer as jsonb), now(), now() + make_interval(days => :days)
)
on conflict (tenant_id, workspace_id, connection, question)
do update set answer = excluded.answer, asked_at = excluded.asked_at, expires_at = excluded.expires_at
