"""Cases of the words that page and build write alike."""

from tests.web.cases.case import Case, case

from bookkit.reader.wording import with_unit

UNITS = {"": "50", "%": "50%", "°": "50°", "% of the way": "50% of the way", "units": "50\xa0units"}


@case("withUnit", *UNITS, module="reader/dom.js")
def a_number_and_its_unit(unit):
    assert with_unit("50", unit) == UNITS[unit]
    return Case(calls=[["50", unit]], answers=[UNITS[unit]])
