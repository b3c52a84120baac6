-- When the earlier changes that a connection asks for had all been read; null before, and where none were asked for.
alter table hubspot_cursor add column backfilled_at timestamptz;
alter table salesforce_cursor add column backfilled_at timestamptz;
