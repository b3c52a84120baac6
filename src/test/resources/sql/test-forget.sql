delete from test_note where note = cast(:?note as text) returning note
