"""Use cases: load, compute, cache, and hand out views for one audience.

The only package that imports :mod:`data`; it knows neither Dash nor Flask routes.
"""
