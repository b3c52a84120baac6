insert into deal_tally (tenant_id, workspace_id, kind, key, deals, value, weighted, committed)
select
    d.tenant_id, d.workspace_id, tally.kind, tally.key, count(*), coalesce(sum(d.base_value), 0),
    coalesce(sum(d.base_value * d.probability * 0.01), 0),
    coalesce(sum(d.base_value) filter (where d.probability >= 70), 0)
from deal as d
cross join lateral (
    select 'close_month' as kind, coalesce(to_char(d.expected_close_date, 'YYYY-MM'), '') as key
    where d.stage not in ('closed_won', 'closed_lost')
    union all
    select 'outcome', d.stage || '/' || d.source where d.stage in ('closed_won', 'closed_lost')
    union all
    select 'won_month', to_char(d.stage_entered_at at time zone 'UTC', 'YYYY-MM') where d.stage = 'closed_won'
    union all
    select 'lost_reason', coalesce((
        select left(regexp_replace(said.reason, '^\s+|\s+$', '', 'g'), 100)
        from unnest(array[
            'lost_reason', 'closed_lost_reason', 'loss_reason', 'Lost Reason', 'Loss Reason', 'Lost_Reason__c',
            'Loss_Reason__c', 'Closed Lost Reason'
        ]) with ordinality as named (name, place)
        cross join lateral (select d.source_metadata ->> named.name as reason) as said
        where jsonb_typeof(d.source_metadata -> named.name) = 'string' and said.reason ~ '\S'
        order by named.place
        limit 1
    ), '')
    where d.stage = 'closed_lost'
) as tally
where d.tenant_id = :tenant and d.workspace_id = :workspace and not d.spam and d.archived_at is null
group by d.tenant_id, d.workspace_id, tally.kind, tally.key
