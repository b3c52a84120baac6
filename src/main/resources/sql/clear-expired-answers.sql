select clear_expired_answers(:most)
