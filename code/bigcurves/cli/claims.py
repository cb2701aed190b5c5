"""`claims` judges what the book says, and fails when a claim falls."""

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bigcurves.cli.commands import SAID_IN_ONE_LINE, run_options, scheduler_of

if TYPE_CHECKING:
    from bigcurves.claims.judge import Result


@click.command(name="claims")
@click.argument("names", nargs=-1)
@run_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON and no table.")
@click.option(
    "--mutations",
    is_flag=True,
    help="Ask whether each claim holds on each of 5 seeds, and falls under its mutation.",
)
@click.option(
    "--choices",
    is_flag=True,
    help="Judge each claim, on 5 seeds, under the choices that could have been made.",
)
def judge_claims(
    names: tuple[str, ...],
    seeds: range,
    jobs: int | None,
    store: Path | None,
    backend: str,
    scheduler: str | None,
    as_json: bool,
    mutations: bool,
    choices: bool,
) -> None:
    """Judge the book's claims, or those of the experiments NAMES, on the mean over seeds.

    The exit status is 1 when a claim falls, or when an experiment fails: the claims of the others
    are judged all the same. Seeds that the book did not use are a fresh trial.

    \b
    Examples:
      python -m bigcurves claims
      python -m bigcurves claims dimension --seeds 1000:1020 --json
      python -m bigcurves claims dimension --mutations
      python -m bigcurves claims tempered --choices
    """
    from bigcurves.claims.judge import judge, usual_seconds
    from bigcurves.running.catalogue import checked, titles
    from bigcurves.running.progress import Progress

    known = titles()
    chosen = [checked(name, known) for name in names] or list(known)
    if mutations and choices:
        raise click.UsageError("--mutations and --choices are two questions: ask one at a time")
    if mutations or choices:
        _refuse_beside("--mutations" if mutations else "--choices")
        (_show_mutations if mutations else _show_choices)(chosen, jobs, store)
        return
    options: dict[str, Any] = {"jobs": jobs, "store": store}
    options["scheduler"] = scheduler_of(backend, scheduler)
    results, failed = [], []
    usual = usual_seconds(chosen, seeds)
    with Progress("Claims of experiments judged", usual) as progress:
        for name, seconds in zip(chosen, usual, strict=True):
            try:
                results += judge(name, seeds, **options)
            except SAID_IN_ONE_LINE:
                raise
            except Exception as fault:
                where = " ".join(getattr(fault, "__notes__", []))
                failed.append(f"{name} was not judged: {type(fault).__name__}: {fault} ({where})")
            progress.step(name, seconds)
    results.sort(key=lambda result: result.thread)
    if as_json:
        click.echo(json.dumps([_plain(result) for result in results], indent=1))
    else:
        _show(results, seeds)
    for line in failed:
        click.echo(line, err=True)
    if failed or not all(result.stands for result in results):
        raise click.exceptions.Exit(1)


def _refuse_beside(option: str) -> None:
    """Say that such a test has seeds of its own, runs here and prints lines."""
    asked = click.get_current_context()
    for name in ("seeds", "backend", "scheduler", "as_json"):
        if asked.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT:
            other = {"as_json": "json"}.get(name, name)
            raise click.UsageError(f"{option} does not take --{other}")


def _show_mutations(names: list[str], jobs: int | None, store: Path | None) -> None:
    """Print each mutation test in a line, as it is done; exit with 1 if one is not accepted."""
    from bigcurves.claims.mutations import judge_mutations
    from bigcurves.running.catalogue import load

    tests = []
    for name in names:
        for test in judge_mutations(load(name), jobs=jobs, store=store):
            click.echo(test)
            tests.append(test)
    rejected = sum(not test.accepted for test in tests)
    click.echo(f"{len(tests)} mutation tests, {rejected} rejected")
    if rejected:
        raise click.exceptions.Exit(1)


def _show_choices(names: list[str], jobs: int | None, store: Path | None) -> None:
    """Print what becomes of each claim under each choice; exit with 1 if a sentence hides it."""
    from bigcurves.claims.specifications import in_words, try_choices

    tried = []
    for name in names:
        found = try_choices(name, jobs=jobs, store=store)
        for line in in_words(found):
            click.echo(line)
        tried += found
    faults = [each.fault for each in tried if each.fault]
    for fault in faults:
        click.echo(fault, err=True)
    claims = len({each.claim for each in tried})
    click.echo(f"{claims} claims under {len(tried)} choices and rivals, {len(faults)} faults")
    if faults:
        raise click.exceptions.Exit(1)


def _plain(result: "Result") -> dict[str, Any]:
    """Turn a result into what JSON can hold."""
    half = None if math.isnan(result.half_width) else result.half_width
    return {
        "claim": result.claim,
        "experiment": result.experiment,
        "thread": result.thread,
        "chapter": result.chapter,
        "sentence": result.sentence,
        "figure": result.mean,
        "half_width": half,
        "threshold": str(result.threshold),
        "stands": result.stands,
        "by_construction": result.by_construction,
        "figures": list(result.figures),
    }


def _show(results: "list[Result]", seeds: range) -> None:
    """Print a table, the fallen claims in bold as well as in words."""
    from rich.console import Console
    from rich.table import Table

    table = Table("thread", box=None, padding=(0, 2, 0, 0))
    table.add_column("claim", overflow="fold")
    for heading in ("figure", "95 % interval", "threshold"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("result")
    for result in results:
        mean, half = result.mean, result.half_width
        interval = "" if math.isnan(half) else f"{mean - half:.3g} to {mean + half:.3g}"
        word = "stands" if result.stands else "FALLS"
        figures = (f"{mean:.3g}", interval, str(result.threshold), word)
        style = "" if result.stands else "bold red"
        table.add_row(str(result.thread), result.claim, *figures, style=style)
    fallen = sum(not result.stands for result in results)
    # What another program reads is not broken at 80 columns.
    Console(width=None if sys.stdout.isatty() else 200).print(table)
    words = ["claim" if len(results) == 1 else "claims", "seed" if len(seeds) == 1 else "seeds"]
    click.echo(f"{len(results)} {words[0]} on {len(seeds)} {words[1]}, {fallen} fallen")
