-- A batch that is under way is rolled back by advance-import, which finds the import ended.
update import
set state = 'cancelled', finished_at = now()
where tenant_id = :tenant and workspace_id = :workspace and import_id = :import_id and state = 'running'
