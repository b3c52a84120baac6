-- Finds what has changed since a moment without reading every deal. A summary of each stretch of the table rather than an
-- entry for each row: taking a deal costs nothing more, and a change of one stays where it is on its page.
create index deal_by_change on deal using brin (updated_at) with (pages_per_range = 16, autosummarize = on);
