insert into insight (tenant_id, workspace_id, deal_id, facts_hash, items, refused, model, prompt_version)
values (:tenant, :workspace, :deal_id, :facts_hash, cast(:items as jsonb), :refused, :model, :prompt_version)
on conflict (tenant_id, deal_id) do update set
    workspace_id = excluded.workspace_id, facts_hash = excluded.facts_hash, items = excluded.items,
    refused = excluded.refused, model = excluded.model, prompt_version = excluded.prompt_version, made_at = now()
