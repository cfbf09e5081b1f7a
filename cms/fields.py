"""Model fields of the house."""

from typing import Any

from wagtail.fields import StreamField


class QuietStreamField(StreamField):
    """A StreamField whose blocks stay out of migrations, so that a new block needs none.

    Data migrations over its content state the shape they expect themselves (see docs/developer/streamfields.md).
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
