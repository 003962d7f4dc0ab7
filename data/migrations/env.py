"""Alembic runs this file; the connection comes from :func:`data.appdb.bring_up_to_date`."""

from alembic import context

from data.metadata import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
