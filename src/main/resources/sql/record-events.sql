-- The first of the last statements: takes the workspace's ledger row and holds it to the commit, so that the order of
-- commits and the order of sequence numbers agree; then writes everything that carries such a number.
with ledger as (
    update workspace
    set
        event_sequence = event_sequence + cast(:?events as integer),
        record_number = record_number + cast(:?records as integer)
    where tenant_id = cast(:?tenant as text)
        and workspace_id = cast(:?workspace as text)
    returning
        event_sequence - cast(:?events as integer) as events_before,
        record_number - cast(:?records as integer) as records_before
),
events as (
    insert into event (tenant_id, workspace_id, sequence, type, subject, at, data)
    select
        cast(:?tenant as text), cast(:?workspace as text), ledger.events_before + r.ordinal, r.type,
        cast(r.subject as uuid), cast(cast(:?now as text) as timestamptz), cast(r.data as json)
    from ledger
    cross join unnest(
        cast(:?event_types as text[]),
        cast(:?event_subjects as text[]),
        cast(:?event_data as text[])
    ) with ordinality as r (type, subject, data, ordinal)
),
activities as (
    insert into activity (
        tenant_id, workspace_id, activity_id, deal_id, at, type, source, actor, import_id, text
    )
    select
        cast(:?tenant as text), cast(:?workspace as text), ledger.records_before + r.ordinal,
        cast(r.deal_id as uuid),
        coalesce(cast(r.at as timestamptz), cast(cast(:?now as text) as timestamptz)), r.type, r.source, r.actor,
        cast(cast(:?import_id as text) as uuid), r.text
    from ledger
    cross join unnest(
        cast(:?activity_deals as text[]),
        cast(:?activity_types as text[]),
        cast(:?activity_sources as text[]),
        cast(:?activity_actors as text[]),
        cast(:?activity_texts as text[]),
        cast(:?activity_times as text[])
    ) with ordinality as r (deal_id, type, source, actor, text, at, ordinal)
),
histories as (
    insert into history (
        tenant_id, subject_id, history_id, workspace_id, entity, at, cause, source, actor, import_id, import_row,
        source_updated_at, replaced
    )
    select
        cast(:?tenant as text), cast(r.subject_id as uuid), ledger.records_before + r.ordinal, cast(:?workspace as text),
        r.entity, cast(cast(:?now as text) as timestamptz), r.cause, r.source, r.actor,
        cast(cast(:?import_id as text) as uuid), r.import_row, cast(r.source_updated_at as timestamptz),
        cast(r.replaced as jsonb)
    from ledger
    cross join unnest(
        cast(:?history_subjects as text[]),
        cast(:?history_entities as text[]),
        cast(:?history_causes as text[]),
        cast(:?history_sources as text[]),
        cast(:?history_actors as text[]),
        cast(:?history_rows as integer[]),
        cast(:?history_source_times as text[]),
        cast(:?history_replaced as text[])
    ) with ordinality as r (
        subject_id, entity, cause, source, actor, import_row, source_updated_at, replaced, ordinal
    )
),
audits as (
    insert into audit (tenant_id, workspace_id, at, actor, action, subject, source, import_id, details)
    select
        cast(:?tenant as text), cast(:?workspace as text), cast(cast(:?now as text) as timestamptz), r.actor,
        r.action, r.subject, r.source, cast(cast(:?import_id as text) as uuid), cast(r.details as jsonb)
    from ledger
    cross join unnest(
        cast(:?audit_actors as text[]),
        cast(:?audit_actions as text[]),
        cast(:?audit_subjects as text[]),
        cast(:?audit_sources as text[]),
        cast(:?audit_details as text[])
    ) as r (actor, action, subject, source, details)
)
-- Wakes whoever reads the log, once the batch is committed.
select
    events_before, records_before,
    case
        when cast(:?events as integer) > 0 then cast(pg_notify(
            'tributary_events',
            concat_ws(
                '/', cast(:?tenant as text), cast(:?workspace as text), events_before + cast(:?events as integer)
            )
        ) as text)
    end as notified
from ledger
