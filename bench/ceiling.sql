-- What the database alone can do: rows that are normalised already lie in a staging table, put there by COPY, and this
-- statement takes those from :first to :last into the hub's own tables, in one transaction. It writes what the hub writes:
-- deals with their lineage, leads, external ids, history, activities, events, quarantine, counters and the import's position.
-- A repeat within the batch is collapsed to its last state; each change still has its event, activity and history.
with taken as materialized (
    select
        r.*,
        coalesce(k.deal_id, m.deal_id) as known_id,
        coalesce(k.deal_id, m.deal_id, first_value(r.new_id) over same_deal) as deal_id,
        row_number() over same_deal as turn,
        lead(r.n) over same_deal is null as is_last,
        coalesce(lag(r.value) over same_deal, m.value) as old_value,
        coalesce(lag(r.stage) over same_deal, m.stage) as old_stage,
        coalesce(lag(r.probability) over same_deal, m.probability) as old_probability,
        m.value as stored_value,
        m.stage as stored_stage,
        m.probability as stored_probability
    from staging as r
    left join lateral (
        select x.deal_id from external_key as x
        where x.tenant_id = :tenant and x.workspace_id = :workspace and x.system = 'csv' and x.external_id = r.external_id
        offset 0
    ) as k on true
    left join lateral (
        select d.deal_id, d.value, d.stage, d.probability from deal as d
        where d.tenant_id = :tenant and d.workspace_id = :workspace and d.match_key = r.match_key
        order by d.deal_id limit 1
        for update
    ) as m on true
    where r.n between :first and :last and r.errors is null
    window same_deal as (partition by r.match_key order by r.n)
),
judged as materialized (
    select
        t.*,
        t.turn = 1 and t.known_id is null as is_new,
        (t.turn > 1 or t.known_id is not null)
            and (t.value, t.stage, t.probability) is distinct from (t.old_value, t.old_stage, t.old_probability) as is_changed,
        case when t.value > 10000 and t.probability < 30 then 30.0 else 40.0 end as health_score,
        case when t.value > 10000 and t.probability < 30 then 'high' else 'medium' end as risk_level,
        row_number() over (order by t.n) as place
    from taken as t
),
refused as materialized (
    select r.*, row_number() over (order by r.n) as place from staging as r
    where r.n between :first and :last and r.errors is not null
),
totals as materialized (
    select
        count(*) filter (where is_new) as created,
        count(*) filter (where is_changed) as updated,
        count(*) filter (where not is_new and not is_changed) as unchanged,
        (select count(*) from refused) as rejected
    from judged
),
new_leads as (
    insert into lead (
        tenant_id, lead_id, workspace_id, email, first_name, last_name, company, source, metadata, import_id,
        created_at, updated_at
    )
    select distinct on (lead_id)
        :tenant, lead_id, :workspace, email, first_name, last_name, company, 'csv', '{}'::jsonb, :import, :now, :now
    from judged
    order by lead_id, n
    on conflict do nothing
),
new_deals as (
    insert into deal (
        tenant_id, workspace_id, deal_id, name, company, value, currency, value_estimated, stage, probability, source,
        expected_close_date, contact_email, contact_name, description, lead_id, external_id, external_keys, health_score,
        risk_level, scored_at, source_metadata, match_key, legal_form, base_value, created_at, updated_at,
        stage_entered_at, import_id, import_row, actor, assumed, rescore_on
    )
    select
        :tenant, :workspace, deal_id, name, company, value, 'USD', false, stage, probability, 'csv', close_date, email,
        contact_name, description, lead_id, external_id,
        case when external_id is null then '{}' else array['csv:' || external_id] end, health_score, risk_level, :now,
        metadata, match_key, legal_form, value, :now, :now, :now, :import, n, 'key:bench', array['currency'],
        case when stage not in ('closed_won', 'closed_lost') then current_date + 1 end
    from judged
    where known_id is null and is_last
    order by deal_id
),
changed_deals as (
    -- Each is there; told as an insert it is met by its key.
    insert into deal as d (
        tenant_id, workspace_id, deal_id, name, company, value, currency, value_estimated, stage, probability, source,
        expected_close_date, contact_email, contact_name, description, lead_id, external_id, external_keys, health_score,
        risk_level, scored_at, source_metadata, match_key, legal_form, base_value, created_at, updated_at,
        stage_entered_at, import_id, import_row, actor, assumed, lineage, rescore_on
    )
    select
        :tenant, :workspace, deal_id, name, company, value, 'USD', false, stage, probability, 'csv', close_date, email,
        contact_name, description, lead_id, external_id,
        case when external_id is null then '{}' else array['csv:' || external_id] end, health_score, risk_level, :now,
        metadata, match_key, legal_form, value, :now, :now, :now, :import, n, 'key:bench', array['currency'],
        jsonb_build_object('stage', jsonb_build_object(
            'source', 'csv', 'actor', 'key:bench', 'import_id', :import, 'row', n, 'at', :now, 'source_updated_at', null)),
        case when stage not in ('closed_won', 'closed_lost') then current_date + 1 end
    from judged
    where known_id is not null and is_last and is_changed
    order by deal_id
    on conflict (tenant_id, deal_id) do update
    set
        value = excluded.value, base_value = excluded.value, stage = excluded.stage, probability = excluded.probability,
        health_score = excluded.health_score, risk_level = excluded.risk_level, scored_at = excluded.scored_at,
        updated_at = excluded.updated_at, rescore_on = excluded.rescore_on,
        stage_entered_at = case when excluded.stage = d.stage then d.stage_entered_at else excluded.stage_entered_at end,
        lineage = excluded.lineage
),
new_keys as (
    insert into external_key (tenant_id, workspace_id, system, external_id, deal_id, import_id, created_at)
    select :tenant, :workspace, 'csv', external_id, deal_id, :import, :now
    from judged
    where is_new and external_id is not null
    order by external_id
),
quarantine as (
    insert into rejected (
        tenant_id, rejected_id, workspace_id, source, import_row, raw, errors, import_ids, actor, content_key, created_at
    )
    select :tenant, new_id, :workspace, 'csv', n, raw, errors, array[:import], 'key:bench', content_key, :now
    from refused
    on conflict (tenant_id, workspace_id, content_key) where content_key is not null do nothing
),
ledger as (
    update workspace as w
    set
        event_sequence = event_sequence + t.created + t.updated + t.rejected + 2,
        record_number = record_number + t.created + t.updated
    from totals as t
    where w.tenant_id = :tenant and w.workspace_id = :workspace
    returning
        w.event_sequence - t.created - t.updated - t.rejected - 2 as events_before,
        w.record_number - t.created - t.updated as records_before
),
told as materialized (
    select j.*, row_number() over (order by j.n) as number from judged as j where j.is_new or j.is_changed
),
deal_events as (
    insert into event (tenant_id, workspace_id, sequence, type, subject, at, data)
    select
        :tenant, :workspace, l.events_before + t.number, case when t.is_new then 'deal.created' else 'deal.updated' end,
        t.deal_id, :now,
        json_build_object(
            'id', t.deal_id, 'external_id', t.external_id, 'name', t.name, 'company', t.company, 'value', t.value,
            'currency', 'USD', 'value_estimated', false, 'stage', t.stage, 'probability', t.probability, 'source', 'csv',
            'expected_close_date', t.close_date, 'health_score', t.health_score, 'risk_level', t.risk_level,
            'import_id', :import)
    from told as t
    cross join ledger as l
    order by t.number
),
refusal_events as (
    insert into event (tenant_id, workspace_id, sequence, type, at, data)
    select
        :tenant, :workspace, l.events_before + t.created + t.updated + r.place, 'record.rejected', :now,
        json_build_object('source', 'csv', 'import_id', :import, 'row', r.n, 'errors', r.errors)
    from refused as r
    cross join ledger as l
    cross join totals as t
),
batch_events as (
    insert into event (tenant_id, workspace_id, sequence, type, at, data)
    select
        :tenant, :workspace, l.events_before + t.created + t.updated + t.rejected + e.number, e.type, :now,
        json_build_object(
            'import_id', :import, 'created', t.created, 'updated', t.updated, 'unchanged', t.unchanged, 'rejected', t.rejected)
    from ledger as l
    cross join totals as t
    cross join (values (1, 'metrics.updated'), (2, 'import.progress')) as e (number, type)
),
activities as (
    insert into activity (
        tenant_id, workspace_id, activity_id, deal_id, at, type, source, actor, import_id, text
    )
    select
        :tenant, :workspace, l.records_before + t.number, t.deal_id, :now,
        case when t.is_new then 'created' else 'updated' end, 'csv', 'key:bench', :import,
        case when t.is_new then 'Created from csv' else 'Changed stage, probability from csv' end
    from told as t
    cross join ledger as l
    order by t.number
),
histories as (
    insert into history (
        tenant_id, subject_id, history_id, workspace_id, entity, at, cause, source, actor, import_id, import_row, replaced
    )
    select
        :tenant, t.deal_id, l.records_before + t.number, :workspace, 'deal', :now, 'ingest', 'csv', 'key:bench', :import, t.n,
        jsonb_build_object(
            'value', jsonb_build_object('value', t.old_value, 'assumed', false, 'from', null),
            'stage', jsonb_build_object('value', t.old_stage, 'assumed', false, 'from', null))
    from told as t
    cross join ledger as l
    where t.is_changed
),
counted as materialized (
    select stage, value, probability, close_date, 1 as deals from judged where is_last and (known_id is null or is_changed)
    union all
    select stored_stage, stored_value, stored_probability, close_date, -1 from judged
    where is_last and is_changed and known_id is not null
),
stages as (
    insert into stage_counter as held (tenant_id, workspace_id, stage, deals, value, weighted, won_seconds)
    select :tenant, :workspace, stage, sum(deals), sum(deals * value), sum(deals * value * probability * 0.01), 0
    from counted
    group by stage
    order by stage
    on conflict (tenant_id, workspace_id, stage) do update
    set
        deals = held.deals + excluded.deals, value = held.value + excluded.value,
        weighted = held.weighted + excluded.weighted
),
histogram as (
    insert into value_histogram as held (tenant_id, workspace_id, level, floor_cents, deals)
    select :tenant, :workspace, b.level, b.floor_cents, sum(cast(c.deals as integer))
    from (
        select cents, length(cast(cents as text)) as digits, deals
        from (
            select cast(value * 100 as bigint) as cents, sum(deals) as deals
            from counted
            where stage not in ('closed_won', 'closed_lost')
            group by 1
        ) as v
    ) as c
    cross join lateral (
        values
            (0, c.cents),
            (1, c.cents - c.cents % cast(power(10, greatest(c.digits - 3, 0)) as bigint)),
            (2, c.cents - c.cents % cast(power(10, c.digits - 1) as bigint))
    ) as b (level, floor_cents)
    group by b.level, b.floor_cents
    having sum(cast(c.deals as integer)) <> 0
    order by b.level, b.floor_cents
    on conflict (tenant_id, workspace_id, level, floor_cents) do update
    set deals = held.deals + excluded.deals
),
tallies as (
    insert into deal_tally as held (tenant_id, workspace_id, kind, key, deals, value, weighted, committed)
    select
        :tenant, :workspace, t.kind, t.key, sum(c.deals), sum(c.deals * c.value),
        sum(c.deals * c.value * c.probability * 0.01),
        coalesce(sum(c.deals * c.value) filter (where c.probability >= 70), 0)
    from counted as c
    cross join lateral (
        select 'close_month' as kind, coalesce(to_char(c.close_date, 'YYYY-MM'), '') as key
        where c.stage not in ('closed_won', 'closed_lost')
        union all
        select 'outcome', c.stage || '/csv' where c.stage in ('closed_won', 'closed_lost')
        union all
        select 'won_month', to_char(cast(:now as timestamptz), 'YYYY-MM') where c.stage = 'closed_won'
        union all
        select 'lost_reason', '' where c.stage = 'closed_lost'
    ) as t
    group by t.kind, t.key
    order by t.kind, t.key
    on conflict (tenant_id, workspace_id, kind, key) do update
    set
        deals = held.deals + excluded.deals, value = held.value + excluded.value,
        weighted = held.weighted + excluded.weighted, committed = held.committed + excluded.committed
),
visits as (
    insert into stage_visit (tenant_id, workspace_id, deal_id, entered_at, left_at, stage, next_stage)
    select :tenant, :workspace, known_id, :now, :now, stored_stage, stage
    from judged
    where known_id is not null and is_last and is_changed and stored_stage <> stage
    on conflict do nothing
    returning stage, next_stage
),
flows as (
    insert into stage_flow as held (tenant_id, workspace_id, stage, next_stage, days, visits)
    select :tenant, :workspace, stage, next_stage, 0, count(*) from visits
    group by stage, next_stage
    order by stage, next_stage
    on conflict (tenant_id, workspace_id, stage, next_stage, days) do update set visits = held.visits + excluded.visits
),
sources as (
    insert into source_counter as held (tenant_id, workspace_id, source, accepted, rejected, last_success)
    select :tenant, :workspace, 'csv', created + updated + unchanged, rejected, :now from totals
    on conflict (tenant_id, workspace_id, source) do update
    set
        accepted = held.accepted + excluded.accepted, rejected = held.rejected + excluded.rejected,
        last_success = excluded.last_success
),
progress as (
    update import as i
    set
        position = :last, received = i.received + t.created + t.updated + t.unchanged + t.rejected,
        created = i.created + t.created, updated = i.updated + t.updated, unchanged = i.unchanged + t.unchanged,
        rejected = i.rejected + t.rejected
    from totals as t
    where i.tenant_id = :tenant and i.import_id = :import
)
select created, updated, unchanged, rejected from totals
