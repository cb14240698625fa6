"""The same job as a script would do it: read a year of forms with openpyxl, add up, write JSON and a workbook."""

import json
import pathlib
import sys
from collections import defaultdict
from decimal import Decimal

import openpyxl

folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
totals = defaultdict(Decimal)
by_department = defaultdict(Decimal)
for path in sorted(folder.rglob("*.xlsx")):
    department = path.parts[-3]
    sheet = openpyxl.load_workbook(path, data_only=True)["月报"]
    for row in sheet.iter_rows(min_row=6, values_only=True):
        indicator, value = row[0], row[4]
        if indicator and not indicator.startswith("@"):
            if not isinstance(value, (int, float)) or value < 0:
                raise SystemExit(f"{path}: {indicator}: {value!r}")
            totals[indicator] += Decimal(str(value))
            by_department[indicator, department] += Decimal(str(value))
output.mkdir(parents=True, exist_ok=True)
(output / "summary.json").write_text(json.dumps({key: str(value) for key, value in totals.items()}))
workbook = openpyxl.Workbook()
sheet = workbook.active
for indicator, total in totals.items():
    sheet.append([indicator, float(total)])
detail = workbook.create_sheet()
for (indicator, department), total in by_department.items():
    detail.append([indicator, department, float(total)])
workbook.save(output / "summary.xlsx")
