"""Other people's engines behind our contracts; the only place that imports them."""
