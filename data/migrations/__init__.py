"""Alembic migrations of ``app.db``; one head, checked by a test."""
