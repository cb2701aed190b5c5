"""`experiments` lists them, `run` runs one."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bigcurves.cli.commands import run_options, scheduler_of, write

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 24  # rows of a table that a terminal shows


@click.command(name="experiments")
def list_experiments() -> None:
    """List the experiments.

    \b
    Example:
      python -m bigcurves experiments
    """
    from rich.console import Console
    from rich.table import Table

    from bigcurves.running.catalogue import titles

    table = Table("experiment", "what it asks", box=None)
    for name, title in titles().items():
        table.add_row(name, title)
    Console().print(table)


@click.command(name="run")
@click.argument("name")
@run_options
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="A CSV file to write.")
def run_one(
    name: str,
    seeds: range,
    jobs: int | None,
    store: Path | None,
    backend: str,
    scheduler: str | None,
    out: Path | None,
) -> None:
    """Run the experiment NAME over seeds; what was run before is only read.

    Without --out, a terminal shows the first rows and a pipe gets the whole table as CSV.

    \b
    Examples:
      python -m bigcurves run dimension --seeds 0:20 --out dimension.csv
      python -m bigcurves run dimension --backend dask --scheduler tcp://10.0.0.5:8786
    """
    from bigcurves.running import catalogue, runs

    address = scheduler_of(backend, scheduler)
    experiment = catalogue.load(name)
    table = runs.run(experiment, seeds=seeds, jobs=jobs, store=store, scheduler=address)
    if out:
        write(out, table.to_csv(index=False).encode())
        click.echo(f"{len(table)} rows of {len(seeds)} seeds: {out}")
    elif sys.stdout.isatty():
        _show(table)
    else:
        click.echo(table.to_csv(index=False), nl=False)


def _show(table: "pd.DataFrame") -> None:
    """Print the first rows, and say how many more there are."""
    from rich.console import Console
    from rich.table import Table

    head = Table(*map(str, table.columns), box=None)
    for row in table.head(SHOWN).itertuples(index=False):
        head.add_row(*(f"{value:.4g}" if isinstance(value, float) else str(value) for value in row))
    Console().print(head)
    if len(table) > SHOWN:
        click.echo(f"... {len(table) - SHOWN} more rows; --out FILE writes them all")
