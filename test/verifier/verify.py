#!/usr/bin/env python3
"""Verifies an exported ledger and a publication's folder with nothing but Python's standard library.

    verify.py LEDGER.jsonl PUBLICATION_FOLDER [LEDGER_OF_THE_YEAR_BEFORE.jsonl]
              [--witness STATEMENT.json]... [--witness-key FINGERPRINT]

A witness is a signed statement that was kept elsewhere: without one a ledger that was written anew in whole is not
seen. The key is taken from the statement unless its fingerprint is told. Written from FORMAT.md of shared/core/ledger and shared/core/publication alone, it shares
no code with the program. Prints each fault on a line and ends with 1 if there are any.
"""

import argparse
import json
import pathlib
import sys
from decimal import Decimal

from agreements import verify_agreements
from baselines import verify_baselines, verify_cited
from breakdowns import verify_breakdowns
from comparisons import verify_comparisons
from figures import own_figures, recomputed, rounded, taken
from ledger import adoptions_in, canonical, fault, faults, notes, read_ledger, sha256, verify_adoptions, verify_chain, verify_heads
from lateness import verify_lateness
from missing import verify_missing
from open_matters import verify_open, verify_questions
from published_tables import observations, verify_counted, verify_digest, verify_tables
from remarks import remarks_in, verify_answers
from tables import expanded, observations_in
from texts import verify_texts
from witness import verify_witness


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


SAID = {}


def said_by(event):
    """What a return says, worked out once."""
    if event.get("happening", {}).get("kind") != "return-accepted":
        return []
    if event["hash"] not in SAID:
        SAID[event["hash"]] = list(observations_in(event["happening"]))
    return SAID[event["hash"]]


def verify_citations(summary, chains):
    for row in summary["observations"]:
        where = f"{row['indicator']} {row['department']} {row['period']}"
        cited = row["ledger"]
        events = chains.get(cited["chain"], [])
        event = events[cited["sequence"] - 1] if cited["sequence"] <= len(events) else {}
        happening = event.get("happening", {})
        recorded = [one for one in said_by(event) if one["indicator"] == row["indicator"]]
        if (
            event.get("hash") != cited["hash"]
            or not recorded
            or recorded[0]["status"] != row["status"]
            or recorded[0].get("value") != row["value"]
            or recorded[0]["unit"] != row["unit"]
            or remarks_in(happening).get(row["indicator"]) != row.get("remark")
            or happening["upload"]["sha256"] != row["file"]["sha256"]
            or (happening["department"], happening["period"]) != (row["department"], row["period"])
        ):
            fault(where, "is not what the ledger recorded")


def verify_comparison(summary, chains, is_here):
    """The publication of last year that is cited must be one that its ledger has, if that is here."""
    verify_cited(summary, chains)
    cited = summary["comparedWith"]
    if cited is None or cited["kind"] == "baseline":
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


def verify_totals(summary, catalogue):
    if sha256(canonical(catalogue)) != summary["catalogue"]:
        fault("catalogue.json", "is not the catalogue that the publication was made with")
    totals = {total["indicator"]: total for total in summary["totals"]}
    conversions = [one for adoption in summary["adoptions"] for one in adoption["conversions"]]
    whole = expanded(catalogue)
    by_indicator = taken(own_figures(summary["observations"], whole, conversions), whole)
    for indicator in whole["indicators"]:
        total = totals.get(indicator["id"], {})
        said = total.get("value", "nothing")
        expected = recomputed(indicator, whole, by_indicator, conversions)
        if said != expected:
            fault(f"total {indicator['id']}", f"says {said}, its observations come to {expected}")
        verify_groups(indicator, total, whole, by_indicator, conversions)


def verify_groups(indicator, total, catalogue, by_indicator, conversions):
    """Each subtotal is what the observations that are taken of all come to of the group's departments."""
    for one in total.get("byGroup", []):
        members = {each["id"] for each in catalogue["departments"] if each.get("group") == one["group"]}
        own = {name: [row for row in rows if row["department"] in members] for name, rows in by_indicator.items()}
        expected = recomputed(indicator, catalogue, own, conversions)
        said = one["value"]
        if said is not None and indicator["kind"] != "ratio":
            said = rounded(Decimal(said), indicator)
        if said != expected:
            fault(f"total {indicator['id']}", f"says {said} of {one['group']}, whose observations come to {expected}")


def verify_witnesses(paths, chains, key):
    for path in map(pathlib.Path, paths):
        try:
            verify_witness(path, chains, key)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            fault(path.name, f"cannot be read as a statement: {error!r}")
    if not paths:
        notes.append("no witness was given: a ledger that was written anew in whole would not be seen")


def main(ledger, folder, others, witnesses, key):
    chains, catalogues, baselines = {}, {}, {}
    for path in (ledger, *others):
        header, own = read_ledger(pathlib.Path(path))
        for chain, events in own.items():
            verify_chain(chain, events)
        verify_heads(header["heads"], own)
        for year in sorted({int(chain[:4]) for chain in own if chain[:4].isdigit()}):
            try:
                verify_adoptions(year, own, header.get("catalogues", []))
                verify_baselines(year, own, header.get("baselines", []))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                fault(f"{year}/office", f"its adoptions cannot be read: {error!r}")
        chains.update(own)
        baselines.update({sha256(canonical(one)): one for one in header.get("baselines", [])})
        catalogues.update({sha256(canonical(one)): expanded(one) for one in header.get("catalogues", [])})
    verify_witnesses(witnesses, chains, key)
    folder = pathlib.Path(folder)
    try:
        manifest, summary, catalogue = (
            json.loads((folder / name).read_text("utf-8"))
            for name in ("manifest.json", "summary.json", "catalogue.json")
        )
        summary["observations"] = observations(folder, summary)
        verify_tables(folder, summary)
        verify_heads(manifest["chains"], chains)
        verify_files(folder, manifest, chains)
        verify_counted(summary, chains)
        verify_digest(folder, summary, chains)
        verify_citations(summary, chains)
        verify_texts(summary, catalogue, chains)
        verify_answers(summary, chains)
        verify_adoptions_said(summary, chains)
        verify_questions(summary, chains)
        verify_open(summary, expanded(catalogue))
        verify_lateness(summary, chains, catalogue)
        verify_agreements(summary, chains, catalogue, catalogues)
        verify_comparison(summary, chains, is_here=bool(others))
        verify_totals(summary, catalogue)
        verify_breakdowns(summary, catalogue)
        verify_missing(summary, expanded(catalogue))
        verify_comparisons(summary, expanded(catalogue), chains, catalogues, baselines, is_here=bool(others))
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
