import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { catalogueSchema } from '../../../shared/core/catalogue/checks.ts';
import { periodsOfYear } from '../../fixtures/periods.ts';

/** A catalogue of any size: every department reports every indicator, every month. */
export function catalogueOf(departments: number, indicators: number): Catalogue {
  return catalogueSchema.parse({
    format: 'indicators-catalogue/1',
    year: 2023,
    title: '测试市2023年指标目录',
    authority: '测试市',
    departments: Array.from({ length: departments }, (_, index) => ({
      id: `d${index}`,
      name: `部门${index}`,
    })),
    indicators: Array.from({ length: indicators }, (_, index) => ({
      id: `indicator-${index}`,
      name: `指标${index}`,
      unit: '件',
      definition: '按事项办结的日期计入当月，一件事项只计一次。',
      kind: 'flow',
      overTime: 'sum',
      overDepartments: 'sum',
      reporters: 'all',
    })),
    periods: periodsOfYear(2023).map((period) => ({ period, due: '2024-01-10', cutOff: '2024-01-31' })),
  });
}

/** The figure of one cell, so that any program can tell what the total must be. */
export function figureOf(department: number, month: number, indicator: number): number {
  return ((department * 31 + month * 7 + indicator * 13) % 50) + 1;
}
