"""Names of the city's places."""
