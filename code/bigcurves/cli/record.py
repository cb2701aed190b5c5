"""`record` writes the record of the book's runs, `verify` repeats them."""

from pathlib import Path

import click

from bigcurves.cli.commands import Interrupted


@click.command(name="record")
@click.option("--check", is_flag=True, help="Only say what is missing; the exit status is 1 then.")
@click.option("--anew", is_flag=True, help="Make all runs with today's libraries.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; by default all cores.")
@click.option("--store", type=click.Path(path_type=Path), help="Where runs are kept and found.")
def write_record(check: bool, anew: bool, jobs: int | None, store: Path | None) -> None:
    """Record every run that the book asks for, and drop those that nothing asks for.

    Runs that are recorded already, or in the store, are not made again.

    \b
    Examples:
      python -m bigcurves record
      python -m bigcurves record --check
    """
    from bigcurves.recording import keeping

    if check:
        faults = keeping.faults_of()
        for fault in faults:
            click.echo(fault, err=True)
        if faults:
            raise click.exceptions.Exit(1)
        click.echo("The record holds what the book asks for, and nothing else")
        return
    kept = keeping.keep(anew=anew, jobs=jobs, store=store)
    for fault in kept.faults:
        click.echo(fault, err=True)
    for word, paths in (("wrote", kept.written), ("removed", kept.dropped)):
        for path in paths:
            click.echo(f"{word} {path}")
    click.echo(
        f"{kept.runs} runs recorded, {kept.made} made now; {len(kept.written)} files written"
    )


@click.command(name="verify")
@click.argument("names", nargs=-1)
@click.option("--sample", metavar="COMMIT", help="One run of each experiment, by a commit's hash.")
@click.option("--more", metavar="BASE", help="With --sample: more of those changed since BASE.")
@click.option("--seconds", type=click.FloatRange(min=0), default=300.0, help="For --more; 300.")
@click.option("--against", metavar="COMMIT", default="", help="Compare with a commit's record.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes; by default all cores.")
def repeat_runs(
    names: tuple[str, ...],
    sample: str | None,
    more: str | None,
    seconds: float,
    against: str,
    jobs: int | None,
) -> None:
    """Repeat the recorded runs of all experiments, or of NAMES, and compare.

    The record is left as it is. The exit status is 1 if anything differs. Each column is held to
    what its experiment's REPEATS says: exact, close, or trained.

    \b
    Examples:
      python -m bigcurves verify
      python -m bigcurves verify dimension hull
    """
    from bigcurves.recording import verify as verifying
    from bigcurves.running import catalogue
    from bigcurves.running.workers import default_jobs

    known = catalogue.titles()
    for name in names:
        catalogue.checked(name, known)
    if more and not sample:
        raise click.UsageError("--more needs --sample")
    jobs = jobs or default_jobs()
    choose = verifying.one_of_each(sample) if sample else list
    if sample and more:
        touched = verifying.touched_since(more)
        click.echo(f"Changed since {more[:12]}: {', '.join(sorted(touched)) or 'no experiment'}")
        choose = verifying.with_more(choose, touched, seconds, sample, jobs)
    try:
        report = verifying.verify(names, choose=choose, against=against, jobs=jobs)
    except KeyboardInterrupt:
        raise Interrupted("stopped: nothing was compared, and the record is as it was") from None
    for fault in report.faults:
        click.echo(fault, err=True)
    click.echo(str(report))
    if report.faults:
        raise click.exceptions.Exit(1)
