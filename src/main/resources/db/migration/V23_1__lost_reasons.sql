-- Reasons are free text, so there may be as many as lost deals; those that are shown are the most frequent.
create index deal_tally_by_reason on deal_tally (tenant_id, workspace_id, deals desc, key) where kind = 'lost_reason';
