import { readdirSync, readFileSync } from 'node:fs';
import { exampleCatalogueFile, loadCatalogue } from '../shared/catalogue/load.ts';
import { validateReturn } from '../shared/core/returns/validation.ts';
import { readForm } from '../shared/workbook/form-reader.ts';
import { readWorkbook } from '../shared/workbook/reading/read-workbook.ts';

const c = loadCatalogue(exampleCatalogueFile);
const key = { department: 'sfj', period: '2023-03' } as const;
for (const f of readdirSync('/tmp/hon')
  .filter((f) => f !== 't.xlsx')
  .sort()) {
  const v = validateReturn(readForm(await readWorkbook(readFileSync(`/tmp/hon/${f}`)), c, key), c, key);
  console.log(
    f.padEnd(26),
    v.findings
      .map((x) => `${x.severity[0]}:${x.rule}:${x.found ?? ''}`)
      .join(' | ')
      .slice(0, 170),
  );
}
