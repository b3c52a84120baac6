insert into comment (tenant_id, comment_id, workspace_id, deal_id, author, text, mentions, created_at)
values (:tenant, :comment_id, :workspace, :deal_id, :author, :text, :mentions, now())
returning created_at
