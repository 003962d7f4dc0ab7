"""Maps and charts for paper: SVG from views, in points, with the colours of the screen in light.

Each module returns an :class:`reports.drawing.svg.Drawing`; nothing here knows files or services.
"""
