-- What came in for deals that were merged, so that undoing a merge can give each record to its own deal.
insert into merged_record (
    tenant_id, deal_id, record_number, place, external_key, match_key, import_id, record
)
select
    cast(:?tenant as text), cast(r.deal_id as uuid), w.record_number, r.place, r.external_key,
    cast(r.match_key as uuid), cast(cast(:?import_id as text) as uuid), cast(r.record as jsonb)
from workspace as w
cross join unnest(
    cast(:?record_deals as text[]),
    cast(:?record_keys as text[]),
    cast(:?record_names as text[]),
    cast(:?records as text[])
) with ordinality as r (deal_id, external_key, match_key, record, place)
where w.tenant_id = cast(:?tenant as text) and w.workspace_id = cast(:?workspace as text)
