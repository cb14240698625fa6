import type { Cell, Worksheet } from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { findMarkedSheets, identityOf } from '../../../shared/workbook/form-identity.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import {
  formColumns,
  identityMark,
  listColumns,
  listRows,
  parseIdentityMark,
} from '../../../shared/workbook/layout.ts';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import {
  catalogue,
  contents,
  edited,
  filled,
  itemsOf,
  layoutOf,
  mayNotApply,
  numberIn,
  opened,
  police,
  read,
  signature,
  submitted,
  textIn,
} from './form-cases.ts';

function cellsOf(sheet: Worksheet): Cell[] {
  const cells: Cell[] = [];
  sheet.eachRow({ includeEmpty: true }, (row) =>
    row.eachCell({ includeEmpty: true }, (cell) => cells.push(cell)),
  );
  return cells.filter((cell) => !cell.isMerged || cell.master === cell);
}

describe('what is written is read again', () => {
  const addresses = catalogue.departments.flatMap(({ id }) =>
    (['2023-03', '2023-11'] as const).map((period) => ({ department: id, period })),
  );

  it.each(addresses)(
    'for $department in $period: figures, lists, signature and their cells',
    async (address) => {
      const layout = layoutOf(address);
      const typed = new Map(
        layout.rows.map(({ indicator, row }) => [
          indicator.id,
          mayNotApply(indicator)
            ? textIn('不适用')
            : numberIn(indicator.decimals > 0 ? '189.5934' : String(row * 7)),
        ]),
      );
      const { submission } = read(await submitted(address, { figures: typed }), address);
      expect(submission.findings).toEqual([]);
      expect(submission.signature).toEqual(signature);
      expect(contents(submission)).toEqual(
        Object.fromEntries([...typed].map(([id, { content }]) => [id, content])),
      );
      for (const { indicator, row } of layout.rows) {
        expect(submission.figures.get(indicator.id)?.place).toEqual({ sheet: '月报', cell: `E${row}` });
      }
      for (const { indicator, sheet } of layout.lists) {
        const items = submission.lists.get(indicator.id)!;
        expect(items.map(({ content }) => content)).toEqual(
          itemsOf(indicator).map((text) => ({ kind: 'text', text })),
        );
        expect(items.map(({ place }) => place)).toEqual([5, 6].map((row) => ({ sheet, cell: `C${row}` })));
      }
    },
  );

  it('and accepted, with nothing to say', async () => {
    const { findings, observations } = read(await submitted(police));
    expect(findings).toEqual([]);
    expect(observations).toHaveLength(layoutOf(police).rows.length);
  });

  it.each(['=1+1', '+3', '-', '@cmd', '＝1', '<b>&"', '_x0041_', '120\n件', '\u{20000}'])(
    '%j exactly as it was typed',
    async (typed) => {
      const { submission } = read(
        await submitted(police, {
          figures: new Map([['learning-sessions', textIn(typed)]]),
          lists: new Map([['legal-art-works', [textIn(typed)]]]),
          signature: { ...signature, preparer: typed },
        }),
      );
      const text = { kind: 'text', text: typed };
      expect(submission.figures.get('learning-sessions')?.content).toEqual(text);
      expect(submission.lists.get('legal-art-works')?.map(({ content }) => content)).toEqual([text]);
      expect(submission.signature.preparer).toBe(typed);
    },
  );

  it('an empty template is empty: every required figure is asked for, and nothing else is said of it', async () => {
    const { rules, submission } = read(await readWorkbook(await writeForm(layoutOf(police))));
    expect(submission.findings).toEqual([]);
    expect(rules).toEqual([...layoutOf(police).rows.map(() => 'figure-blank'), 'signature-missing']);
  });

  it('last month and the year to date stand beside an input and are never read for it', async () => {
    const reference = new Map(
      layoutOf(police).rows.map(({ indicator }) => [
        indicator.id,
        { lastPeriod: '77', lastYear: '66', yearToDate: '88' } as const,
      ]),
    );
    const { submission, rules } = read(await readWorkbook(await writeForm(layoutOf(police), { reference })));
    expect(Object.values(contents(submission)).every(({ kind }) => kind === 'blank')).toBe(true);
    expect(rules).not.toContain('row-unknown');
  });
});

describe('a written form', () => {
  const layout = layoutOf(police);

  it('is the same bytes for the same inputs, in any time zone', async () => {
    const bytes = await writeForm(layout, filled(layout));
    expect(Buffer.compare(await writeForm(layout, filled(layout)), bytes)).toBe(0);
    const zone = process.env.TZ ?? 'UTC';
    try {
      process.env.TZ = zone === 'America/New_York' ? 'UTC' : 'America/New_York';
      vi.resetModules();
      const elsewhere = await import('../../../shared/workbook/form-writer.ts');
      expect(Buffer.compare(await elsewhere.writeForm(layout, filled(layout)), bytes)).toBe(0);
    } finally {
      process.env.TZ = zone;
    }
    const other = { ...filled(layout), signature: { ...signature, preparer: '王五' } };
    expect(Buffer.compare(await writeForm(layout, other), bytes)).not.toBe(0);
  });

  it('has only its input cells unlocked, on protected sheets', async () => {
    const workbook = await opened(await writeForm(layout));
    const unlocked = workbook.worksheets.flatMap((sheet) => {
      expect((sheet as never as { sheetProtection?: { sheet?: boolean } }).sheetProtection?.sheet).toBe(true);
      return cellsOf(sheet)
        .filter(({ protection }) => protection?.locked === false)
        .map(({ address }) => `${sheet.name} ${address}`);
    });
    const inputs = [...layout.rows, ...layout.signature].map(({ row }) => `月报 E${row}`);
    const remarks = layout.rows.map(({ row }) => `月报 I${row}`);
    const items = layout.lists.flatMap(({ indicator, sheet }) =>
      Array.from(
        { length: indicator.list!.maxItems },
        (_, index) => `${sheet} C${listRows.firstItem + index}`,
      ),
    );
    expect(new Set(unlocked)).toEqual(new Set([...inputs, ...remarks, ...items]));
  });

  it('checks every input while a clerk types', async () => {
    const workbook = await opened(await writeForm(layout));
    const form = workbook.getWorksheet('月报')!;
    for (const { indicator, row } of layout.rows) {
      const { type, showErrorMessage, error, prompt } = form.getCell(row, formColumns.value).dataValidation;
      expect(type).toBe(mayNotApply(indicator) ? 'custom' : 'whole');
      expect(showErrorMessage).toBe(true);
      expect(error?.includes('不适用')).toBe(mayNotApply(indicator));
      expect(prompt).toContain(indicator.unit);
      expect(prompt!.length).toBeLessThanOrEqual(255);
    }
    for (const { indicator, sheet } of layout.lists) {
      const { type } = workbook
        .getWorksheet(sheet)!
        .getCell(listRows.firstItem, listColumns.item).dataValidation;
      expect(type).toBe(indicator.list!.options === undefined ? 'textLength' : 'list');
    }
  });

  // input-validation.ts writes OR（…） with full-width brackets: take `.fails` away once it is mended.
  it('has no validation formula that a spreadsheet program cannot parse', async () => {
    const form = (await opened(await writeForm(layout))).getWorksheet('月报')!;
    for (const { row } of layout.rows) {
      const formulae = form.getCell(row, formColumns.value).dataValidation.formulae.map(String);
      for (const formula of formulae) expect(formula).not.toMatch(/[（），；＝]/);
    }
  });

  it('keeps its marks hidden, and through another program', async () => {
    const bytes = await writeForm(layout, filled(layout));
    const form = (await opened(bytes)).getWorksheet('月报')!;
    expect(form.getRow(1).hidden).toBe(true);
    expect(form.getColumn(1).hidden).toBe(true);
    const again = await readWorkbook(await edited(bytes, () => {}));
    expect(identityOf(again)).toEqual({ ...police, catalogue: layout.identity.catalogue });
    expect(findMarkedSheets(again).map(({ identity }) => identity.list)).toEqual([
      undefined,
      ...layout.lists.map(({ indicator }) => indicator.id),
    ]);
    expect(read(again).findings).toEqual([]);
  });

  it('has marks that are read as they were written, and no others are', () => {
    const nothing = { list: undefined, table: undefined, narratives: false };
    for (const part of [{}, { list: 'legal-art-works' }, { table: 'xxgk' }, { narratives: true }]) {
      const identity = { ...layout.identity, ...nothing, ...part };
      expect(parseIdentityMark(` ${identityMark(identity)} `)).toEqual(identity);
    }
    expect(parseIdentityMark(`${identityMark({ ...layout.identity, ...nothing })} more`)).toBeUndefined();
    expect(parseIdentityMark('indicators-form/2 department=gaj period=2023-11')).toBeUndefined();
  });
});

describe('a marked workbook', () => {
  const layout = layoutOf(police);
  const wrong = {
    figures: new Map([
      ['learning-sessions', textIn('约30')],
      ['crime-cases-filed', textIn('=1+1')],
      ['enforcement-personnel', { content: { kind: 'blank' } as const }],
      ['crime-suspects-handled', numberIn('-2')],
      ['legal-art-works', numberIn('2')],
    ]),
    lists: new Map([['legal-art-works', [textIn('甲'), textIn('甲'), textIn('长'.repeat(200))]]]),
    signature: { ...signature, preparer: '=HYPERLINK("x")' },
  };
  async function marked() {
    const first = read(await submitted(police, wrong));
    const { figures, lists } = first.submission;
    const bytes = await writeForm(layout, {
      figures,
      lists,
      signature: first.submission.signature,
      findings: first.findings,
    });
    return { first, bytes };
  }

  it('says the same again when it comes back as it is', async () => {
    const { first, bytes } = await marked();
    expect(first.rules).toEqual([
      'figure-approximate',
      'figure-not-a-number',
      'figure-negative',
      'figure-blank',
      'list-item-too-long',
      'list-item-repeated',
    ]);
    const again = read(await readWorkbook(bytes));
    expect(again.rules).toEqual(first.rules);
    expect(again.findings.map(({ found }) => found)).toEqual(first.findings.map(({ found }) => found));
    expect(again.submission.signature).toEqual(first.submission.signature);
  });

  it('is accepted once its marked cells are mended', async () => {
    const { bytes } = await marked();
    const list = layout.lists.find(({ indicator }) => indicator.id === 'legal-art-works')!.sheet;
    const mended = await edited(bytes, (workbook) => {
      const form = workbook.getWorksheet('月报')!;
      for (const [id, value] of Object.entries({
        'learning-sessions': 30,
        'crime-cases-filed': 2,
        'enforcement-personnel': '不适用',
        'crime-suspects-handled': 2,
      })) {
        form.getCell(layout.rows.find(({ indicator }) => indicator.id === id)!.row, formColumns.value).value =
          value;
      }
      workbook.getWorksheet(list)!.getCell('C7').value = '乙';
    });
    const { rules, observations } = read(await readWorkbook(mended));
    expect(rules).toEqual(['list-item-repeated']);
    expect(observations.find(({ indicator }) => indicator === 'legal-art-works')).toMatchObject({
      items: ['甲', '乙'],
    });
    expect(observations.find(({ indicator }) => indicator === 'enforcement-personnel')).toMatchObject({
      status: 'not-applicable',
    });
    expect(observations).toHaveLength(layout.rows.length);
  });

  it('shows each finding at its cell and on a sheet in front, with a link', async () => {
    const { first, bytes } = await marked();
    const workbook = await opened(bytes);
    expect(workbook.worksheets[0]?.name).toBe('校验结果');
    const [findings, form] = [workbook.worksheets[0]!, workbook.getWorksheet('月报')!];
    const places = first.findings.map((_, index) => findings.getCell(4 + index, 4).text);
    expect(places.map((place) => place.split('!')[0])).toEqual([
      ...Array(4).fill('月报'),
      ...Array(2).fill(expect.stringContaining('法治文艺作品')),
    ]);
    const xml = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml']!);
    const links = [...xml.matchAll(/<hyperlink [^>]*location="([^"]*)"/g)].map(([, link]) => link);
    expect(links.map((link) => link?.replace(/'|&apos;/g, ''))).toEqual(places);
    for (const { indicator, message } of first.findings.slice(0, 4)) {
      const cell = form.getCell(
        layout.rows.find((row) => row.indicator.id === indicator)!.row,
        formColumns.value,
      );
      expect(JSON.stringify(cell.note)).toContain(message.slice(0, 10));
    }
  });
});
