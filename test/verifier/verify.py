#!/usr/bin/env python3
"""Verifies an exported ledger and a publication's folder with nothing but Python's standard library.

    verify.py LEDGER.jsonl PUBLICATION_FOLDER [LEDGER_OF_THE_YEAR_BEFORE.jsonl]

Written from shared/core/ledger/FORMAT.md alone, it shares no code with the program. Prints each fault on a line
and ends with 1 if there are any.
"""

import hashlib
import json
import pathlib
import re
import sys
import unicodedata
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 200
NO_HASH = "0" * 64
faults = []
notes = []


def fault(where, explanation):
    faults.append(f"FAULT {where}: {explanation}")


def canonical(value):
    """RFC 8785, for values without floating-point numbers; keys are sorted by their UTF-16 units."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def sha256(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()


def read_ledger(path):
    text = path.read_bytes().decode("utf-8", "replace")
    lines = [line for line in text.split("\n") if line]
    header = json.loads(lines[0])
    if "\n".join(lines) + "\n" != text or canonical(header) != lines[0]:
        fault(path.name, "is not as an export writes it")
    chains = {head["chain"]: [] for head in header["heads"]}
    for number, line in enumerate(lines[1:], 2):
        try:
            event = json.loads(line)
            if canonical(event) != line:
                fault(f"line {number}", "is not as an export writes it")
            chains.setdefault(event["chain"], []).append(event)
        except (ValueError, KeyError, TypeError):
            fault(f"line {number}", "is not a ledger event")
    return header["heads"], chains


def verify_chain(chain, events):
    previous = NO_HASH
    for index, event in enumerate(events, 1):
        where = f"{chain}#{index}"
        unsealed = {key: value for key, value in event.items() if key != "hash"}
        if event.get("sequence") != index:
            fault(where, "one was removed, inserted or moved")
        if sha256(canonical(unsealed)) != event.get("hash"):
            fault(where, "was edited")
        if event.get("previous") != previous:
            fault(where, "does not follow the event before it")
        previous = event.get("hash")


def verify_heads(heads, chains):
    for head in heads:
        if head["length"] == 0:
            continue
        events = chains.get(head["chain"], [])
        if len(events) < head["length"]:
            fault(head["chain"], "its tail was cut off")
        elif events[head["length"] - 1].get("hash") != head["hash"]:
            fault(head["chain"], "is another chain than the one known to have been there")


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


def recomputed(indicator, catalogue, by_indicator):
    if indicator["kind"] == "ratio":
        parts = [
            recomputed(next(one for one in catalogue["indicators"] if one["id"] == indicator[part]), catalogue, by_indicator)
            for part in ("numerator", "denominator")
        ]
        if None in parts or parts[1] == "0":
            return None
        factor = {"%": 100, "‰": 1000}.get(indicator["unit"], 1)
        return rounded(Decimal(parts[0]) * factor / Decimal(parts[1]), indicator)
    rows = by_indicator.get(indicator["id"], [])
    rows = lasting(indicator, rows, catalogue) if indicator["kind"] == "stock" else rows
    reported = [row for row in rows if row["status"] == "reported"]
    if indicator["overDepartments"] == "none" or not reported:
        return None
    if indicator["kind"] == "list":
        return str(len({name_key(item) for row in reported for item in row.get("items", [])}))
    ways = {"sum": sum, "max": max, "min": min, "last": lambda numbers: numbers[-1]}
    by_department = {}
    for row in reported:
        by_department.setdefault(row["department"], []).append(Decimal(row["value"]))
    of_departments = [ways[indicator["overTime"]](numbers) for numbers in by_department.values()]
    return rounded(Decimal(ways[indicator["overDepartments"]](of_departments)), indicator)


def verify_totals(summary, catalogue):
    if sha256(canonical(catalogue)) != summary["catalogue"]:
        fault("catalogue.json", "is not the catalogue that the publication was made with")
    by_indicator = {}
    for row in summary["observations"]:
        by_indicator.setdefault(row["indicator"], []).append(row)
    totals = {total["indicator"]: total for total in summary["totals"]}
    for indicator in catalogue["indicators"]:
        said = totals.get(indicator["id"], {}).get("value", "nothing")
        expected = recomputed(indicator, catalogue, by_indicator)
        if said != expected:
            fault(f"total {indicator['id']}", f"says {said}, its observations come to {expected}")


def main(ledger, folder, *others):
    chains = {}
    for path in (ledger, *others):
        heads, own = read_ledger(pathlib.Path(path))
        for chain, events in own.items():
            verify_chain(chain, events)
        verify_heads(heads, own)
        chains.update(own)
    folder = pathlib.Path(folder)
    try:
        manifest, summary, catalogue = (
            json.loads((folder / name).read_text("utf-8"))
            for name in ("manifest.json", "summary.json", "catalogue.json")
        )
        verify_heads(manifest["chains"], chains)
        verify_files(folder, manifest, chains)
        verify_citations(summary, chains)
        verify_comparison(summary, chains, is_here=bool(others))
        verify_totals(summary, catalogue)
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as error:
        fault(folder.name, f"cannot be read as a publication: {error!r}")
    print("\n".join(notes), end="\n" if notes else "")
    print("\n".join(faults) if faults else "sound: everything is as it was recorded")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
