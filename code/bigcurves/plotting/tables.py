"""What every chart asks of its table before it draws."""

import pandas as pd


def require_columns(name: str, table: pd.DataFrame, columns: set[str]) -> pd.DataFrame:
    """Return the table, or say which columns it lacks or that it has no rows."""
    lacking = columns - set(table.columns)
    if lacking:
        found = ", ".join(map(str, table.columns)) or "none"
        raise ValueError(f"{name} must have the columns {sorted(lacking)}, got {found}")
    if table.empty:
        raise ValueError(f"{name} must have at least one row, got none")
    return table


def require_description(description: str) -> str:
    """Return a chart's description, or ask for one: not everyone sees the chart."""
    if not description.strip():
        raise ValueError("description must say in words what the chart shows, got an empty text")
    return " ".join(description.split())
