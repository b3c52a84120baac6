select currency, time_zone, locale, settings from tenant where tenant_id = :tenant
