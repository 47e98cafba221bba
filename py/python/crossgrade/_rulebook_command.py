"""The command line of rule books: `rulebook check`, `show`, `diff` and `impact`; and which book `--rulebook` names."""

from __future__ import annotations

import errno
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crossgrade._enums import Destination
from crossgrade._file_bytes import STANDARD, printable, read_inventory_file, up_to
from crossgrade._native import (
    LONGEST_RULE_BOOK,
    Request,
    RuleBook,
    chosen_columns,
    impact_fleet,
    kept_columns,
    read_documents,
    shown,
)
from crossgrade._opened_sources import all_opened, fleet_of
from crossgrade._terminal import FAILURE, OK, Progress, complain, complain_of_cuts, say, say_json
from crossgrade._terminal import name as terminal_name
from crossgrade.exceptions import InventoryError, RequestError, RuleBookError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable

    from crossgrade._audit import Columns
    from crossgrade._rulebook import FieldValue, RuleRow

GUIDE = "guide"
FIELD = "field"
BOOK = f"{GUIDE}, {FIELD}, {FIELD}@DATE (as known on a day such as 2024-09-01), or a file with a book or an overlay"


class BookFileError(Exception):
    """A file is no rule book; the text has a line for each problem."""


def add_commands(commands: argparse._SubParsersAction[Any]) -> None:
    """Add `rulebook` and its commands."""
    books = commands.add_parser(
        "rulebook",
        allow_abbrev=False,
        help="check, show and compare rule books",
        description="Checks, shows and compares rule books, and tells what a change of the rules does to a fleet.",
    ).add_subparsers(dest="subcommand", required=True, metavar="COMMAND")

    check = books.add_parser(
        "check",
        allow_abbrev=False,
        help="check a file with a rule book or an overlay",
        description="Checks a file with a whole rule book or an overlay; an overlay is laid over the embedded book that"
        " it names as its base. Each problem is a line FILE:LINE:COLUMN: PLACE: MESSAGE.",
        epilog="The exit code is 0 if there is no problem, 1 if there is one or the file cannot be read.",
    )
    check.set_defaults(run=_check, name="rulebook check")
    check.add_argument("file", metavar="FILE", help="TOML")
    _add_json(check)

    show = books.add_parser(
        "show",
        allow_abbrev=False,
        help="show a rule book, or explain a code, a model or a row of it",
        description="Shows a rule book, one row a line; or explains a finding code, a model or a row, with sources,"
        " amendments and disagreements.",
    )
    show.set_defaults(run=_show, name="rulebook show")
    show.add_argument(
        "about",
        nargs="?",
        metavar="ABOUT",
        help="a finding code such as CG203, a model such as 8851NR, or the id of a row, a source, an amendment or a"
        " disagreement; without it the whole book is shown",
    )
    add_book(show, "--book")
    _add_json(show)

    diff = books.add_parser(
        "diff",
        allow_abbrev=False,
        help="compare two rule books, row by row",
        description="Tells which rows of book B are not as in book A.",
        epilog="The exit code is 0 whether or not the books differ.",
    )
    diff.set_defaults(run=_diff, name="rulebook diff")
    _add_two_books(diff)
    _add_json(diff)

    impact = books.add_parser(
        "impact",
        allow_abbrev=False,
        help="tell which phones get another answer from another rule book",
        description="Tells which phones get another verdict, load or license from book B than from A.",
        epilog="The exit code is 0 whether or not an answer changes, and 1 if the file cannot be read or breaks off.",
    )
    impact.set_defaults(run=_impact, name="rulebook impact", error=impact.error)
    impact.add_argument("file", metavar="FILE", help="a file of phones of any kind, or a folder of pages")
    _add_two_books(impact)
    impact.add_argument(
        "--to",
        required=True,
        metavar="DESTINATION",
        help=f"where the phones shall go: {', '.join(Destination)}",
    )
    impact.add_argument(
        "--target", help="what to install instead of the books' own load: a release, or loads separated by commas"
    )
    add_keep(impact, "with the phones in the JSON")
    _add_json(impact)


def add_keep(parser: argparse.ArgumentParser, where: str) -> None:
    """Add the option that `chosen_keep` reads."""
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar="COLUMN",
        help=f"a column that comes {where}: its header, or NAME=HEADER for another name; several with commas between, or"
        " the option again. A comma of a header is written \\,",
    )


def chosen_keep(options: argparse.Namespace, error: Callable[[str], object]) -> dict[str, str] | None:
    """Tell which columns to keep, by their names in results; a name that is taken is a wrong command line."""
    try:
        return dict(kept_columns([printable(text) for text in options.keep])) or None
    except InventoryError as wrong:
        error(f"argument --keep: {wrong}")
        return None


def add_columns(parser: argparse.ArgumentParser) -> None:
    """Add the option that `chosen_columns_of` reads."""
    parser.add_argument(
        "--columns",
        action="append",
        default=[],
        metavar="FIELD=HEADER",
        help="from which column of the tables a field is read, such as pid=Part No: several with commas between, or the"
        " option again. Without a header, from none. A comma of a header is written \\,",
    )


def chosen_columns_of(options: argparse.Namespace, error: Callable[[str], object]) -> Columns | None:
    """Tell from which columns fields are read; what names no field is a wrong command line."""
    columns: dict[str, list[str] | None] = {}
    try:
        for field, header in chosen_columns([printable(text) for text in options.columns]):
            columns[field] = None if header is None else [*(columns.get(field) or []), header]
    except InventoryError as wrong:
        error(f"argument --columns: {wrong}")
    return columns or None


def add_book(parser: argparse.ArgumentParser, option: str) -> None:
    """Add the options from which `chosen_book` reads."""
    parser.add_argument(option, dest="book", metavar="BOOK", help=f"the rule book: {BOOK}; {GUIDE} if it is left out")
    parser.add_argument("--as-of", metavar="DATE", help=f"the book {FIELD} as it was known on this day")


def _add_two_books(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="A", help=f"the earlier book: {BOOK}")
    parser.add_argument("after", metavar="B", help="the later book, named alike")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def chosen_book(options: argparse.Namespace) -> RuleBook:
    """Find the book that the options name."""
    if options.as_of is None:
        return _book(options.book or GUIDE)
    if options.book not in {None, FIELD}:
        message = f"--as-of: the book is {terminal_name(options.book)}; only {FIELD} is known as of a day"
        raise RequestError(message)
    return RuleBook.field(options.as_of)


def warn_of_target(command: str, asked: Iterable[tuple[Request, RuleBook]]) -> None:
    """Say once, before all answers do, that a book has no load of the release that was chosen."""
    for warning in dict.fromkeys(request.unknown_target(book) for request, book in asked):
        if warning is not None:
            complain(command, f"warning: {warning}")


def _book(name: str) -> RuleBook:
    edition, at, day = name.partition("@")
    if name == GUIDE:
        return RuleBook.guide()
    if edition == FIELD:
        return RuleBook.field(day if at else None)
    if name != STANDARD and not Path(name).exists():
        message = f"no such file; a book is {GUIDE}, {FIELD}, {FIELD}@DATE or a file"
        raise FileNotFoundError(errno.ENOENT, message, name)
    try:
        return RuleBook.check(_text(name))
    except RuleBookError as error:
        raise BookFileError("\n".join([f"{_name(name)}: no rule book", *_problems(name, error)])) from error


def _text(file: str) -> str:
    if file == STANDARD:
        content = up_to(LONGEST_RULE_BOOK, sys.stdin.buffer)
    else:
        with Path(file).open("rb", buffering=0) as opened:
            content = up_to(LONGEST_RULE_BOOK, opened)
    if len(content) > LONGEST_RULE_BOOK:
        # The library says that it is too long; a letter may be cut in two here.
        return content.decode(errors="ignore").ljust(LONGEST_RULE_BOOK + 1)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"{_name(file)}: line {line} is not UTF-8; expected TOML, which is written in UTF-8"
        raise BookFileError(message) from error


def _name(file: str) -> str:
    return "standard input" if file == STANDARD else terminal_name(file)


def _problems(file: str, error: RuleBookError) -> list[str]:
    """Write each problem as editors find it."""
    name = _name(file)
    return [f"{name}:{problem.line}:{problem.column}: {problem.place}: {problem.message}" for problem in error.problems]


def _check(options: argparse.Namespace) -> int:
    text = _text(options.file)
    try:
        book = RuleBook.check(text)
    except RuleBookError as error:
        if options.json:
            say_json(RuleBook.check_json(text))
        else:
            say("\n".join(_problems(options.file, error)))
        return FAILURE
    label = f"{book.edition} {book.revision} ({book.digest})"
    if options.json:
        say_json(RuleBook.check_json(text))
    else:
        say(f"{_name(options.file)}: no problems; rule book {label}")
    return OK


def _show(options: argparse.Namespace) -> int:
    book = chosen_book(options)
    if options.about is not None:
        why = book.explain(printable(options.about))
        if options.json:
            say_json(why.to_json())
        else:
            say(str(why))
    elif options.json:
        say_json(book.to_json())
    else:
        say(_listing(book))
    return OK


def _listing(book: RuleBook) -> str:
    """Write the book for a person: one row a line, so that it can be searched."""
    rows = book.rows
    lines = [
        f"Rule book {book.edition} {book.revision}",
        f"  digest: {book.digest}",
        f"  as of: {book.as_of or 'no dated amendments'}",
        f"  rows: {len(rows)}",
    ]
    for section, section_rows in groupby(rows, lambda row: row.section):
        lines += ["", f"  {section}", *(f"    {_line(row)}" for row in section_rows)]
    return "\n".join(lines)


def _line(row: RuleRow) -> str:
    # What rows are named after need not be said twice: the model of `models`, the load of `loads`.
    fields = [(key, value) for key, value in row.fields if (f"{key}s", value) != (row.section, row.id)]
    return f"{row.id}: {'; '.join(f'{key}: {_said(value)}' for key, value in fields)}"


def _said(value: FieldValue) -> str:
    if isinstance(value, str):
        return shown(value)
    return (" / " if any("," in item for item in value) else ", ").join(map(shown, value))


def _diff(options: argparse.Namespace) -> int:
    diff = _book(options.before).diff(_book(options.after))
    if options.json:
        say_json(diff.to_json())
    else:
        say(str(diff))
    return OK


def _impact(options: argparse.Namespace) -> int:
    keep = chosen_keep(options, options.error)
    before, after = _book(options.before), _book(options.after)
    if options.file == STANDARD:
        name = _name(STANDARD)
        fleet = read_documents([(name, read_inventory_file(STANDARD, name))], keep=keep)
    else:
        fleet = fleet_of(all_opened(options.file, "file"), None, keep)
    warn_of_target("rulebook impact", ((Request(options.to, options.target, after), book) for book in (before, after)))
    progress = Progress(len(fleet))
    impact = impact_fleet(fleet, before, after, options.to, options.target, progress)
    progress.end()
    if options.json:
        say_json(impact.to_json())
    else:
        say(f"{fleet}\n{impact}")
    if fleet.cuts:
        complain_of_cuts("rulebook impact", [cut.source or "" for cut in fleet.cuts], "compared")
        return FAILURE
    return OK
