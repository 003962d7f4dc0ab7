"""Programs for people who work on the project; nothing here is imported by the product."""
