import { strFromU8, strToU8 } from 'fflate';
import { escapeXml } from '../core/values/text.ts';
import { columnName } from './reading/address.ts';

/** Cells below each other, from a row on, in a column; both counted from 1. */
export interface CellRun {
  column: number;
  row: number;
}

/** One set of columns of a chart: its name and its values stand in cells. */
export interface ChartSeries {
  name: string;
  /** Where its name stands; the values are below it. */
  heading: CellRun;
  values: readonly (number | null)[];
  /** RGB. */
  color: string;
}

/**
 * A chart that spreadsheet programs draw and people edit (ECMA-376, DrawingML charts): columns over categories, beside or
 * on top of each other.
 */
export interface NativeChart {
  title: string;
  /** What it shows, for whoever cannot see it. */
  description: string;
  isStacked?: boolean;
  categories: readonly string[];
  /** Where the first category stands. */
  firstCategory: CellRun;
  series: readonly ChartSeries[];
  /** The cells that it covers: the first one, and how many across and down. */
  place: CellRun & { columns: number; rows: number };
}

/** A sheet's charts; `id` is the number of its part. */
export interface ChartsOfSheet {
  sheet: { id: number; name: string };
  charts: readonly NativeChart[];
}

type Parts = Map<string, Uint8Array>;

const relationTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const main = 'http://schemas.openxmlformats.org/drawingml/2006/main';
const chartNamespace = 'http://schemas.openxmlformats.org/drawingml/2006/chart';

/** Adds the parts of charts to those of a workbook, which is written without them. */
export function addCharts(parts: Parts, sheets: readonly ChartsOfSheet[]): void {
  let last = 0;
  const types: string[] = [];
  for (const { sheet, charts } of sheets.filter((each) => each.charts.length > 0)) {
    const numbers = charts.map(() => ++last);
    const drawing = `drawing-charts${sheet.id}`;
    for (const [index, chart] of charts.entries()) {
      put(parts, `xl/charts/chart${numbers[index]}.xml`, chartXml(chart, sheet.name));
    }
    put(parts, `xl/drawings/${drawing}.xml`, drawingXml(charts));
    put(
      parts,
      `xl/drawings/_rels/${drawing}.xml.rels`,
      relations(numbers.map((number) => ['chart', `../charts/chart${number}.xml`])),
    );
    linkDrawing(parts, sheet.id, drawing);
    types.push(
      override(`xl/drawings/${drawing}.xml`, 'application/vnd.openxmlformats-officedocument.drawing+xml'),
    );
    for (const number of numbers) {
      types.push(
        override(
          `xl/charts/chart${number}.xml`,
          'application/vnd.openxmlformats-officedocument.drawingml.chart+xml',
        ),
      );
    }
  }
  if (types.length > 0)
    change(parts, '[Content_Types].xml', (xml) => xml.replace('</Types>', `${types.join('')}</Types>`));
}

function put(parts: Parts, name: string, xml: string): void {
  parts.set(name, strToU8(declaration + xml));
}

function change(parts: Parts, name: string, edit: (xml: string) => string): void {
  parts.set(name, strToU8(edit(strFromU8(parts.get(name)!))));
}

function override(name: string, type: string): string {
  return `<Override PartName="/${name}" ContentType="${type}"/>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${relationTypes}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}

/** A sheet names its drawing behind the settings of its pages. */
function linkDrawing(parts: Parts, id: number, drawing: string): void {
  const sheet = `xl/worksheets/sheet${id}.xml`;
  const rels = `xl/worksheets/_rels/sheet${id}.xml.rels`;
  const relation = `<Relationship Id="rIdCharts" Type="${relationTypes}/drawing" Target="../drawings/${drawing}.xml"/>`;
  if (parts.has(rels))
    change(parts, rels, (xml) => xml.replace('</Relationships>', `${relation}</Relationships>`));
  else put(parts, rels, relations([]).replace('</Relationships>', `${relation}</Relationships>`));
  change(parts, sheet, (xml) =>
    xml.replace(
      /(?=<legacyDrawing |<tableParts |<extLst>|<\/worksheet>)/,
      `<drawing xmlns:r="${relationTypes}" r:id="rIdCharts"/>`,
    ),
  );
}

function drawingXml(charts: readonly NativeChart[]): string {
  const frames = charts.map(({ title, description, place }, index) => {
    const corner = (name: string, column: number, row: number) =>
      `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:${name}>`;
    const { column, row, columns, rows } = place;
    return `<xdr:twoCellAnchor>${corner('from', column - 1, row - 1)}${corner('to', column - 1 + columns, row - 1 + rows)}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="${index + 2}" name="${escapeXml(title)}" descr="${escapeXml(description)}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${chartNamespace}"><c:chart xmlns:c="${chartNamespace}" xmlns:r="${relationTypes}" r:id="rId${index + 1}"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>`;
  });
  return `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="${main}">${frames.join('')}</xdr:wsDr>`;
}

/** Ids of the two axes of a chart: any two numbers. */
const axes = { categories: 111111111, values: 222222222 };

function chartXml(
  { title, isStacked = false, categories, firstCategory, series }: NativeChart,
  sheet: string,
): string {
  const all = series
    .map((each, index) => seriesXml(each, { index, categories, firstCategory, sheet }))
    .join('');
  const stacked = isStacked ? '<c:overlap val="100"/>' : '';
  return `<c:chartSpace xmlns:c="${chartNamespace}" xmlns:a="${main}" xmlns:r="${relationTypes}"><c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1200" b="1"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="1"/><a:t>${escapeXml(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="${isStacked ? 'stacked' : 'clustered'}"/><c:varyColors val="0"/>${all}<c:gapWidth val="60"/>${stacked}<c:axId val="${axes.categories}"/><c:axId val="${axes.values}"/></c:barChart><c:catAx><c:axId val="${axes.categories}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="${axes.values}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx><c:valAx><c:axId val="${axes.values}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="${axes.categories}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx></c:plotArea>${series.length > 1 ? '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' : ''}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>`;
}

interface SeriesContext extends Pick<NativeChart, 'categories' | 'firstCategory'> {
  index: number;
  sheet: string;
}

function seriesXml(
  { name, heading, values, color }: ChartSeries,
  { index, categories, firstCategory, sheet }: SeriesContext,
): string {
  const below = { ...heading, row: heading.row + 1 };
  const labels = categories
    .map((label, at) => `<c:pt idx="${at}"><c:v>${escapeXml(label)}</c:v></c:pt>`)
    .join('');
  const points = values
    .map((value, at) => (value === null ? '' : `<c:pt idx="${at}"><c:v>${value}</c:v></c:pt>`))
    .join('');
  return `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:strRef><c:f>${reference(sheet, heading, 1)}</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${escapeXml(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:spPr><a:solidFill><a:srgbClr val="${color}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/><c:cat><c:strRef><c:f>${reference(sheet, firstCategory, categories.length)}</c:f><c:strCache><c:ptCount val="${categories.length}"/>${labels}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>${reference(sheet, below, values.length)}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="${values.length}"/>${points}</c:numCache></c:numRef></c:val></c:ser>`;
}

/** `'图表'!$B$4:$B$15`. */
function reference(sheet: string, { column, row }: CellRun, count: number): string {
  const cell = (at: number) => `$${columnName(column)}$${at}`;
  const range = count === 1 ? cell(row) : `${cell(row)}:${cell(row + count - 1)}`;
  return escapeXml(`'${sheet.replaceAll("'", "''")}'!${range}`);
}
