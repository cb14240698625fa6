"""What was open when a publication was made: the office's questions, and what stands below each total. See verify.py."""

from ledger import fault
from periods import asked, reports

STEPS = {"question-answered": "answered", "question-insisted": "insisted", "question-closed": "closed"}


def act(event):
    return {"by": event["by"], "at": event["at"], "reason": event["happening"]["reason"]}


def recorded_questions(office):
    """By the hash of the event that asked, each question with what was done about it."""
    questions = {}
    for event in office:
        happening = event["happening"]
        if happening["kind"] == "question-asked":
            about = {key: happening[key] for key in ("department", "period", "about", "effect")}
            questions[event["hash"]] = {"id": event["hash"], **about, "asked": act(event), "steps": []}
        elif happening["kind"] in STEPS and happening["question"] in questions:
            step = {**act(event), "kind": STEPS[happening["kind"]]}
            questions[happening["question"]]["steps"].append(step)
    return {name: one for name, one in questions.items() if "closed" not in [step["kind"] for step in one["steps"][-1:]]}


def verify_questions(summary, chains):
    """Which version of a return counts is not derived here, so neither is whether a newer one answers."""
    office = f"{summary['year']}/office"
    length = next((head["length"] for head in summary["chains"] if head["chain"] == office), 0)
    recorded = recorded_questions(chains.get(office, [])[:length])
    expected = {(one["department"], one["period"]) for one in summary["returns"]}
    for row in summary["questions"]:
        said = {key: value for key, value in row.items() if key != "stage"}
        own = recorded.pop(row["id"], None)
        answered = own is not None and own["steps"] and own["steps"][-1]["kind"] == "answered"
        if own != said or (answered and row["stage"] != "answered"):
            fault(f"question {row['id'][:12]}", "is not what the ledger recorded")
    for name, one in recorded.items():
        if (one["department"], one["period"]) in expected:
            fault(f"question {name[:12]}", "was recorded, and is not published")


def sources(indicator, by_id):
    """The indicators that departments report, from which this one comes."""
    if indicator["kind"] == "ratio":
        names = [indicator["numerator"], indicator["denominator"]]
    elif indicator["kind"] == "sum":
        names = [one["indicator"] for one in indicator["parts"]]
    else:
        return {indicator["id"]}
    return {source for name in names for source in sources(by_id[name], by_id)}


def verify_open(summary, catalogue):
    """What stands below each total, counted from the warnings, questions and held versions that are published."""
    by_id = {one["id"]: one for one in catalogue["indicators"]}
    departments = {one["id"]: one for one in catalogue["departments"]}
    warnings = [one["finding"].get("indicator") for one in summary["warnings"] if one["acknowledged"] is None]
    rows = []
    for indicator in catalogue["indicators"]:
        below = sources(indicator, by_id)

        def is_below(row):
            parts = [by_id[name] for name in below]
            department = departments[row["department"]]
            return any(asked(one, row["period"]) and reports(one, department, row["period"]) for one in parts)

        row = {
            "indicator": indicator["id"],
            "warnings": sum(name in below for name in warnings),
            "questions": sum(
                is_below(one) if one["about"] is None else one["about"] in below for one in summary["questions"]
            ),
            "held": sum(is_below(one) for one in summary["held"]),
        }
        if row["warnings"] or row["questions"] or row["held"]:
            rows.append(row)
    if rows != summary["open"]:
        fault("open", "is not what the warnings, questions and held versions come to")
