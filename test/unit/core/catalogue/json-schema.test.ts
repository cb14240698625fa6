import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { catalogueJsonSchema } from '../../../../shared/core/catalogue/json-schema.ts';
import { indicator } from '../small-year.ts';
import { list, only, ratio, sound } from './catalogue-parts.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const read = (path: string): unknown => JSON.parse(readFileSync(`${root}/${path}`, 'utf8'));

/** What a validator has against a file; undefined where it takes it. */
function faultsOf(file: unknown): string | undefined {
  const ajv = new Ajv2020({ allErrors: true, strictSchema: true });
  addFormats.default(ajv);
  const validate = ajv.compile(catalogueJsonSchema());
  return validate(file) ? undefined : JSON.stringify(validate.errors);
}

describe('the JSON Schema of catalogues', () => {
  it.each(['shared/catalogue/wanyuan-2023.json', 'test/fixtures/townships-2024.json'])('takes %s', (path) => {
    expect(faultsOf(read(path))).toBeUndefined();
  });

  it.each([
    [
      'every kind',
      only(indicator('a'), indicator('b', 'stock'), indicator('c', 'extreme'), list({}), ratio({})),
    ],
    [
      'reporters with their periods',
      only(indicator('a', 'flow', { reporters: ['jia', { department: 'yi', from: '2023-02' }] })),
    ],
  ])('takes %s', (_, file) => {
    expect(faultsOf(file)).toBeUndefined();
  });

  it.each([
    ['an unknown field', sound({ file: { oddity: 1 } })],
    ['a ratio that somebody reports', only(indicator('a'), indicator('b'), ratio({ reporters: 'all' }))],
    ['a flow without a unit', only(indicator('a', 'flow', { unit: undefined }))],
    ['another format', sound({ file: { format: 'indicators-catalogue/9' } })],
  ])('refuses %s', (_, file) => {
    expect(faultsOf(JSON.parse(JSON.stringify(file)))).toBeDefined();
  });

  it('asks for nothing that has a default, and calls fields as people do', () => {
    const schema = catalogueJsonSchema();
    expect(schema).toMatchObject({ title: '指标目录', description: 'indicators-catalogue/1' });
    expect(schema.required).toEqual([
      'format',
      'year',
      'title',
      'authority',
      'departments',
      'indicators',
      'periods',
    ]);
    expect(schema.properties).toMatchObject({
      year: { title: '年份' },
      departments: { title: '部门', items: { properties: { to: { title: '结束期' } } } },
      periods: {
        items: { properties: { due: { title: '截止日', description: expect.stringContaining('迟报') } } },
      },
    });
    const output = 'items.oneOf.0.properties.output';
    expect(schema.properties?.indicators).toHaveProperty(`${output}.title`, '发布单位');
    expect(schema.properties?.indicators).toHaveProperty(`${output}.properties.decimals.title`, '发布小数位');
    expect(schema.properties?.indicators).not.toHaveProperty('items.oneOf.0.properties.list');
  });

  it('says nothing of a field that has no words, and the same of one that may be of several shapes', () => {
    const { indicators } = catalogueJsonSchema().properties ?? {};
    expect(indicators).not.toHaveProperty('items.oneOf.0.properties.unit.description');
    const reporter = 'items.oneOf.0.properties.reporters.anyOf.1.items.anyOf.1.properties';
    expect(indicators).toHaveProperty(`${reporter}.from.title`, '起始期');
    expect(indicators).toHaveProperty(`${reporter}.from.description`, expect.stringContaining('从哪个月起'));
  });
});
