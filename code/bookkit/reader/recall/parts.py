"""The parts of a question on the page: options that unfold, or a field for a number."""

from typing import Any

from docutils import nodes

from bookkit.site.markup import element, markup


def options(right: list[bool], items: list[nodes.Node], link: nodes.Node) -> markup:
    """Write options that unfold their feedback; a wrong one names the section to re-read."""
    rows = []
    for is_right, item in zip(right, items, strict=True):
        text, *feedback = item.children
        verdict = "Yes." if is_right else "No."
        more = [] if is_right else [_again(link)]
        rows.append(
            element(
                "details",
                element("summary", *text.children),
                element(
                    "div",
                    element("p", verdict, class_="recall-verdict"),
                    *feedback,
                    *more,
                    class_="recall-feedback",
                ),
                class_=f"recall-option {'is-right' if is_right else 'is-wrong'}",
            )
        )
    return element("div", *rows, class_="recall-options")


def number_field(
    name: str, data: dict[str, Any], link: nodes.Node, after: list[nodes.Node]
) -> list[markup]:
    """Write a field for a number, and the answer folded below it."""
    unit = data["unit"]
    field = element(
        "form",
        element("label", f"Your answer{f', in {unit}' if unit else ''}", for_=f"{name}-answer"),
        element(
            "input",
            id=f"{name}-answer",
            type="text",
            inputmode="decimal",
            autocomplete="off",
            required=True,
            aria_describedby=f"{name}-question",
        ),
        element("button", "Check", type="submit", class_="button-main"),
        class_="recall-form js-only",
    )
    said = element("div", class_="recall-said", hidden=True)
    said += _again(link)
    answer = element(
        "details",
        element("summary", "The answer"),
        nodes.paragraph("", f"The run says {data['told']}."),
        *after,
        class_="recall-answer",
    )
    return [field, said, answer]


def _again(link: nodes.Node) -> nodes.paragraph:
    """Name the section to read again."""
    # No full stop: many a title ends with a question mark.
    return nodes.paragraph("", "", nodes.Text("Read again: "), link.deepcopy(), classes=["reread"])
