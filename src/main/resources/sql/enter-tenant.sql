-- From here on the transaction sees this tenant's rows alone.
select set_config('app.tenant_id', :tenant, true)
