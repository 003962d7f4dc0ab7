"""Storage: the only package that touches disk or database.

Readers, recipes, release bundles, the application database and the demo town live here;
services are the only importers.
"""
