// The whole of ECharts in one file is loaded in a quarter of the time that the 589 files take which this needs of it.
import { init } from 'echarts/dist/echarts.esm.min';
import type { Decimal } from '../core/values/decimal.ts';
import { escapeXml } from '../core/values/text.ts';

/** A column for each month or department. A null value is no column at all: nothing is known of it. */
export interface ColumnChart {
  caption: string;
  unit: string;
  /** `before` is last year's value, which stands beside it in a lighter colour; left out where none is to. */
  columns: { label: string; value: Decimal | null; before?: Decimal | null }[];
  /** `small` stands beside other small ones; `wide` takes the width of the page; `bars` lie down, for long labels. */
  shape: 'small' | 'wide' | 'bars';
}

const colours = { column: '#2f6db3', before: '#b7cbe3', text: '#3e4c59', line: '#cdd5df' };
const sizes = { small: { width: 300, height: 130 }, wide: { width: 960, height: 260 } };

/** Draws the chart with ECharts, as SVG text without script or style elements. */
export function drawColumns({ columns, shape, caption, unit }: ColumnChart): string {
  const size = shape === 'bars' ? { width: 960, height: 60 + 26 * columns.length } : sizes[shape];
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  const names = {
    type: 'category' as const,
    data: columns.map(({ label }) => label),
    inverse: shape === 'bars',
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: {
      color: colours.text,
      fontSize: shape === 'small' ? 10 : 12,
      interval: shape === 'small' ? ('auto' as const) : 0,
    },
  };
  const amounts = {
    type: 'value' as const,
    splitNumber: shape === 'small' ? 2 : 4,
    minInterval: columns.some(({ value }) => value?.includes('.')) ? 0 : 1,
    splitLine: { lineStyle: { color: '#e4e8ee' } },
    axisLabel: { color: colours.text, fontSize: shape === 'small' ? 10 : 12 },
  };
  chart.setOption({
    animation: false,
    grid: { left: 8, right: shape === 'bars' ? 60 : 12, top: 24, bottom: 4 },
    ...(shape === 'bars' ? { xAxis: amounts, yAxis: names } : { xAxis: names, yAxis: amounts }),
    series: [
      ...(columns.some(({ before }) => typeof before === 'string')
        ? [
            seriesOf(
              columns.map(({ before = null }) => before),
              colours.before,
              shape,
            ),
          ]
        : []),
      {
        ...seriesOf(
          columns.map(({ value }) => value),
          colours.column,
          shape,
        ),
        label: {
          show: shape !== 'small',
          position: shape === 'bars' ? 'right' : 'top',
          color: colours.text,
          fontSize: 11,
          formatter: ({ dataIndex }: { dataIndex: number }) => columns[dataIndex]?.value ?? '',
        },
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return asPartOfPage(svg, `${caption}，单位：${unit}`);
}

/** Only drawn: the chart's heights may be rounded, the figures beside it never are. */
function seriesOf(values: readonly (Decimal | null)[], color: string, shape: ColumnChart['shape']) {
  return {
    type: 'bar' as const,
    silent: true,
    barMaxWidth: shape === 'bars' ? 16 : 36,
    itemStyle: { color },
    data: values.map((value) => (value === null ? '-' : Number(value))),
  };
}

/**
 * ECharts writes looks for the pointer and for fonts, which a page that allows no style within itself would ignore
 * with a complaint: the first are dropped, the second become attributes.
 */
function asPartOfPage(svg: string, label: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) =>
      style
        .split(';')
        .filter((rule) => rule.includes(':'))
        .map((rule) => {
          const [name = '', value = ''] = rule.split(':', 2);
          return ` ${name.trim()}="${value.trim().replaceAll('"', '')}"`;
        })
        .join(''),
    )
    .replace(/ (?:ecmeta_\w+|class)="[^"]*"/g, '')
    .replace('<svg ', () => `<svg role="img" aria-label="${escapeXml(label)}" `)
    .trim();
}
