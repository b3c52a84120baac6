select close_abandoned_calls(:why)
