-- One reader of the log at a time: another hub that comes meanwhile finds nothing to do.
select read_to from delivery_queue
where tenant_id = :tenant and workspace_id = :workspace and connection = :name and read_to is not null
for update skip locked
