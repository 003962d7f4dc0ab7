"""The script that writes the raw files and the recipe of the fictional Musterstadt.

``python -m data.demo.generate`` draws a town and 14 years of figures from fixed seeds and writes
them the way offices send them. It knows no clock and no part of the application, so that the
demo is imported like any real town. Order: geography, people, figures, facilities, files.
"""
