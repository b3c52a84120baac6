-- Keeps a note.
insert into test_note (note)
select n from unnest(cast(:?notes as text[])) as r (n)
