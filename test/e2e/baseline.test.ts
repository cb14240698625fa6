import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBaselineFile } from '../../functions/use-cases/baseline-file.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { indicators, run } from '../fixtures/command-line.ts';
import { changedBaseline, filledBaseline } from '../fixtures/filled-baseline.ts';
import { figuresOf2022 } from '../fixtures/first-year.ts';
import { hasLibreOffice, pythonWithOpenpyxl } from '../fixtures/programs.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallForm } from '../fixtures/small-store.ts';
import { newFolder } from '../fixtures/temporary-folder.ts';

describe('the baseline of a first year, on the command line', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const there = (...args: string[]) => indicators('--data', at('data'), ...args);

  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    await writeFile(at('catalogue.json'), jsonFile(smallCatalogue));
    expect((await there('catalogue', 'adopt', at('catalogue.json'), '--reason', '首次采用')).code).toBe(0);
    return made.remove;
  });

  it('is a workbook, which is checked, and marked where something is wrong', async () => {
    const made = await there('baseline', 'new', '-o', at('blank.xlsx'));
    expect([made.code, made.output]).toEqual([
      0,
      expect.stringContaining('figures of 2022, beside which 2023'),
    ]);
    const blank = await there('baseline', 'check', at('blank.xlsx'));
    expect([blank.code, blank.output]).toEqual([1, expect.stringContaining('一个数都没有填')]);
    const wrong = await changedBaseline(smallCatalogue, ({ sheet, rowOf, columnOf }) => {
      sheet.getCell(rowOf('全市', '车辆'), columnOf('全年')).value = '四十';
    });
    await writeFile(at('wrong.xlsx'), wrong);
    const marked = at('marked.xlsx');
    const checked = await there('baseline', 'check', at('wrong.xlsx'), '--marked', marked);
    expect([checked.code, checked.output]).toEqual([1, expect.stringContaining('必须改正 “上年基数”表')]);
    expect((await readFile(marked)).length).toBeGreaterThan(1000);
    const refused = await there('baseline', 'record', at('wrong.xlsx'), '--reason', '首年比较');
    expect([refused.code, refused.errors]).toEqual([2, expect.stringContaining('is no baseline')]);
  });

  it('is recorded, stands beside what is published, and both verifiers find it sound', async () => {
    await writeFile(at('good.xlsx'), await filledBaseline(smallCatalogue, figuresOf2022));
    const checked = await there('baseline', 'check', at('good.xlsx'));
    expect([checked.code, checked.output]).toEqual([
      0,
      expect.stringContaining('27 figures of 2022 in 5 rows'),
    ]);
    const record = () =>
      there('baseline', 'record', at('good.xlsx'), '--reason', '2022年度报告', '--by', '法制机构');
    const recorded = await record();
    expect([recorded.code, recorded.output]).toEqual([
      0,
      expect.stringContaining('recorded as 2023/office#2 by 法制机构'),
    ]);
    const again = await record();
    expect([again.code, again.output]).toEqual([1, expect.stringContaining('与现行的上年基数完全相同')]);
    await writeFile(at('2023-01_市司法局.xlsx'), await smallForm({ period: '2023-01', cases: '31' }));
    const submitted = await there(
      ...[
        'submit',
        at('2023-01_市司法局.xlsx'),
        '--department',
        'sfj',
        '--period',
        '2023-01',
        '--handed-in-at',
        '2023-02-05T01:00:00.000Z',
      ],
    );
    expect(submitted.code, submitted.output + submitted.errors).toBe(0);
    expect((await there('publish')).code).toBe(0);
    const verified = await there('verify');
    expect([verified.code, verified.output]).toEqual([
      0,
      expect.stringContaining('1 baselines of 2022 were recorded'),
    ]);
    const publication = at('data/publications/2023/0001');
    const summary = JSON.parse(await readFile(join(publication, 'summary.json'), 'utf8'));
    expect(summary.comparedWith).toMatchObject({ kind: 'baseline', year: 2022, recordedBy: '法制机构' });
    expect(summary.comparisons[0]).toMatchObject({ value: '31', lastYear: { value: '30', change: '1' } });
    expect((await there('export', '-o', at('ledger.jsonl'))).code).toBe(0);
    const offline = await indicators('verify', '--ledger', at('ledger.jsonl'), '--publication', publication);
    expect([offline.code, offline.output]).toEqual([0, expect.stringContaining('sound')]);
  });

  it.skipIf(!hasLibreOffice)('reads the same after LibreOffice opened and saved it', async () => {
    await writeFile(at('figures.xlsx'), await filledBaseline(smallCatalogue, figuresOf2022));
    const profile = `-env:UserInstallation=file://${at('profile')}`;
    const format = 'xlsx:Calc MS Excel 2007 XML';
    const args = [profile, '--headless', '--convert-to', format, '--outdir', at('saved'), at('figures.xlsx')];
    expect((await run('soffice', args)).code).toBe(0);
    const rowsIn = async (file: string) => {
      const bytes = new Uint8Array(await readFile(file));
      const reading = await readBaselineFile({ bytes, catalogue: smallCatalogue });
      return [reading.findings, reading.kind === 'baseline' && reading.baseline.rows];
    };
    expect(await rowsIn(at('saved/figures.xlsx'))).toEqual(await rowsIn(at('figures.xlsx')));
  });

  it.skipIf(pythonWithOpenpyxl === undefined)('is read as openpyxl leaves it', async () => {
    const script = `
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book["上年基数"]
for row in sheet.iter_rows(min_row=1):
    if row[0].value == "全市" and row[1].value == "车辆":
        row[15].value = 40
book.save(sys.argv[2])`;
    const ran = await run(pythonWithOpenpyxl!, ['-c', script, at('blank.xlsx'), at('filled.xlsx')]);
    expect(ran.errors).toBe('');
    const checked = await there('baseline', 'check', at('filled.xlsx'));
    expect([checked.code, checked.output]).toEqual([
      0,
      expect.stringContaining('1 figures of 2022 in 1 rows'),
    ]);
  });
});
