"""The glossary: a term may be defined where it is needed, and is listed with all others."""

import re
from html import unescape

GLOSSARY = """# Glossary

```{glossary}
latent
  A hidden number.
```

```{terms}
Defined where they are needed:
```
"""
DEFINES = """# The chapter

```{glossary}
zigzag
  A {term}`latent` that turns back.

Bend
  Half a {term}`zigzag`.
```
"""
USES = "# Another\n\nHere is a {term}`zigzag` with a {term}`bend`.\n"


def words(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", html)))


def test_a_term_may_be_defined_on_any_page_and_the_glossary_lists_it(book):
    pages = {"glossary": GLOSSARY, "defines": DEFINES, "uses": USES}
    for name, text in pages.items():
        book.page(name, text, cells=False)
    book.contents(pages)
    built = book.build()
    assert built.returncode == 0, built.stderr

    uses = book.html("uses")
    assert 'href="defines.html#term-zigzag"' in uses
    about = re.search(r'id="about-term-zigzag".*?</div>', uses, re.S)[0]
    assert words(about).endswith("A latent that turns back. ")
    assert 'href="glossary.html#term-latent"' in about

    listed = re.search(r"<p>Defined where.*?</ul>", book.html("glossary"), re.S)[0]
    lines = [words(item).strip() for item in re.findall(r"<li>.*?</li>", listed, re.S)]
    assert lines == ["Bend, in The chapter", "zigzag, in The chapter"]
    assert 'href="defines.html#term-Bend"' in listed
    assert 'id="about-term-zigzag"' in book.html("glossary"), "its definition is at hand there too"

    book.page("defines", "# The chapter\n\nIt defines nothing any more.\n", cells=False)
    book.page("uses", "# Another\n\nHere is nothing.\n", cells=False)
    built = book.build()
    assert built.returncode == 0, built.stderr
    assert "Defined where" not in book.html("glossary")
