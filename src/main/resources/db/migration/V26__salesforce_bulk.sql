-- The first load of an organisation by the Bulk API: the job that reads it, how far its results were taken, and since when
-- whatever changes is not in them. An organisation that does not offer it is read page by page.
alter table salesforce_cursor
    add column bulk_job text,
    add column bulk_locator text,
    add column bulk_begun timestamptz,
    add column bulk_refused boolean not null default false;
