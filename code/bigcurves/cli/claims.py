"""`claims` judges what the book says, and fails when a claim falls."""

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bigcurves.cli.commands import SAID_IN_ONE_LINE, run_options, scheduler_of

if TYPE_CHECKING:
    from bigcurves.claims.judge import Verdict


@click.command(name="claims")
@click.argument("names", nargs=-1)
@run_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON and no table.")
def judge_claims(
    names: tuple[str, ...],
    seeds: range,
    jobs: int | None,
    store: Path | None,
    backend: str,
    scheduler: str | None,
    as_json: bool,
) -> None:
    """Judge the book's claims, or those of the experiments NAMES, on the mean over seeds.

    The exit status is 1 when a claim falls, or when an experiment fails: the claims of the others
    are judged all the same. Seeds that the book did not use are a fresh trial.

    \b
    Examples:
      python -m bigcurves claims
      python -m bigcurves claims dimension --seeds 1000:1020 --json
    """
    from bigcurves.claims.judge import judge, usual_seconds
    from bigcurves.running.catalogue import checked, titles
    from bigcurves.running.progress import Progress

    known = titles()
    chosen = [checked(name, known) for name in names] or list(known)
    options: dict[str, Any] = {"jobs": jobs, "store": store}
    options["scheduler"] = scheduler_of(backend, scheduler)
    verdicts, failed = [], []
    usual = usual_seconds(chosen, seeds)
    with Progress("Claims of experiments judged", usual) as progress:
        for name, seconds in zip(chosen, usual, strict=True):
            try:
                verdicts += judge(name, seeds, **options)
            except SAID_IN_ONE_LINE:
                raise
            except Exception as fault:
                where = " ".join(getattr(fault, "__notes__", []))
                failed.append(f"{name} was not judged: {type(fault).__name__}: {fault} ({where})")
            progress.step(name, seconds)
    verdicts.sort(key=lambda verdict: verdict.thread)
    if as_json:
        click.echo(json.dumps([_plain(verdict) for verdict in verdicts], indent=1))
    else:
        _show(verdicts, seeds)
    for line in failed:
        click.echo(line, err=True)
    if failed or not all(verdict.stands for verdict in verdicts):
        raise click.exceptions.Exit(1)


def _plain(verdict: "Verdict") -> dict[str, Any]:
    """Turn a verdict into what JSON can hold."""
    half = None if math.isnan(verdict.half_width) else verdict.half_width
    return {
        "claim": verdict.claim,
        "experiment": verdict.experiment,
        "thread": verdict.thread,
        "chapter": verdict.chapter,
        "sentence": verdict.sentence,
        "figure": verdict.mean,
        "half_width": half,
        "threshold": str(verdict.threshold),
        "stands": verdict.stands,
        "figures": list(verdict.figures),
    }


def _show(verdicts: "list[Verdict]", seeds: range) -> None:
    """Print a table, the fallen claims in bold as well as in words."""
    from rich.console import Console
    from rich.table import Table

    table = Table("thread", box=None, padding=(0, 2, 0, 0))
    table.add_column("claim", overflow="fold")
    for heading in ("figure", "95 % interval", "threshold"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("verdict")
    for verdict in verdicts:
        mean, half = verdict.mean, verdict.half_width
        interval = "" if math.isnan(half) else f"{mean - half:.3g} to {mean + half:.3g}"
        word = "stands" if verdict.stands else "FALLS"
        figures = (f"{mean:.3g}", interval, str(verdict.threshold), word)
        style = "" if verdict.stands else "bold red"
        table.add_row(str(verdict.thread), verdict.claim, *figures, style=style)
    fallen = sum(not verdict.stands for verdict in verdicts)
    Console().print(table)
    click.echo(f"{len(verdicts)} claims on {len(seeds)} seeds, {fallen} fallen")
