"""Drawing an organisation chart: boxes and lines in, a nested list and a layered picture out. Pure computation.

The picture is layered from the top down, in the manner of Sugiyama, Tagawa and Toda (1981): cycles opened, rows given,
long lines led through lanes, rows ordered against crossings, places found without overlap. The same data always comes
out the same, so that a chart changes only where somebody changed it.
"""

from directory.charts.drawing import Drawing, draw
from directory.charts.graph import Box, Graph, Line
from directory.charts.outline import Item, Said, outline

__all__ = ["Box", "Drawing", "Graph", "Item", "Line", "Said", "draw", "outline"]
