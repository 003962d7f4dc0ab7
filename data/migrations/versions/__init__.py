"""One file a schema version of ``app.db``."""
