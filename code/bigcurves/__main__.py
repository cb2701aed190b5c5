"""`python -m bigcurves`: the worlds, the experiments and the claims from the command line."""

import click

from bigcurves.cli.claims import judge_claims
from bigcurves.cli.commands import Commands
from bigcurves.cli.doctor import examine
from bigcurves.cli.experiments import list_experiments, run_one
from bigcurves.cli.record import repeat_runs, write_record
from bigcurves.cli.worlds import show_worlds


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="bigcurves")
def main() -> None:
    """Big Curves: worlds with known latents, experiments over seeds, claims that can fall.

    \b
    Example:
      python -m bigcurves claims --seeds 1000:1020
    """


COMMANDS = (
    *(show_worlds, list_experiments, run_one, judge_claims),
    *(write_record, repeat_runs, examine),
)
for command in COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="python -m bigcurves")
