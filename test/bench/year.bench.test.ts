import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { expectedReturns } from '../../shared/core/catalogue/catalogue.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { indicatorsAlone, run } from '../fixtures/command-line.ts';
import { pythonWithOpenpyxl } from '../fixtures/programs.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { median, printFigures } from './figures.ts';
import { times, writeReached } from './reach.ts';
import { catalogueOf, figureOf } from './year/made-year.ts';

const size = { departments: 40, indicators: 60 };
const rounds = 3;
const signature = { preparer: '张三', reviewer: '李四', telephone: '010-12345678' };
const script = fileURLToPath(new URL('year/aggregate.py', import.meta.url));

/** The year's workbooks, as departments would send them. */
async function writeYear(folder: string): Promise<void> {
  const catalogue = catalogueOf(size.departments, size.indicators);
  await writeFile(join(folder, 'catalogue.json'), JSON.stringify(catalogue));
  for (const { department, period } of expectedReturns(catalogue)) {
    const [number, month] = [Number(department.id.slice(1)), Number(period.slice(5))];
    const figures = new Map(
      catalogue.indicators.map(({ id }, index) => [
        id,
        { content: { kind: 'number', text: String(figureOf(number, month, index)) } as const },
      ]),
    );
    const path = join(folder, 'returns', department.id, period);
    await mkdir(path, { recursive: true });
    await writeFile(
      join(path, 'return.xlsx'),
      await writeForm(formLayout(catalogue, { department: department.id, period }), { figures, signature }),
    );
  }
}

it.skipIf(pythonWithOpenpyxl === undefined)(
  'a whole year, from files to publication, beside a script with openpyxl',
  async () => {
    const folder = await temporaryFolder();
    await writeYear(folder);
    const seconds = { submit: [] as number[], publish: [] as number[], script: [] as number[] };
    const timed = async (into: number[], work: Promise<{ code: number | null; errors: string }>) => {
      const started = performance.now();
      const { code, errors } = await work;
      into.push((performance.now() - started) / 1000);
      expect(errors).toBe('');
      expect(code).toBe(0);
    };
    for (let round = 0; round < rounds; round++) {
      const global = ['--data', join(folder, `data-${round}`)];
      const adopt = ['catalogue', 'adopt', join(folder, 'catalogue.json'), '--reason', '采用'];
      expect((await indicatorsAlone(...global, ...adopt)).code).toBe(0);
      const when = ['--handed-in-at', '2023-12-31T09:00:00+08:00'];
      await timed(seconds.submit, indicatorsAlone(...global, 'submit', join(folder, 'returns'), ...when));
      await timed(seconds.publish, indicatorsAlone(...global, '--year', '2023', 'publish'));
      await timed(
        seconds.script,
        run(pythonWithOpenpyxl!, [script, join(folder, 'returns'), join(folder, `script-${round}`)]),
      );
    }
    const published = JSON.parse(
      await readFile(join(folder, 'data-0/publications/2023/0001/summary.json'), 'utf8'),
    );
    const scripted = JSON.parse(await readFile(join(folder, 'script-0/summary.json'), 'utf8'));
    for (const { indicator, value } of published.totals) expect(value).toBe(scripted[indicator]);
    const ours = median(seconds.submit) + median(seconds.publish);
    printFigures(
      `a year of ${size.departments} departments, 12 months, ${size.indicators} indicators, seconds (median of ${rounds})`,
      [
        {
          what: 'submit: read, check, record, feedback; a workbook where something is marked',
          figure: median(seconds.submit),
          ratio: median(seconds.submit) / median(seconds.script),
        },
        {
          what: 'publish: totals, lineage, JSON, workbook',
          figure: median(seconds.publish),
          ratio: median(seconds.publish) / median(seconds.script),
        },
        { what: 'both', figure: ours, ratio: ours / median(seconds.script) },
        { what: 'openpyxl script: read, add up, JSON, workbook', figure: median(seconds.script), ratio: 1 },
      ],
    );
    await writeReached({
      work: 'a year of 480 workbooks, files to publication, whole process',
      against: 'the openpyxl script',
      reach: '4 x faster',
      seen: times(ours, median(seconds.script)),
    });
  },
);
