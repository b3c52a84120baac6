-- Partial in name only, since every record has a content key: so that a look-up by a record's id, planned while the table
-- is almost empty, cannot take this index for as good as the primary key and read every record of the tenant later.
drop index rejected_once;
create unique index rejected_once on rejected (tenant_id, workspace_id, content_key) where content_key is not null;
