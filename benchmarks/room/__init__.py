"""A whole room of simulated phones: what they do, what comes between, what they met."""
