"""Flask routes beside Dash: gate, headers, API, views, geometry, static files, health.

Every rule declares its audience; a rule without one is refused by a test.
"""
