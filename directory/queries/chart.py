"""Organisation charts as pictures and as words, from the rows the staff keep."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from cms import dates
from directory.charts import Box, Drawing, Graph, Item, Line, draw, outline
from directory.enums import OrganizationKind, Tie
from directory.models import Chart, ChartNode, RoleStatement
from directory.queries.partnership import members_by_kind


@dataclass(frozen=True)
class ShownChart:
    """A chart, drawn and told."""

    chart: Chart
    drawing: Drawing
    items: list[Item]


@dataclass(frozen=True)
class Kinds:
    """What the boxes of kinds say of themselves: the name in the table of roles, and how many take part today."""

    labels: dict[str, str]
    numbers: dict[str, int]

    def label(self, kind: str) -> str:
        """「支援団体」."""
        return self.labels.get(kind) or str(OrganizationKind(kind).label)

    def detail(self, kind: str) -> str:
        """「7団体」; "" while nobody takes part."""
        unnamed = [each for each in OrganizationKind.values if each not in self.labels]
        kinds = [kind] if kind != OrganizationKind.OTHER else [kind, *unnamed]
        number = sum(self.numbers.get(each, 0) for each in dict.fromkeys(kinds))
        words = ngettext("%(counter)s organisation", "%(counter)s organisations", number)
        return words % {"counter": number} if number else ""


def public_charts() -> list[ShownChart]:
    """Charts that residents may see. Seven queries when there is any, however many boxes they have."""
    charts = list(Chart.objects.public().prefetch_related("nodes__body", "nodes__organization", "edges"))
    if not charts:
        return []
    labels: dict[str, str] = dict(RoleStatement.objects.order_by("-sort_order", "-pk").values_list("kind", "label"))
    kinds = Kinds(labels, members_by_kind(dates.today()))
    graphs = [(chart, graph_of(chart, kinds)) for chart in charts]
    return [ShownChart(chart, draw(graph), outline(graph)) for chart, graph in graphs if graph.boxes]


def graph_of(chart: Chart, kinds: Kinds) -> Graph:
    """Boxes and lines; a box that stands for something residents may not read about is left out with its lines."""
    boxes = [box_of(node, kinds) for node in chart.nodes.all() if is_public(node)]
    lines = [Line(edge.start, Tie(edge.tie), edge.end) for edge in chart.edges.all()]
    return Graph(boxes, lines)


def is_public(node: ChartNode) -> bool:
    """Residents may read about what the box stands for."""
    return all(subject is None or subject.is_public for subject in (node.body, node.organization))


def box_of(node: ChartNode, kinds: Kinds) -> Box:
    """What stands in the box, and where its words in the list lead."""
    label, detail, href = node.label, node.detail, ""
    if node.body is not None:
        label, detail, href = label or node.body.name, detail or node.body.rhythm, node.body.get_absolute_url()
    elif node.organization is not None:
        label, href = label or node.organization.name, f"{reverse('directory:member_list')}#o{node.organization.pk}"
    elif node.kind:
        label, detail = label or kinds.label(node.kind), detail or kinds.detail(node.kind)
        href = f"{reverse('directory:member_list')}?kind={node.kind}"
    return Box(node.number, label, detail, node.is_core, href)
