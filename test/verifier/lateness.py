"""By whose leave returns came late, and which are signed: what a publication says of admissions, extensions and scans. See verify.py."""

from itertools import groupby

from ledger import canonical, fault, sha256

DECISIONS = {"return-admitted": "admitted", "admission-declined": "declined"}


def upload_id(upload):
    return sha256(canonical({"key": upload["key"], "version": upload["version"]}))[:16]


def said(event, **more):
    return {"by": event["by"], "at": event["at"], "reason": event["happening"]["reason"], **more}


def versions_of(events, period):
    """The ids of the uploads of each accepted version, by when and by whom it was first uploaded."""
    accepted = {}
    for event in events:
        happening = event["happening"]
        if happening["kind"] == "return-accepted" and happening["period"] == period:
            accepted.setdefault(upload_id(happening["upload"]), event)
    in_order = sorted(
        accepted.items(),
        key=lambda one: tuple(one[1]["happening"]["upload"][key] or "" for key in ("uploadedAt", "key", "version")),
    )
    versions = {}
    for _, run in groupby(in_order, lambda one: (one[1]["happening"]["upload"]["sha256"], one[1]["catalogue"])):
        run = list(run)
        upload = run[0][1]["happening"]["upload"]
        versions[(upload["uploadedAt"], upload["uploader"])] = {name for name, _ in run}
    return versions


def expected_admission(row, events, office):
    uploads = versions_of(events, row["period"]).get((row["uploadedAt"], row["uploader"]), set())
    decided = [
        event
        for event in office
        if event["happening"]["kind"] in DECISIONS and event["happening"]["upload"] in uploads
    ]
    return said(decided[-1], kind=DECISIONS[decided[-1]["happening"]["kind"]]) if decided else None


def expected_extension(row, office):
    own = [
        event
        for event in office
        if event["happening"]["kind"] == "deadline-extended"
        and event["happening"]["period"] == row["period"]
        and event["happening"]["department"] in (None, row["department"])
    ]
    last = max(own, key=lambda event: event["happening"]["until"], default=None)
    return None if last is None else said(last, until=last["happening"]["until"])


def expected_scan(row, events, office):
    """The last scan that was filed of the version that counts."""
    if row["standing"] != "counting":
        return None
    uploads = versions_of(events, row["period"]).get((row["uploadedAt"], row["uploader"]), set())
    filed = [
        event["happening"]["scan"]["sha256"]
        for event in office
        if event["happening"]["kind"] == "scan-filed" and event["happening"]["upload"] in uploads
    ]
    return filed[-1] if filed else None


def verify_lateness(summary, chains, catalogue):
    lengths = {head["chain"]: head["length"] for head in summary["chains"]}

    def pinned(owner):
        chain = f"{summary['year']}/{owner}"
        return chains.get(chain, [])[: lengths.get(chain, 0)]

    office = pinned("office")
    is_asked = catalogue.get("signing", {}).get("scan", False)
    for row in summary["returns"]:
        where = f"return {row['department']} {row['period']}"
        admission = expected_admission(row, pinned(row["department"]), office)
        if row["admission"] != admission:
            fault(where, "has another admission than the ledger")
        if row["standing"] == "counting" and admission is not None and admission["kind"] == "declined":
            fault(where, "counts, and the legal office declined it")
        if row["extension"] != expected_extension(row, office):
            fault(where, "has another extension than the ledger")
        scan = expected_scan(row, pinned(row["department"]), office)
        if row["scan"] != scan or row["awaitsScan"] != (is_asked and row["standing"] == "counting" and scan is None):
            fault(where, "is signed otherwise than the ledger says")
