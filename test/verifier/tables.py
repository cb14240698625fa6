"""The tables of a catalogue, whose cells are indicators, and the grids in which returns keep them. See verify.py."""

import re


def expanded(catalogue):
    """The catalogue with the cells of its tables among its indicators, behind the others."""
    cells = []
    for table in catalogue["tables"]:
        lines = [one for one in catalogue["lines"] if one["table"] == table["id"]]
        for row in (one for one in lines if one["axis"] == "row"):
            for column in (one for one in lines if one["axis"] == "column"):
                cells.append(cell(table, row, column))
    return {**catalogue, "indicators": catalogue["indicators"] + cells}


def cell(table, row, column):
    def name(row_id, column_id):
        return f"{table['id']}-{row_id}-{column_id}"

    common = {key: table[key] for key in ("unit", "decimals", "rounding", "from", "to") if key in table}
    common["id"] = name(row["id"], column["id"])
    terms = column.get("sum") or row.get("sum")
    if terms is None:
        entry = {key: table[key] for key in ("reporters", "frequency", "months") if key in table}
        over_time = "sum" if table["kind"] == "flow" else "last"
        return {**common, **entry, "kind": table["kind"], "overTime": over_time, "overDepartments": "sum"}
    signed = re.findall(r"([+-]) (\w+)", terms if terms[0] in "+-" else f"+ {terms}")
    parts = [
        {"indicator": name(row["id"], line) if "sum" in column else name(line, column["id"]), "sign": sign}
        for sign, line in signed
    ]
    return {**common, "kind": "sum", "overTime": "add-up", "overDepartments": "add-up", "parts": parts}


def observations_in(happening):
    """Every observation of a return, each with its unit: those that stand by themselves, and those of grids."""
    units = {name: one["unit"] for one in reversed(happening["measures"]) for name in one["indicators"]}
    for one in happening["observations"]:
        yield {**one, "unit": units.get(one["indicator"])}
    for grid in happening.get("grids", []):
        for row in grid["rows"]:
            for column, value in zip(grid["columns"], row["values"]):
                said = {"status": "missing"} if value is None else {"status": "reported", "value": value}
                name = f"{grid['table']}-{row['row']}-{column['column']}"
                yield {**said, "indicator": name, "unit": grid["unit"]}
