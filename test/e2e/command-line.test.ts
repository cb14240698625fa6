import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { adoptSample } from '../../functions/demo/submit-sample-year.ts';
import { openSqliteLedger } from '../../shared/adapters/sqlite-ledger.ts';
import { loadCatalogue } from '../../shared/catalogue/load.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { adoptInFolder } from '../fixtures/adopted-folder.ts';
import { indicators, indicatorsAlone } from '../fixtures/command-line.ts';
import { newFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';

const townships = fileURLToPath(new URL('../fixtures/townships-2024.json', import.meta.url));

describe('a catalogue of another kind: 31 townships, one indicator, quarters only', () => {
  const catalogue = loadCatalogue(townships);
  let folder: string;
  const inTownships = (...args: string[]) => indicators('--data', join(folder, 'data'), ...args);

  beforeAll(async () => {
    const made = await newFolder();
    folder = made.folder;
    const adopted = await inTownships('catalogue', 'adopt', townships, '--reason', '采用本年目录');
    expect(adopted.code, adopted.errors).toBe(0);
    return made.remove;
  });

  it('makes a form for every township of a quarter, and none for a month between', async () => {
    const made = await inTownships(
      'template',
      '--department',
      'all',
      '--period',
      '2024-Q1',
      '-o',
      join(folder, 'forms'),
    );
    expect(made.code).toBe(0);
    expect(await readdir(join(folder, 'forms'))).toHaveLength(31);
    const between = await inTownships('template', '--department', 'all', '--period', '2024-03');
    expect(between.code).toBe(2);
    expect(between.output).toContain('2024-Q1 2024-Q2 2024-Q3 2024-Q4');
  });

  it('adds up what the townships report, through the same commands', async () => {
    for (const [index, { id }] of catalogue.departments.entries()) {
      const figures = new Map(
        catalogue.indicators.map((one) => [
          one.id,
          { content: { kind: 'number', text: String(index) } as const },
        ]),
      );
      const bytes = await writeForm(formLayout(catalogue, { department: id, period: '2024-Q1' }), {
        figures,
      });
      await writeFile(join(folder, 'forms', `${id}-2024-Q1.xlsx`), bytes);
    }
    const uploadedAt = ['--handed-in-at', '2024-04-02T09:00:00+08:00'];
    const submitted = await inTownships('submit', join(folder, 'forms'), ...uploadedAt);
    expect(submitted.output).toContain('31 files: 31 accepted, 0 refused');
    const published = await inTownships('publish', '--year', '2024', '--json');
    const { folder: publication, status } = JSON.parse(published.output);
    expect(status).toBe('provisional');
    const { totals } = JSON.parse(await readFile(join(publication, 'summary.json'), 'utf8'));
    expect(totals).toHaveLength(1);
    expect(totals[0]).toMatchObject({ value: String((30 * 31) / 2), status: 'provisional' });
    expect(totals[0].coverage.periods).toEqual({ expected: 4, complete: 1 });
  });

  it('says of a file that is sent again that nothing is new', async () => {
    const [{ id } = { id: '' }] = catalogue.departments;
    const file = join(folder, 'forms', `${id}-2024-Q1.xlsx`);
    const again = await inTownships('submit', file, '--handed-in-at', '2024-04-02T10:00:00+08:00');
    expect(again.output).toContain('revision 1: counting, the same file was submitted before');
    expect(again.output).toContain('1 files: 1 accepted, 0 refused; 1 had been submitted before');
  });
});

describe('the command line', () => {
  it('helps without a manual', async () => {
    const { code, output } = await indicatorsAlone('--help');
    expect(code).toBe(0);
    for (const word of [
      'template',
      'check',
      'submit',
      'status',
      'publish',
      'trace',
      'query',
      'verify',
      'export',
      'import',
      'Exit codes',
    ]) {
      expect(output).toContain(word);
    }
  });

  it('tells a folder that is called like a command from a command', async () => {
    expect(await indicators('--data', 'demo', '--help')).toEqual(await indicators('--help'));
    const mistyped = await indicators('--data', 'demo', 'statsu');
    expect(mistyped.errors).toContain('Did you mean status?');
  });

  it.each([
    { what: 'an unknown command', args: ['publsh'], code: 2, said: 'unknown command' },
    {
      what: 'a month that is none',
      args: ['template', '--department', 'sfj', '--period', '2023-13'],
      code: 2,
      said: '2023-03',
    },
    {
      what: 'a department that is none',
      args: ['template', '--department', 'xyz', '--period', '2023-03'],
      code: 2,
      said: 'sfj 市司法局',
    },
    { what: 'a file that is not there', args: ['submit', 'nowhere.xlsx'], code: 2, said: 'nowhere.xlsx' },
    {
      what: 'a catalogue that is not there',
      args: ['catalogue', 'adopt', 'none.json', '--reason', '采用'],
      code: 2,
      said: 'none.json',
    },
    {
      what: 'a year without a catalogue',
      args: ['publish', '--year', '2022'],
      code: 2,
      said: 'no catalogue of 2022 has been adopted, only of 2023',
    },
    {
      what: 'a blank reason',
      args: ['admit', '0123456789abcdef', '--reason', ' '],
      code: 2,
      said: '1 to 500 characters',
    },
    { what: 'an indicator that is none', args: ['trace', 'cases'], code: 2, said: 'legal-aid-cases' },
  ])('answers $what with what is right, and exit code $code', async ({ args, code, said }) => {
    const data = await temporaryFolder();
    await adoptSample(data);
    const ran = await indicators('--data', data, ...args);
    expect(ran.output + ran.errors).toContain(said);
    expect(ran.errors).not.toContain('    at ');
    expect(ran.code).toBe(code);
  });

  it('says of a store in which no catalogue was ever adopted what to do, rather than take the sample’s', async () => {
    const data = await temporaryFolder();
    openSqliteLedger(join(data, 'ledger.sqlite')).close();
    const template = ['template', '--department', 'sfj', '--period', '2023-03'];
    for (const args of [['status'], ['publish'], ['submit', townships], template]) {
      const { code, output, errors } = await indicators('--data', data, ...args);
      expect([code, output]).toEqual([2, '']);
      expect(errors).toMatch(/^no catalogue (of 2023 )?has been adopted: "indicators catalogue adopt FILE"/);
    }
    expect(await readdir(data)).toEqual(['ledger.sqlite']);
  });

  it('names the entry of a catalogue that is wrong', async () => {
    const folder = await temporaryFolder();
    const catalogue = JSON.parse(await readFile(townships, 'utf8'));
    catalogue.indicators[0].kind = 'stock';
    await writeFile(join(folder, 'catalogue.json'), JSON.stringify(catalogue));
    const adopt = ['catalogue', 'adopt', join(folder, 'catalogue.json'), '--reason', '采用'];
    const { code, output } = await indicatorsAlone('--data', folder, ...adopt);
    expect(output).toContain(
      '必须改正 第 1 个指标的“跨月汇总”：指标“人民调解委员会调解纠纷”：存量（期末数）的“跨月汇总”只能是 last',
    );
    expect(code).toBe(2);
    expect(await readdir(folder)).toEqual(['catalogue.json']);
  });

  it('records a file whose address nobody knows as refused, keeps it, and answers', async () => {
    const folder = await temporaryFolder();
    const data = join(folder, 'data');
    await adoptSample(data);
    await writeFile(join(folder, '照片.xlsx'), 'not a workbook');
    const { code, output } = await indicatorsAlone('--data', data, 'submit', join(folder, '照片.xlsx'));
    expect(output).toContain('refused');
    expect(code).toBe(1);
    const status = await indicators('--data', data, 'status');
    expect(status.output).toContain('refused without an address: 照片.xlsx');
    expect((await indicators('--data', data, 'verify')).code).toBe(0);
  });

  it('holds what comes after the cut-off, until it is admitted', async () => {
    const folder = await temporaryFolder();
    const data = join(folder, 'data');
    const catalogue = loadCatalogue(townships);
    const figures = new Map([['mediation-cases', { content: { kind: 'number', text: '5' } as const }]]);
    const file = join(folder, 'qingshi-2024-Q1.xlsx');
    await writeFile(
      file,
      await writeForm(formLayout(catalogue, { department: 'qingshi', period: '2024-Q1' }), { figures }),
    );
    await adoptInFolder(data, catalogue);
    const here = (...args: string[]) => indicators('--data', data, ...args);
    const submitted = await here('submit', file);
    expect(submitted.output).toContain('held (it came after the cut-off)');
    const id = /indicators admit\|decline ([0-9a-f]{16})/.exec(submitted.output)?.[1] ?? '';
    expect((await here('trace', 'mediation-cases')).output).toContain('no figure');
    const admitted = await here('admit', id, '--reason', '经领导同意', '--by', '法制科');
    expect(admitted.output).toContain('recorded as 2024/office#2 by 法制科');
    expect((await here('trace', 'mediation-cases')).output).toContain('5 件');
  });

  it('loses nothing when two processes submit to one store at once', async () => {
    const folder = await temporaryFolder();
    const catalogue = loadCatalogue(townships);
    const figures = new Map([['mediation-cases', { content: { kind: 'number', text: '1' } as const }]]);
    const halves = [catalogue.departments.slice(0, 8), catalogue.departments.slice(7, 15)];
    await adoptInFolder(join(folder, 'data'), catalogue);
    const here = (...args: string[]) => indicatorsAlone('--data', join(folder, 'data'), ...args);
    for (const [half, departments] of halves.entries()) {
      await mkdir(join(folder, `${half}`));
      for (const { id } of departments) {
        const bytes = await writeForm(formLayout(catalogue, { department: id, period: '2024-Q1' }), {
          figures,
        });
        await writeFile(join(folder, `${half}`, `${id}-2024-Q1.xlsx`), bytes);
      }
    }
    const when = ['--handed-in-at', '2024-04-02T09:00:00+08:00'];
    const both = await Promise.all([0, 1].map((half) => here('submit', join(folder, `${half}`), ...when)));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect((await here('trace', 'mediation-cases')).output).toContain('15 件');
    expect((await here('verify')).output).toContain('16 events');
  });

  it('moves a ledger to another store and back, hash for hash', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'sfj-2023-03.xlsx'), 'not a workbook');
    await adoptSample(join(folder, 'one'));
    await indicators('--data', join(folder, 'one'), 'submit', join(folder, 'sfj-2023-03.xlsx'));
    const [first, second] = [join(folder, 'first.jsonl'), join(folder, 'second.jsonl')];
    await indicators('--data', join(folder, 'one'), 'export', '-o', first);
    expect((await indicators('--data', join(folder, 'two'), 'import', first)).output).toContain(
      '2 events imported',
    );
    expect((await indicators('--data', join(folder, 'two'), 'import', first)).output).toContain(
      '2 were there already',
    );
    await indicators('--data', join(folder, 'two'), 'export', '-o', second);
    expect(await readFile(second, 'utf8')).toBe(await readFile(first, 'utf8'));
    const text = await readFile(first, 'utf8');
    await writeFile(first, text.replace('sfj-2023-03.xlsx', 'sfj-2023-04.xlsx'));
    const tampered = await indicators('verify', '--ledger', first);
    expect(tampered.output).toContain('edited');
    expect(tampered.code).toBe(1);
    expect((await indicatorsAlone('--data', join(folder, 'three'), 'import', first)).code).toBe(3);
  });
});
