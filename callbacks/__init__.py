"""What happens: modules named like their layouts, each with ``register(app, services)``."""
