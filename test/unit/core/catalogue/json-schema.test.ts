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
const schema = catalogueJsonSchema();
const ajv = new Ajv2020({ allErrors: true, strictSchema: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

describe('the JSON Schema of catalogues', () => {
  it.each(['shared/catalogue/wanyuan-2023.json', 'test/fixtures/townships-2024.json'])('takes %s', (path) => {
    expect(validate(read(path)), JSON.stringify(validate.errors)).toBe(true);
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
    expect(validate(file), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ['an unknown field', sound({ file: { oddity: 1 } })],
    ['a ratio that somebody reports', only(indicator('a'), indicator('b'), ratio({ reporters: 'all' }))],
    ['a flow without a unit', only(indicator('a', 'flow', { unit: undefined }))],
    ['another format', sound({ file: { format: 'indicators-catalogue/9' } })],
  ])('refuses %s', (_, file) => {
    expect(validate(JSON.parse(JSON.stringify(file)))).toBe(false);
  });

  it('asks for nothing that has a default, and calls fields as people do', () => {
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
});
