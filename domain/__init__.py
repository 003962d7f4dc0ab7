"""Pure knowledge: values, states, statistics, disclosure control, selection.

Nothing here reads a file, a clock, a network or a language, and nothing imports Dash,
Flask or SQLAlchemy; the only libraries are numpy, pandas, scipy and shapely.
"""
