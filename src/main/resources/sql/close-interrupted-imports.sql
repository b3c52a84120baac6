-- Run as the owner, over all tenants, by a hub that has the database to itself: what was running is so no more. Files go
-- on by themselves.
update import
set
    state = 'failed',
    failure = 'The import was interrupted; send the file again, rows already taken are known.',
    finished_at = now()
where state = 'running' and kind <> 'drop' and not spooled
