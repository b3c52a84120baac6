select note, length(note) as Length from test_note where note <> cast(:?notes as text) order by note
