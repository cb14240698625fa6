"""The tables of a publication beside its summary. See verify.py."""

import csv
import json

from ledger import canonical, counted_by, fault, sha256


def read_table(path):
    """The rows of a table as they were written: text without escapes and guard, nothing where nothing stands."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return [{name: field for name, field in row.items() if field != ""} for row in csv.DictReader(file, strict=True)]


def text(field):
    """What a field says: as in a JSON string, behind an apostrophe where it could be taken for a formula."""
    plain = field.removeprefix("'")
    return json.loads('"' + plain.replace('"', '\\"') + '"') if "\\" in plain else plain


def observations(folder, summary):
    """The rows of observations.csv, each with what its return says of the upload that it is from."""
    returns = {(one["department"], one["period"]): one for one in summary["returns"]}
    rows, seen = [], set()
    for row in read_table(folder / "observations.csv"):
        where = f"{row['indicator']} {row['department']} {row['period']}"
        if where in seen:
            fault(f"observations.csv {where}", "stands there more than once")
        seen.add(where)
        of = returns.get((row["department"], row["period"]), {})
        counted = of.get("counted") or {}
        if counted.get("upload") != text(row["upload"]):
            fault(f"observations.csv {where}", "is of an upload that no return counts")
            continue
        read = {name: text(field) for name, field in row.items() if name not in ("items", "sheet", "cell")}
        if "items" in row:
            read["items"] = json.loads(row["items"])
        cell = {name: text(row[name]) for name in ("sheet", "cell") if name in row}
        source = {"file": counted["file"], "ledger": counted["ledger"], **{key: of[key] for key in ("uploadedAt", "uploader", "revision")}}
        rows.append({"value": None, "unit": "", **read, "cell": cell, **source})
    return rows


def verify_counted(summary, chains):
    """The uploads that the returns of the summary count are those that the ledger says the publication counted."""
    said = {}
    for one in summary["returns"]:
        if one["counted"]:
            said.setdefault(one["department"], {})[one["period"]] = one["counted"]["upload"]
    recorded = counted_by(chains.get(f"{summary['year']}/office", []), summary["number"])
    if said != {name: own for name, own in recorded.items() if own}:
        fault("returns", "count other uploads than the ledger says that were counted")


SAID_BESIDES = {"number", "publishedAt", "publishedBy", "digest", "software", "comparedWith", "report", "changes", "chains"}


def without(row, names):
    return {key: value for key, value in row.items() if key not in names}


def verify_digest(folder, summary, chains):
    """The digest is that of what is said, and the ledger's. While something is not due, the summary says it in other words."""
    events = (event["happening"] for event in chains.get(f"{summary['year']}/office", []))
    if not any(one["kind"] == "published" and one["digest"] == summary["digest"] and one["number"] == summary["number"] for one in events):
        fault("digest", "is not what the ledger recorded")
    if any(one["standing"] == "not-due" for one in summary["returns"]):
        return
    lines = (folder / "observations.csv").read_bytes().partition(b"\r\n")[2]
    counted = [one["counted"] and without(one["counted"], {"ledger"}) for one in summary["returns"]]
    said = {
        **without(summary, SAID_BESIDES),
        "observations": sha256(lines),
        "texts": [without(one, {"ledger"}) for one in summary["texts"]],
        "returns": [{**one, "counted": each} for one, each in zip(summary["returns"], counted)],
    }
    if sha256(canonical(said)) != summary["digest"]:
        fault("digest", "is not that of what the publication says")


def verify_tables(folder, summary):
    """The tables of figures and returns say what the summary says."""
    below = lambda part, name: [
        {"indicator": total["indicator"], name: one[name], "value": one["value"]} for total in summary["totals"] for one in total[part]
    ]
    said = {
        "totals.csv": [{key: total[key] for key in ("indicator", "name", "value", "unit", "status")} for total in summary["totals"]],
        "by-department.csv": below("byDepartment", "department"),
        "by-group.csv": below("byGroup", "group"),
        "by-period.csv": below("byPeriod", "period"),
        "comparisons.csv": [{key: one[key] for key in ("indicator", "period", "value")} for one in summary["comparisons"]],
        "returns.csv": [{key: one[key] for key in ("department", "period", "standing", "uploader", "uploadedAt")} for one in summary["returns"]],
        "texts.csv": [{key: one[key] for key in ("narrative", "department", "period", "text")} for one in summary["texts"]],
        "findings.csv": [{key: one[key] for key in ("id", "department", "period")} for one in summary["warnings"]],
    }
    for name, rows in said.items():
        written = read_table(folder / name)
        expected = [{key: value for key, value in row.items() if value not in (None, "")} for row in rows]
        found = [{key: text(row[key]) for key in one if key in row} for row, one in zip(written, rows)]
        if len(written) != len(rows) or found != expected:
            fault(name, "does not say what summary.json says")
