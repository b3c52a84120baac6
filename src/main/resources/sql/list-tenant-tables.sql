-- Every table with rows of a tenant, those that others refer to last.
select c.relname
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
where c.relnamespace = cast('public' as regnamespace)
    and c.relkind in ('r', 'p')
    and not c.relispartition
order by coalesce(array_position(array['api_key', 'workspace', 'tenant'], cast(c.relname as text)), 0), c.relname
