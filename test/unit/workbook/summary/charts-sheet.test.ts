import { DOMParser } from '@xmldom/xmldom';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../../shared/workbook/reading/read-workbook.ts';
import { writeSummaryWorkbook } from '../../../../shared/workbook/summary/summary-workbook.ts';
import { comparedPublication, provisionalPublication } from '../../../fixtures/publication.ts';
import { opened, sheetOf } from './opened-summary.ts';

const publication = comparedPublication();
let bytes: Uint8Array;
let parts: Record<string, Uint8Array>;
const xml = (name: string) => strFromU8(parts[name]!);
const charts = () => Object.keys(parts).filter((name) => /^xl\/charts\/chart\d+\.xml$/.test(name));

beforeAll(async () => {
  bytes = await writeSummaryWorkbook(publication);
  parts = unzipSync(bytes);
});

describe('the charts of the summary', () => {
  it('are parts that the sheet, its drawing and the list of types name', async () => {
    const sheet = sheetOf(await opened(publication), '图表');
    const path = `xl/worksheets/sheet${sheet.id}.xml`;
    expect(xml(path)).toMatch(
      /<drawing xmlns:r="[^"]*" r:id="rIdCharts"\/>(?:<legacyDrawing|<tableParts|<extLst>|<\/worksheet>)/,
    );
    expect(xml(`xl/worksheets/_rels/sheet${sheet.id}.xml.rels`)).toContain(
      `Target="../drawings/drawing-charts${sheet.id}.xml"`,
    );
    const drawn = [
      ...xml(`xl/drawings/_rels/drawing-charts${sheet.id}.xml.rels`).matchAll(/Target="\.\.\/([^"]*)"/g),
    ];
    expect(drawn.map(([, target]) => `xl/${target}`).sort()).toEqual(charts().sort());
    for (const name of charts()) expect(xml('[Content_Types].xml')).toContain(`PartName="/${name}"`);
    const errors: string[] = [];
    const parser = new DOMParser({
      onError: (level, message) => void (level !== 'warning' && errors.push(message)),
    });
    for (const name of Object.keys(parts).filter((each) => /\.(?:xml|rels)$/.test(each)))
      parser.parseFromString(xml(name), 'text/xml');
    expect(errors).toEqual([]);
  });

  it('show what stands in the cells that they name', async () => {
    const workbook = await opened(publication);
    const sheet = sheetOf(workbook, '图表');
    const cells = (formula: string) => {
      const [, column = '', from = '', to = from] =
        /^'图表'!\$([A-Z]+)\$(\d+)(?::\$[A-Z]+\$(\d+))?$/.exec(formula) ?? [];
      return Array.from(
        { length: Number(to) - Number(from) + 1 },
        (_, at) => sheet.getCell(`${column}${Number(from) + at}`).value,
      );
    };
    let looked = 0;
    for (const name of charts()) {
      for (const [, formula = '', count = '', points = ''] of xml(name).matchAll(
        /<c:f>([^<]*)<\/c:f><c:(?:str|num)Cache>(?:<c:formatCode>General<\/c:formatCode>)?<c:ptCount val="(\d+)"\/>(.*?)<\/c:(?:str|num)Cache>/g,
      )) {
        const cached = new Map(
          [...points.matchAll(/<c:pt idx="(\d+)"><c:v>([^<]*)<\/c:v>/g)].map(([, at, value]) => [
            Number(at),
            value,
          ]),
        );
        const said = cells(formula.replaceAll('&#39;', "'"));
        expect(said).toHaveLength(Number(count));
        said.forEach((value, at) => {
          expect(cached.get(at) ?? null, `${name} ${formula} ${at}`).toBe(
            value === null ? null : String(value),
          );
          looked += 1;
        });
      }
    }
    expect(looked).toBeGreaterThan(50);
  });

  it('stand one for each indicator that is known of any period, beside last year where it is known, and one for how returns came', () => {
    const titles = charts().map((name) => /<a:t>([^<]*)<\/a:t>/.exec(xml(name))?.[1]);
    const known = publication.totals.filter(({ byPeriod }) => byPeriod.some(({ value }) => value !== null));
    for (const { name } of known)
      expect(titles.filter((title) => title?.startsWith(`${name}：各月的数`))).toHaveLength(1);
    expect(titles).toContain(`${publication.year}年各期报送情况（份）`);
    const compared = publication.comparisons.find(({ lastYear }) => lastYear?.value != null)!;
    const { name } = publication.totals.find(({ indicator }) => indicator === compared.indicator)!;
    const chart = charts()
      .map(xml)
      .find((text) => text.includes(`<a:t>${name}：各月的数`))!;
    expect(
      [...chart.matchAll(/<c:tx><c:strRef>.*?<c:v>([^<]*)<\/c:v>/g)].map(([, series]) => series),
    ).toEqual(['上年', '本年']);
  });

  it('leave the workbook one that is read, with hostile names as text, and the same bytes again', async () => {
    const hostile = structuredClone(provisionalPublication());
    hostile.totals[0]!.name = `=cmd|' /C calc'!A0<"&`;
    const written = await writeSummaryWorkbook(hostile);
    const reading = await readWorkbook(written);
    expect(reading.sheets.map(({ name }) => name)).toContain('图表');
    expect(strFromU8(unzipSync(written)['xl/charts/chart2.xml']!)).toContain('=cmd|');
    expect(await writeSummaryWorkbook(publication)).toEqual(bytes);
  });
});
