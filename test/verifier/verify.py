#!/usr/bin/env python3
"""Verifies an exported ledger and a publication's folder with nothing but Python's standard library.

    verify.py LEDGER.jsonl PUBLICATION_FOLDER [LEDGER_OF_THE_YEAR_BEFORE.jsonl]
              [--witness STATEMENT.json]... [--witness-key FINGERPRINT]

A witness is a signed statement that was kept elsewhere: without one a ledger that was written anew in whole is not
seen. The key is taken from the statement unless its fingerprint is told. Written from shared/core/ledger/FORMAT.md alone, it shares no code with the program. Prints each fault on a line
and ends with 1 if there are any.
"""

import argparse
import json
import pathlib
import re
import sys
import unicodedata
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext

from ledger import adoptions_in, canonical, fault, faults, notes, read_ledger, sha256, verify_adoptions, verify_chain, verify_heads
from witness import verify_witness

getcontext().prec = 200


def verify_files(folder, manifest, chains):
    for entry in manifest["files"]:
        path = folder / entry["name"]
        if not path.is_file() or sha256(path.read_bytes()) != entry["sha256"]:
            fault(entry["name"], "is missing or was edited")
    listed = {entry["name"] for entry in manifest["files"]} | {"manifest.json"}
    for path in folder.iterdir():
        if path.name not in listed:
            fault(path.name, "is not in the manifest")
    published = [
        event["happening"]
        for event in chains.get(f"{manifest['year']}/office", [])
        if event["happening"]["kind"] == "published" and event["happening"]["number"] == manifest["number"]
    ]
    if not published:
        fault("manifest.json", "the ledger knows no such publication")
    elif published[0]["manifest"] != sha256((folder / "manifest.json").read_bytes()):
        fault("manifest.json", "was edited")


def verify_adoptions_said(summary, chains):
    """What the publication says of adoptions is what the ledger has at its heads, and it was made under the last."""
    office = f"{summary['year']}/office"
    length = next((head["length"] for head in summary["chains"] if head["chain"] == office), 0)
    recorded = [
        {"at": event["at"], "by": event["by"], **{key: event["happening"][key] for key in ("catalogue", "reason", "conversions")}}
        for event in adoptions_in(chains.get(office, [])[:length])
    ]
    if recorded != summary["adoptions"] or not recorded or recorded[-1]["catalogue"] != summary["catalogue"]:
        fault("adoptions", "are not those that the ledger has at the heads of the publication")


def verify_citations(summary, chains):
    for row in summary["observations"]:
        where = f"{row['indicator']} {row['department']} {row['period']}"
        cited = row["ledger"]
        events = chains.get(cited["chain"], [])
        event = events[cited["sequence"] - 1] if cited["sequence"] <= len(events) else {}
        happening = event.get("happening", {})
        recorded = [one for one in happening.get("observations", []) if one["indicator"] == row["indicator"]]
        if (
            event.get("hash") != cited["hash"]
            or not recorded
            or recorded[0]["status"] != row["status"]
            or recorded[0].get("value") != row["value"]
            or row["unit"] not in [one["unit"] for one in happening["measures"] if row["indicator"] in one["indicators"]]
            or happening["upload"]["sha256"] != row["file"]["sha256"]
            or (happening["department"], happening["period"]) != (row["department"], row["period"])
        ):
            fault(where, "is not what the ledger recorded")


def verify_comparison(summary, chains, is_here):
    """The publication of last year that is cited must be one that its ledger has, if that is here."""
    cited = summary["comparedWith"]
    if cited is None:
        return
    where = f"publication {cited['number']} of {cited['year']}"
    if cited["year"] != summary["year"] - 1:
        fault(where, "is cited, and is not of the year before")
    office = chains.get(f"{cited['year']}/office", [])
    if not is_here:
        notes.append(f"not checked: {where} is cited, and the ledger of {cited['year']} is not here")
    elif not any(
        event["happening"]["kind"] == "published"
        and event["happening"]["number"] == cited["number"]
        and event["happening"]["digest"] == cited["digest"]
        for event in office
    ):
        fault(where, "is cited, and the ledger does not have it like this")


def in_force(entry, period):
    return entry.get("from", "") <= period <= entry.get("to", "9999-99")


def reports(indicator, department, period):
    """Whether the department is to report the indicator for the period, its months apart."""
    if not in_force(indicator, period) or not in_force(department, period):
        return False
    reporters = indicator.get("reporters") or []
    return reporters == "all" or any(
        one == department["id"] if isinstance(one, str) else one["department"] == department["id"] and in_force(one, period)
        for one in reporters
    )


def lasting(indicator, rows, catalogue):
    """Of a stock, the last that each department reported that is there at the end of the year."""
    months = indicator.get("months") or range(1, 13)
    periods = [
        one["period"]
        for one in catalogue["periods"]
        if int(one["period"][5:]) in months
        and any(reports(indicator, each, one["period"]) for each in catalogue["departments"])
    ]
    kept = {}
    for row in sorted(rows, key=lambda one: one["period"]):
        department = next(one for one in catalogue["departments"] if one["id"] == row["department"])
        if row["status"] != "missing" and periods and reports(indicator, department, periods[-1]):
            kept[row["department"]] = row
    return list(kept.values())


def plain(number):
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def rounded(number, indicator):
    """In the unit and to the places in which the indicator is published."""
    mode = ROUND_DOWN if indicator["rounding"] == "truncate" else ROUND_HALF_UP
    output = indicator.get("output", {"factor": "1", "decimals": indicator["decimals"]})
    return plain((number * Decimal(output["factor"])).quantize(Decimal(1).scaleb(-output["decimals"]), rounding=mode))


UNSEEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]"
)
LEFT_OUT = re.compile("[\\s《》〈〉«»<>\"'`´“”„‟‘’‚‛「」『』〝〞〟′″]")
BRACKETS = str.maketrans("[]{}【】〔〕〖〗", "()()()()()")


def name_key(name):
    """What names are compared by."""
    normal = unicodedata.normalize("NFKC", UNSEEN.sub("", name))
    return LEFT_OUT.sub("", normal).translate(BRACKETS)


def in_own_unit(indicator, row, conversions):
    """The figure in the unit of the catalogue, through every conversion since its own unit was last the indicator's."""
    own = [one for one in conversions if one["indicator"] == indicator["id"]]
    value, reached = Decimal(row["value"]), row["unit"]
    if reached == indicator["unit"]:
        return value
    starts = [index for index, one in enumerate(own) if one["from"] == reached]
    for one in own[starts[-1] :] if starts else []:
        if one["from"] != reached:
            return None
        value, reached = value * Decimal(one["factor"]), one["to"]
    return value if reached == indicator["unit"] else None


def recomputed(indicator, catalogue, by_indicator, conversions):
    if indicator["kind"] == "ratio":
        parts = [
            recomputed(next(one for one in catalogue["indicators"] if one["id"] == indicator[part]), catalogue, by_indicator, conversions)
            for part in ("numerator", "denominator")
        ]
        if None in parts or parts[1] == "0":
            return None
        factor = {"%": 100, "‰": 1000}.get(indicator["unit"], 1)
        return rounded(Decimal(parts[0]) * factor / Decimal(parts[1]), indicator)
    if indicator["kind"] == "sum":
        number = added_up(indicator, catalogue, by_indicator, conversions)
        return None if number is None else rounded(number, indicator)
    number = reported(indicator, catalogue, by_indicator, conversions)
    return number if number is None or indicator["kind"] == "list" else rounded(number, indicator)


def added_up(indicator, catalogue, by_indicator, conversions):
    """What the parts of a sum come to, exactly; those of which nothing is known count as nothing beside others."""
    total = None
    for one in indicator["parts"]:
        part = next(each for each in catalogue["indicators"] if each["id"] == one["indicator"])
        number = (added_up if part["kind"] == "sum" else reported)(part, catalogue, by_indicator, conversions)
        if number is not None:
            total = (total or 0) + (-number if one["sign"] == "-" else number)
    return total


def reported(indicator, catalogue, by_indicator, conversions):
    """The figure of an indicator that departments report, exactly, in the unit of the catalogue; of a list as text."""
    rows = by_indicator.get(indicator["id"], [])
    rows = lasting(indicator, rows, catalogue) if indicator["kind"] == "stock" else rows
    said = [row for row in rows if row["status"] == "reported"]
    if indicator["overDepartments"] == "none" or not said:
        return None
    if indicator["kind"] == "list":
        return str(len({name_key(item) for row in said for item in row.get("items", [])}))
    ways = {"sum": sum, "max": max, "min": min, "last": lambda numbers: numbers[-1]}
    by_department = {}
    for row in said:
        value = in_own_unit(indicator, row, conversions)
        if value is None:
            return None
        by_department.setdefault(row["department"], []).append(value)
    of_departments = [ways[indicator["overTime"]](numbers) for numbers in by_department.values()]
    return Decimal(ways[indicator["overDepartments"]](of_departments))


def verify_totals(summary, catalogue):
    if sha256(canonical(catalogue)) != summary["catalogue"]:
        fault("catalogue.json", "is not the catalogue that the publication was made with")
    by_indicator = {}
    for row in summary["observations"]:
        by_indicator.setdefault(row["indicator"], []).append(row)
    totals = {total["indicator"]: total for total in summary["totals"]}
    conversions = [one for adoption in summary["adoptions"] for one in adoption["conversions"]]
    for indicator in catalogue["indicators"]:
        said = totals.get(indicator["id"], {}).get("value", "nothing")
        expected = recomputed(indicator, catalogue, by_indicator, conversions)
        if said != expected:
            fault(f"total {indicator['id']}", f"says {said}, its observations come to {expected}")


def verify_witnesses(paths, chains, key):
    for path in map(pathlib.Path, paths):
        try:
            verify_witness(path, chains, key)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            fault(path.name, f"cannot be read as a statement: {error!r}")
    if not paths:
        notes.append("no witness was given: a ledger that was written anew in whole would not be seen")


def main(ledger, folder, others, witnesses, key):
    chains = {}
    for path in (ledger, *others):
        header, own = read_ledger(pathlib.Path(path))
        for chain, events in own.items():
            verify_chain(chain, events)
        verify_heads(header["heads"], own)
        for year in sorted({int(chain[:4]) for chain in own if chain[:4].isdigit()}):
            try:
                verify_adoptions(year, own, header.get("catalogues", []))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                fault(f"{year}/office", f"its adoptions cannot be read: {error!r}")
        chains.update(own)
    verify_witnesses(witnesses, chains, key)
    folder = pathlib.Path(folder)
    try:
        manifest, summary, catalogue = (
            json.loads((folder / name).read_text("utf-8"))
            for name in ("manifest.json", "summary.json", "catalogue.json")
        )
        verify_heads(manifest["chains"], chains)
        verify_files(folder, manifest, chains)
        verify_citations(summary, chains)
        verify_adoptions_said(summary, chains)
        verify_comparison(summary, chains, is_here=bool(others))
        verify_totals(summary, catalogue)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        fault(folder.name, f"cannot be read as a publication: {error!r}")
    print("\n".join(notes), end="\n" if notes else "")
    print("\n".join(faults) if faults else "sound: everything is as it was recorded")
    return 1 if faults else 0


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="Verifies an exported ledger and a publication's folder.")
    options.add_argument("ledger")
    options.add_argument("folder")
    options.add_argument("others", nargs="*")
    options.add_argument("--witness", action="append", default=[])
    options.add_argument("--witness-key")
    given = options.parse_args()
    sys.exit(main(given.ledger, given.folder, given.others, given.witness, given.witness_key))
