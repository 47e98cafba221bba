"""Checks core/data/procedures.toml and tests/data/source_paragraphs.tsv against each other.

    python tests/procedures.py [FOLDER]

FOLDER holds the texts of S0, S1 and S2 (files whose names begin with S0, S1, S2), which are not in the repository: with it the
paragraphs are counted, and no value may hold eight words in a row that stand in a source.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PHASES = ["evidence", "upgrade-first", "license", "stage", "convert", "authorize", "verify", "return", "replace"]
WHO = {"engineer", "person-at-the-phone", "provider", "cisco"}
COMPLETIONS = {"control-hub/automatic", "control-hub/manual-cop", "control-hub/manual-load-server"}
ROUTES = COMPLETIONS | {"control-hub", "control-hub-default-task", "unified-cm", "cloud-upgrader", "own-server"}
SERVES = {
    "control-hub": {"webex-calling"},
    "control-hub-default-task": {"webex-calling"},
    "unified-cm": {"third-party", "unified-cm"},
    "cloud-upgrader": {"webex-calling", "third-party", "unified-cm"},
    "own-server": {"third-party", "unified-cm"},
}
DIRECTION = {"webex-calling": "enterprise-to-mpp", "third-party": "enterprise-to-mpp", "unified-cm": "mpp-to-enterprise"}
FIELDS = {"pid", "vid", "mac", "serial", "load", "release", "firmware_type", "authorization", "target"}
KINDS = {"control-hub-csv", "license-only-csv", "custom-file", "upgrade-first", "axl-request", "phone-config", "license-list", "plan", "results"}
LINES = {"menu", "open", "link", "field", "button", "keys", "screen", "command", "text"}
MUST = {"phase", "who", "title", "routes", "phones", "do", "sources"}
MAY = {"forms", "directions", "destinations", "evidence", "models", "arrival", "when", "after", "instead-of", "files", "check", "failure",
       "contact", "translated", "ours", "picture-missing", "confidence"}  # fmt: skip
RUN = 8
"""This many words in a row are a quotation."""

problems: list[str] = []


def wrong(where: str, what: str) -> None:
    """Keep a problem."""
    problems.append(f"{where}: {what}")


def texts(value: object) -> list[str]:
    """All text in a value, at any depth."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts(part)]
    return [text for part in value for text in texts(part)] if isinstance(value, list) else []


def own_texts(value: object) -> list[str]:
    """As `texts`, without the exact words of screens, menus and fields."""
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in {"screen", "menu", "button", "field"} for text in own_texts(part)]
    return [text for part in value for text in own_texts(part)] if isinstance(value, list) else texts(value)


def words(text: str) -> list[str]:
    """The words of a text, without case and signs."""
    return re.findall(r"\w+", text.casefold())


def situations(step: dict) -> set[tuple[str, str]]:
    """Each route with a destination for which the step is in a plan."""
    found = set()
    for route in step["routes"]:
        for one in COMPLETIONS if route == "control-hub" else {route}:
            for destination in SERVES[one.split("/")[0]]:
                if destination in step.get("destinations", DIRECTION) and DIRECTION[destination] in step.get("directions", DIRECTION.values()):
                    found.add((one, destination))
    return found


def cited(where: str, sources: list[str], known: set[str], paragraphs: dict) -> set[tuple[str, int]]:
    """Check sources; the paragraphs that they name."""
    found = set()
    if not sources:
        wrong(where, "names no source")
    for source in sources:
        match = re.fullmatch(r"(S[012]) p(\d+)(?:-(\d+))?", source)
        if not match:
            if source not in known or source in {"S0", "S1", "S2"}:
                wrong(where, f"no such source: {source}")
            continue
        first, last = int(match[2]), int(match[3] or match[2])
        if match[3] and last <= first:
            wrong(where, f"the range ends before it begins: {source}")
        for number in range(first, last + 1):
            if (match[1], number) not in paragraphs:
                wrong(where, f"no such paragraph: {match[1]} p{number}")
            found.add((match[1], number))
    return found


def check_step(name: str, step: dict, data: dict, models: set[str]) -> None:
    """Check one step for itself and for what it names."""
    where = f"steps.{name}"
    for key in MUST - step.keys():
        wrong(where, f"lacks {key}")
    for key in step.keys() - MUST - MAY:
        wrong(where, f"unknown key {key}")
    for key, allowed in [("routes", ROUTES), ("forms", {"add-device", "license-only"}), ("directions", set(DIRECTION.values())),
                         ("destinations", set(DIRECTION)), ("evidence", FIELDS), ("models", models), ("files", KINDS)]:  # fmt: skip
        for word in step.get(key, []):
            if word not in allowed:
                wrong(where, f"{key}: {word}")
        if len(step.get(key, [])) != len(set(step.get(key, []))):
            wrong(where, f"{key} says something twice")
    for key, allowed in [("phase", PHASES), ("who", WHO), ("phones", data["phones"])]:
        if step[key] not in allowed:
            wrong(where, f"{key}: {step[key]}")
    if step.get("contact", next(iter(data["contacts"]))) not in data["contacts"]:
        wrong(where, f"contact: {step['contact']}")
    if "contact" in step and "failure" not in step:
        wrong(where, "a contact without a failure")
    if (step["phones"] == "on-demand") != ("when" in step):
        wrong(where, "`when` goes with on-demand")
    if (step["phones"] == "missing") != ("evidence" in step):
        wrong(where, "`evidence` goes with missing")
    if "arrival" in step and (step["arrival"].keys() != {"type", "from"} or step["arrival"]["type"] not in {"mpp", "enterprise"}):
        wrong(where, "arrival is { type, from }")
    if "confidence" in step and step["confidence"] not in {"low", "medium"}:
        wrong(where, "confidence")
    if not situations(step):
        wrong(where, "is in no plan")
    if "ours" in step["sources"] and not step.get("ours"):
        wrong(where, "names `ours` as a source and does not say `ours = true`")
    for line in step["do"]:
        kinds = LINES & line.keys()
        if len(kinds) != 1 or line.keys() - LINES - {"value", "when"} or ("value" in line) != ("field" in line):
            wrong(where, f"line {line}")
        if "link" in line and line["link"] not in data["links"]:
            wrong(where, f"link: {line['link']}")
    for text in texts(step):
        for word in re.findall(r"\{([^}]*)\}", text):
            if word not in data["placeholders"]:
                wrong(where, f"placeholder {{{word}}}")


def check_order(steps: dict) -> None:
    """Steps before and instead of others: they exist, share a plan, go forward in phases and never round."""
    for name, step in steps.items():
        where = f"steps.{name}"
        for key in ("after", "instead-of"):
            for other in step.get(key, []):
                if other not in steps:
                    wrong(where, f"{key}: no step {other}")
                elif not situations(step) & situations(steps[other]):
                    wrong(where, f"{key}: {other} is never in the same plan")
                elif key == "after" and PHASES.index(steps[other]["phase"]) > PHASES.index(step["phase"]):
                    wrong(where, f"after: {other} is of a later phase")
    done: dict[str, bool] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            wrong(f"steps.{name}", "a circle: " + " -> ".join([*way, name]))
        elif name not in done:
            for other in steps[name].get("after", []):
                if other in steps:
                    visit(other, (*way, name))
            done[name] = True

    for name in steps:
        visit(name, ())


def check_quotations(folder: Path, data: dict, rows: list[dict]) -> None:
    """The list counts the paragraphs that the sources have, and no value quotes them."""
    runs: dict[tuple[str, ...], str] = {}
    for source in ("S0", "S1", "S2"):
        text = next(folder.glob(f"{source}*")).read_text(encoding="utf-8")
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip(" \t\r")]
        if [number for number, _ in lines] != [int(row["line"]) for row in rows if row["source"] == source]:
            wrong("source_paragraphs.tsv", f"the lines of {source} differ")
        for number, (_, line) in enumerate(lines, 1):
            found = words(line)
            for at in range(len(found) - RUN + 1):
                runs[tuple(found[at : at + RUN])] = f"{source} p{number}"
    for text in own_texts(data) + [row["about"] + " . " + row["why"] for row in rows]:
        if text.startswith("https://") and " " not in text:
            continue  # an address is no sentence
        found = words(text)
        for at in range(len(found) - RUN + 1):
            if (run := tuple(found[at : at + RUN])) in runs:
                wrong("quotation", f"{runs[run]}: {' '.join(run)}")


def main() -> int:
    """Run all checks."""
    data = tomllib.loads((ROOT / "core/data/procedures.toml").read_text(encoding="utf-8"))
    guide = tomllib.loads((ROOT / "core/data/guide.toml").read_text(encoding="utf-8"))
    with (ROOT / "tests/data/source_paragraphs.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    paragraphs = {(row["source"], int(row["paragraph"])): row for row in rows}
    known = set(guide["sources"]) | set(data["sources"])
    for name in set(guide["sources"]) & set(data["sources"]):
        wrong(f"sources.{name}", "stands in guide.toml, too")
    for row in rows:
        where = f"{row['source']} p{row['paragraph']}"
        if row["kind"] not in {"step", "rule", "form", "none"} or (row["kind"] == "step") == bool(row["why"]):
            wrong(where, "kind and why")
        if not 3 <= len(row["about"].split()) <= 10:
            wrong(where, "about has 3 to 10 words")
    steps = data["steps"]
    covered: set[tuple[str, int]] = set()
    for name, step in steps.items():
        check_step(name, step, data, set(guide["models"]))
        covered |= cited(f"steps.{name}", step["sources"], known, paragraphs)
    check_order(steps)
    others = {f"wizard.{part}": rows_ for part, rows_ in data["wizard"].items()} | {part: data[part] for part in ("links", "contacts", "ports", "hosts")}
    for part, table in others.items():
        for name, row in table.items():
            cited(f"{part}.{name}", row["sources"], known, paragraphs)
    for key, row in paragraphs.items():
        if row["kind"] == "step" and key not in covered:
            wrong(f"{key[0]} p{key[1]}", f"no step cites it: {row['about']}")
    told = " ".join(texts(steps))
    for word in data["placeholders"]:
        if f"{{{word}}}" not in told:
            wrong(f"placeholders.{word}", "no step uses it")
    used = {line["link"] for step in steps.values() for line in step["do"] if "link" in line} | {c.get("link") for c in data["contacts"].values()}
    for name in data["links"].keys() - used:
        wrong(f"links.{name}", "no step uses it")
    for name in data["phones"].keys() - {step["phones"] for step in steps.values()}:
        wrong(f"phones.{name}", "no step uses it")
    lines = (ROOT / "core/data/procedures.toml").read_text(encoding="utf-8").split("\n")
    for name, step in steps.items():
        before = lines[lines.index(f"[steps.{name}]") - 1]
        if step.get("ours") and (not before.startswith("# ") or before.startswith("# ---")):
            wrong(f"steps.{name}", "`ours` without a comment that says why")
    if len(sys.argv) > 1:
        check_quotations(Path(sys.argv[1]), data, rows)
    for problem in problems:
        print(problem)
    print(f"{len(steps)} steps, {len(rows)} paragraphs, {len(covered)} of them cited, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
