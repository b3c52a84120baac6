-- Deals counted by what they have in common, for questions about the pipeline: kinds and keys are told by TallyDelta.
create table deal_tally (
    tenant_id text not null,
    workspace_id text not null,
    kind text not null,
    key text not null,
    deals bigint not null,
    value numeric(24, 2) not null,
    weighted numeric(28, 6) not null,
    committed numeric(24, 2) not null,
    primary key (tenant_id, workspace_id, kind, key)
) with (fillfactor = 50);

-- How often a stage was left for another after so many whole days; the days of longer stays are not told apart.
create table stage_flow (
    tenant_id text not null,
    workspace_id text not null,
    stage text not null,
    next_stage text not null,
    days integer not null,
    visits bigint not null,
    primary key (tenant_id, workspace_id, stage, next_stage, days)
) with (fillfactor = 50);

do $$
declare
    tables constant text[] := array['deal_tally', 'stage_flow'];
    t text;
begin
    foreach t in array tables loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy one_tenant on %I to tributary_app using (tenant_id = current_setting(''app.tenant_id'', true)) '
            'with check (tenant_id = current_setting(''app.tenant_id'', true))', t);
        execute format('grant select, insert, update, delete on %I to tributary_app', t);
    end loop;
end $$;

alter table deal no force row level security;
alter table stage_visit no force row level security;
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
where not d.spam and d.archived_at is null
group by d.tenant_id, d.workspace_id, tally.kind, tally.key;
insert into stage_flow (tenant_id, workspace_id, stage, next_stage, days, visits)
select
    v.tenant_id, v.workspace_id, v.stage, v.next_stage,
    least(3650, cast(floor(extract(epoch from v.left_at - v.entered_at) / 86400) as integer)) as days, count(*)
from stage_visit as v
group by v.tenant_id, v.workspace_id, v.stage, v.next_stage, days;
alter table deal force row level security;
alter table stage_visit force row level security;
alter table deal_tally force row level security;
alter table stage_flow force row level security;
