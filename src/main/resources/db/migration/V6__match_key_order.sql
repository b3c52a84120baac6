-- A batch looks at the oldest deals of a match key. With the deal in the index they are found in that order, however
-- many there are.
drop index deal_by_match_key;
create index deal_by_match_key on deal (tenant_id, workspace_id, match_key, deal_id) where match_key is not null;
