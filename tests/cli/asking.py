"""Ask the command line in this process."""

from click.testing import CliRunner

from bigcurves.__main__ import main


def said(*words: object, code: int = 0) -> str:
    """Run a command in this process; give its output, checked for tracebacks."""
    result = CliRunner().invoke(main, [str(word) for word in words], prog_name="bigcurves")
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit | None)
    return result.output


def complaint(*words: object, code: int = 1) -> str:
    """Run a command that must fail, with one line."""
    output = said(*words, code=code)
    assert output.startswith("Error: ")
    assert output.count("\n") == 1, output
    return output
