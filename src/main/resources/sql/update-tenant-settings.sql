update tenant
set currency = :currency, time_zone = :time_zone, locale = :locale, settings = cast(:settings as jsonb)
where tenant_id = :tenant
