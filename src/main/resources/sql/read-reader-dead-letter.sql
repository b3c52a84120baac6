select sequence, type, subject, at, data
from reader_dead_letter
where tenant_id = :tenant and workspace_id = :workspace and reader = :reader and sequence = :sequence
