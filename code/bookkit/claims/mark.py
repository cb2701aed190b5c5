"""The mark of a claim on a sentence, before the build knows what became of the claim."""

from docutils import nodes


class claim_mark(nodes.Inline, nodes.TextElement):  # noqa: N801 - docutils names nodes so
    """A mark with the ids of the claims that hold the sentence, under `claims`."""


def claim_ids(text: str) -> list[str]:
    """Read the ids out of the text of a mark."""
    return [name.strip() for name in text.split(",") if name.strip()]
