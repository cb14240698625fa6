import {
  asSeen,
  at,
  type Change,
  cell,
  formatted,
  good,
  inline,
  items,
  replaced,
  sheets,
  typed,
  value,
  workbookPart,
} from '../fixtures/changed-form.ts';

const { form, list } = sheets;

/** A conditional format of the first figure, and a look with a number format for it. */
const conditional =
  (rule: string): Change =>
  (parts) => {
    replaced(
      form,
      '<mergeCells',
      `<conditionalFormatting sqref="J1 E6">${rule}</conditionalFormatting><mergeCells`,
    )(parts);
    replaced(
      'xl/styles.xml',
      /<dxfs[^>]*\/>/,
      '<dxfs><dxf><numFmt numFmtId="300" formatCode="0%"/></dxf></dxfs>',
    )(parts);
  };
const countOf = (count: string) => cell(form, at.works, value(count));

asSeen('what a cell shows, and what is stored in it', [
  ['percent', [formatted(at.cases, value('3'), '0%')], good({ cases: '3' }), 'figure-is-a-percentage'],
  [
    'another unit in the format',
    [formatted(at.cases, value('12'), '0"人"')],
    good(),
    'figure-shown-otherwise',
  ],
  ['its own unit in the format', [formatted(at.cases, value('12'), '#,##0"件"')], good(), good()],
  [
    'a unit that converts',
    [formatted(at.money, value('15000'), '#,##0.00"元"')],
    good({ money: '15000' }),
    `${good()} [figure-normalised]`,
  ],
  [
    'thousands',
    [formatted(at.cases, value('12000'), '#,##0,')],
    good({ cases: '12000' }),
    'figure-shown-otherwise',
  ],
  [
    '万元 by an escaped point',
    [formatted(at.money, value('15000'), '0!.0,"万元"')],
    good({ money: '15000' }),
    `${good()} [figure-normalised]`,
  ],
  [
    'a currency where 万元 are asked',
    [formatted(at.money, value('1.5'), '[$¥-804]#,##0.00')],
    good(),
    'figure-shown-otherwise',
  ],
  [
    'a word for zero',
    [formatted(at.cases, value('0'), '0;-0;"无"')],
    good({ cases: '0' }),
    'figure-shown-otherwise',
  ],
  [
    'the dash of accounting for zero',
    [formatted(at.cases, value('0'), '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ')],
    good({ cases: '0' }),
    `${good({ cases: '0' })} [figure-normalised]`,
  ],
  [
    'a figure that shows nothing',
    [formatted(at.cases, value('12'), ';;;')],
    good(),
    'figure-shown-otherwise',
  ],
  [
    'a condition that scales, and says so',
    [formatted(at.cases, value('12000'), '[>=10000]0.0,"千";0')],
    good({ cases: '12000' }),
    good({ cases: '12000' }),
  ],
  [
    'a condition that scales by another word',
    [formatted(at.cases, value('12000'), '[>=10000]0.0,"万";0')],
    good({ cases: '12000' }),
    'figure-shown-otherwise',
  ],
  [
    'a condition that does not hold',
    [formatted(at.cases, value('12'), '[>=10000]0.0,"千";0')],
    good(),
    good(),
  ],
  ['a fraction that is exact', [formatted(at.money, value('1.5'), '# ?/?')], good(), good()],
  [
    'a fraction that is not',
    [formatted(at.money, value('1.51'), '# ?/?')],
    good({ money: '1.51' }),
    'figure-shown-otherwise',
  ],
  [
    'a sheet that shows no zeros',
    [cell(form, at.cases, value('0')), replaced(form, '<sheetView ', '<sheetView showZeros="0" ')],
    good({ cases: '0' }),
    `${good({ cases: '0' })} [figure-normalised]`,
  ],
  [
    'a conditional format with a number format',
    [
      conditional(
        '<cfRule type="cellIs" dxfId="0" priority="1" operator="equal"><formula>12</formula></cfRule>',
      ),
    ],
    good(),
    `${good()} [figure-shown-conditionally]`,
  ],
  [
    'a bar in place of the number',
    [
      conditional(
        '<cfRule type="dataBar" priority="1"><dataBar showValue="0"><cfvo type="min"/></dataBar></cfRule>',
      ),
    ],
    good(),
    `${good()} [figure-shown-conditionally]`,
  ],
  [
    'a bar beside the number',
    [conditional('<cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/></dataBar></cfRule>')],
    good(),
    good(),
  ],
  ['a count of a list in percent', [formatted(at.works, value('1'), '0%')], good(), 'figure-is-a-percentage'],
  [
    'an item with a word in its format',
    [formatted(at.item, value('5'), '0"号剧"', list)],
    good({}, '1["5"]'),
    good({}, '1["5号剧"]'),
  ],
  [
    'a text with a word in its format',
    [formatted(at.cases, inline('12'), '0;0;0;@"人"', form, 't="inlineStr"')],
    `${good()} [figure-normalised]`,
    'figure-shown-otherwise',
  ],
  [
    'the column of units says 元',
    [typed(form, 'D7', '元'), cell(form, at.money, value('15000'))],
    good({ money: '15000' }),
    `${good()} [figure-normalised]`,
  ],
  ['the column of units says 亿元', [typed(form, 'D7', '亿元')], good(), 'figure-unit-differs'],
  [
    'a number with more digits than its format',
    [formatted(at.cases, value('12.4'), '0')],
    'figure-too-many-decimals',
    'figure-too-many-decimals',
  ],
]);

asSeen('formulas that were never calculated', [
  [
    'to be calculated on load',
    [
      workbookPart('<calcPr calcId="171027"/>', '<calcPr fullCalcOnLoad="1"/>'),
      cell(form, at.cases, `<f>SUM(E7,1)</f>${value('0')}`),
    ],
    `${good({ cases: '0' })} [figure-normalised]`,
    'figure-formula-without-result',
  ],
  [
    'saved before it was calculated',
    [
      workbookPart('<calcPr calcId="171027"/>', '<calcPr calcCompleted="0"/>'),
      cell(form, at.cases, `<f>E7*2</f>${value('12')}`),
    ],
    `${good()} [figure-normalised]`,
    'figure-formula-without-result',
  ],
  [
    'written by a library',
    [
      replaced(
        'docProps/app.xml',
        /<Application>.*?<\/Application>/,
        '<Application>Apache POI</Application>',
      ),
      cell(form, at.cases, `<f>E7*2</f>${value('0.0')}`),
    ],
    `${good({ cases: '0' })} [figure-normalised]`,
    'figure-formula-without-result',
  ],
  [
    'an item of a list, never calculated',
    [
      workbookPart('<calcPr calcId="171027"/>', '<calcPr fullCalcOnLoad="1"/>'),
      cell(list, at.item, `<f>"甲"</f>${value('0')}`),
    ],
    'list-item-not-text',
    'list-item-not-text',
  ],
  [
    'calculated',
    [cell(form, at.cases, `<f>E7*8</f>${value('12')}`)],
    `${good()} [figure-normalised]`,
    `${good()} [figure-normalised]`,
  ],
]);

asSeen('names, and what stands beside a list', [
  [
    'brackets of two kinds',
    items('普法小品〔2023〕', '普法小品[2023]'),
    'list-count-differs',
    `${good({}, '1["普法小品〔2023〕"]')} [list-item-repeated]`,
  ],
  [
    'with title marks and without',
    items('《空山新雨》', '空山 新雨'),
    'list-count-differs',
    `${good({}, '1["《空山新雨》"]')} [list-item-repeated]`,
  ],
  [
    'letters of two widths',
    items('ABC', 'ＡＢＣ'),
    'list-count-differs',
    `${good({}, '1["ABC"]')} [list-item-repeated]`,
  ],
  ['a row whose name was typed again', [typed(form, 'C6', '“案　件”')], 'row-name-differs', good()],
  [
    'an item in the column of numbers',
    [cell(list, 'C5', ''), typed(list, 'B5', '甲剧'), countOf('0')],
    good({}, '0'),
    'list-stray',
  ],
  ['a number beside a blank item', [cell(list, 'F7', value('3'))], good(), 'list-stray'],
  ['a remark beside an item', [typed(list, 'D5', '获奖')], good(), `${good()} [cell-ignored]`],
  [
    'a figure one column beside its blank cell',
    [cell(form, at.cases, ''), cell(form, 'K6', value('12'))],
    'figure-blank',
    'figure-beside',
  ],
  [
    'a figure in the column for remarks, which is a remark, beside its blank cell',
    [cell(form, at.cases, ''), cell(form, 'I6', value('12'))],
    'figure-blank',
    'figure-blank',
  ],
]);
