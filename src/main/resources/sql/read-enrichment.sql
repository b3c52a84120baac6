select cast(answer as text)
from enrichment
where tenant_id = :tenant and workspace_id = :workspace and connection = :connection and question = :question
    and expires_at > now()
