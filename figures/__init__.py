"""Drawing: a view goes in, a plotly figure comes out. Knows no Dash and no storage."""

from plotly.graph_objects import Figure

__all__ = ["Figure"]
