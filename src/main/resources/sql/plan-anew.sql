-- A list is planned for the filters it is asked for: one plan for all of them would read every row for any.
select set_config('plan_cache_mode', 'force_custom_plan', true)
