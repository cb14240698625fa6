import { within } from '@testing-library/dom';
import { describe, expect, it } from 'vitest';
import { keepCatalogue } from '../../functions/use-cases/stores/catalogue-store.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { jsonFile } from '../../shared/publication/json.ts';
import { writeCatalogueWorkbook } from '../../shared/workbook/catalogue/catalogue-writer.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import { address, adoptionsOf, adopts, emptyOffice, pageOf, upload } from '../fixtures/catalogue-office.ts';
import { cellOf, changed } from '../fixtures/catalogue-workbooks.ts';
import { linksOf, openPage, rowsOf, textOf } from '../fixtures/opened-page.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';

describe('a catalogue that is uploaded', () => {
  const json = jsonFile(smallCatalogue);

  it.each<[string, Uint8Array | Promise<Uint8Array>]>([
    ['as a workbook', writeCatalogueWorkbook(smallCatalogue)],
    ['as JSON', json],
    ['as JSON behind a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, ...json])],
  ])('%s is kept, not in force, and looked at', async (_, bytes) => {
    const { as, ports } = emptyOffice();
    const answer = await upload(await as('legal-office'), await bytes);
    expect(answer.headers.get('location')).toBe(address(smallCatalogue));
    expect(await adoptionsOf(ports)).toEqual([]);
  });

  it.each<[string, Uint8Array, string]>([
    [
      'is JSON in GBK',
      new Uint8Array([...Buffer.from('{"a":"'), 0xd6, 0xb8, 0xb1, 0xea, ...Buffer.from('"}')]),
      'GBK',
    ],
    ['is no workbook', new TextEncoder().encode('%PDF-1.7'), 'PDF'],
    ['is JSON of something else', new TextEncoder().encode('{}'), '没有填写“格式”'],
  ])('and %s is refused in Chinese, and nothing is kept', async (_, bytes, said) => {
    const { as, ports } = emptyOffice();
    const answer = await upload(await as('legal-office'), bytes);
    expect(answer.status).toBe(400);
    expect(textOf(await pageOf(answer))).toContain(said);
    expect(ports.files.size).toBe(0);
  });

  it('with mistakes is told of each by its cell, and comes back marked', async () => {
    const bytes = await changed(await writeCatalogueWorkbook(smallCatalogue), (workbook) => {
      cellOf(workbook, '指标', '案件', '性质').value = '<script>alert(1)</script>';
    });
    const name = '<img src=x>.xlsx';
    const answer = await upload(await emptyOffice().as('legal-office'), bytes, name);
    const body = await answer.text();
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('<img');
    const page = openPage(body);
    expect(textOf(within(page).getByRole('alert'))).toContain(name);
    const [row] = rowsOf(within(page).getByRole('table', { name: '目录的检查结果' }));
    expect(row).toMatchObject({ 程度: '必须改正', 填写的: '<script>alert(1)</script>' });
    expect(row?.位置).toMatch(/^“指标”表 [A-Z]\d+$/);
    const marked = within(page).getByRole('link', { name: '下载标出问题的工作簿' });
    expect(marked.getAttribute('download')).toMatch(/\.xlsx$/);
    const data = marked.getAttribute('href')!.split(';base64,')[1]!;
    expect((await readWorkbook(Buffer.from(data, 'base64'))).findings).toEqual([]);
  });

  it('with codes left blank is told which it was given, before it is looked at', async () => {
    const bytes = await changed(await writeCatalogueWorkbook(smallCatalogue), (workbook) => {
      cellOf(workbook, '指标', '作品', '代码').value = null;
    });
    const page = await pageOf(await upload(await emptyOffice().as('legal-office'), bytes));
    expect(textOf(page)).toContain('代码留空，已编为');
    const [[, next]] = linksOf(within(page).getByRole('main')).filter(
      ([name]) => name === '看这份目录和差异',
    ) as [[string, string]];
    expect(next).toMatch(/^\/catalogues\/2023\/[0-9a-f]{64}$/);
  });

  it('shows nothing that it says as markup', async () => {
    const { as, ports } = emptyOffice();
    const hostile = catalogueSchema.parse({
      ...smallCatalogue,
      title: '<b>目录</b>',
      authority: '<i>市</i>',
      notice: '<script>alert(1)</script>',
      departments: [{ id: 'sfj', name: '<u>局</u>' }],
    });
    await keepCatalogue(hostile, ports.documents);
    const clerk = await as('legal-office', '<s>某</s>');
    await adopts(clerk, hostile, { reason: '<q>因</q>' });
    for (const path of [address(hostile), '/catalogues?adopted=2023']) {
      expect(await clerk.read(path)).not.toMatch(/<(?:b|i|u|s|q|script)>|<script>alert/);
    }
  });
});
