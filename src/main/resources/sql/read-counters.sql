-- Every counter of the workspace, in one statement, so that they are of one moment. No deal is read.
select
    t.currency,
    (
        select cast(json_object_agg(c.stage, json_build_array(c.deals, c.value, c.weighted, c.won_seconds)) as text)
        from stage_counter as c
        where c.tenant_id = :tenant and c.workspace_id = :workspace
    ) as stages,
    (
        select cast(json_agg(json_build_array(u.currency, u.deals, u.value) order by u.currency) as text)
        from unconverted_counter as u
        where u.tenant_id = :tenant and u.workspace_id = :workspace and u.deals > 0
    ) as unconverted,
    (
        select cast(json_object_agg(
            s.source, json_build_array(s.accepted, s.rejected, s.failed) order by s.source
        ) as text)
        from source_counter as s
        where s.tenant_id = :tenant and s.workspace_id = :workspace
    ) as sources
from tenant as t
where t.tenant_id = :tenant
