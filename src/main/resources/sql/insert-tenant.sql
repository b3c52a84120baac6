insert into tenant (tenant_id, name, currency, time_zone, locale, settings)
values (:tenant, :name, :currency, :time_zone, :locale, cast(:settings as jsonb))
on conflict (tenant_id) do nothing
