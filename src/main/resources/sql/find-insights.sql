select deal_id, facts_hash, cast(items as text) as items, refused, model, prompt_version, made_at
from insight
where tenant_id = :tenant and workspace_id = :workspace and deal_id = any (cast(:deal_ids as uuid[]))
    and made_at > now() - cast(:fresh as interval)
