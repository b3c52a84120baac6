-- Changes of one tenant's settings come one after the other.
select currency, time_zone, locale, settings from tenant where tenant_id = :tenant for no key update
