"""Reads one workbook with openpyxl, row by row, and says as reading/child.ts does how long it took."""

import json
import resource
import sys
import time

start = time.perf_counter()
from openpyxl import load_workbook

imported = time.perf_counter()
cells = 0
for sheet in load_workbook(sys.argv[1], read_only=True, data_only=True):
    for row in sheet.iter_rows(values_only=True):
        cells += sum(value is not None for value in row)
done = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"import": (imported - start) * 1000, "cold": (done - imported) * 1000, "cells": cells, "peak": peak}))
