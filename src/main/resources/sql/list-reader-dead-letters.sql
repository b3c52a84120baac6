-- What a reader could not deal with, the latest event first.
select sequence, type, subject, at, cast(data as text) as data, failure, set_aside_at
from reader_dead_letter
where tenant_id = :tenant and workspace_id = :workspace and reader = :reader and sequence < :before
order by sequence desc
limit :rows
