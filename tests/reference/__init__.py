"""Published numbers against ``domain/``: ``python -m tests.reference FILE…``."""
