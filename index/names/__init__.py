"""Names of people, bodies, places and fixed terms, in any of their forms in three languages."""
