/** What the workbook of these cases has beside its rows. */
export const styles = [0, 14, 31, 57, 164, 165, 166, 46, 22];
export const formats = ['yyyy"年"m"月"', '0.00"d"', '[Red]#,##0'];
export const strings =
  '<si><t>甲</t></si><si><t xml:space="preserve"> 乙 </t></si>' +
  '<si><r><rPr><b/></rPr><t>粗</t></r><r><t>细</t></r><rPh sb="0" eb="1"><t>cū</t></rPh><phoneticPr fontId="1"/></si>' +
  '<si><t/></si><si><t>a_x000D_b_x005F_x000D_c&#10;d</t></si><si/><si><t>&lt;&amp;&#x4e2d;&#20013;&quot;</t></si>';

/** Rows of a sheet, and what is read of them as the tests of cells tell it. */
export const cases: [what: string, rows: string, expected: string[]][] = [
  [
    'numbers keep their text',
    '<row r="1"><c r="A1"><v>12.50</v></c><c r="B1"><v>-3</v></c></row>',
    ['A1 number "12.50"', 'B1 number "-3"'],
  ],
  [
    'more digits than a float has are kept',
    '<row r="1"><c r="A1"><v>12345678901234567890.123</v></c></row>',
    ['A1 number "12345678901234567890.123"'],
  ],
  ['exponents are kept', '<row r="1"><c r="A1" t="n"><v>1.5E-7</v></c></row>', ['A1 number "1.5E-7"']],
  ['space around a number is no part of it', '<row r="1"><c r="A1"><v> 7\n</v></c></row>', ['A1 number "7"']],
  [
    'a number interrupted by a comment is whole',
    '<row r="1"><c r="A1"><v>1<!-- < -->2<![CDATA[3]]></v></c></row>',
    ['A1 number "123"'],
  ],
  ...[
    '1,234',
    '12件',
    '１２',
    'NaN',
    'INF',
    '1e999',
    '+5',
    '0x10',
    '--1',
    '1.2.3',
    '.',
    '-',
    '1e',
    '1_000',
    '1 2',
  ].map((text): [string, string, string[]] => [
    `'${text}' is no number`,
    `<row r="2"><c r="B2"><v>${text}</v></c></row>`,
    ['! file-cell-number B2'],
  ]),
  [
    'shared strings',
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
    ['A1 text "甲"', 'B1 text " 乙 "'],
  ],
  [
    'runs are joined and phonetic runs dropped',
    '<row r="1"><c r="A1" t="s"><v>2</v></c></row>',
    ['A1 text "粗细"'],
  ],
  [
    'empty strings are no content',
    '<row r="1"><c r="A1" t="s"><v>3</v></c><c r="B1" t="s"><v>5</v></c><c r="C1" t="s"><v></v></c></row>',
    [],
  ],
  [
    'escapes and references are resolved',
    '<row r="1"><c r="A1" t="s"><v>4</v></c><c r="B1" t="s"><v>6</v></c></row>',
    ['A1 text "a\\rb_x000D_c\\nd"', 'B1 text "<&中中\\""'],
  ],
  [
    'a string that is not there',
    '<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1" t="s"><v>-1</v></c></row>',
    ['! file-cell-string A1', '! file-cell-string B1'],
  ],
  [
    'inline strings',
    '<row r="1"><c r="A1" t="inlineStr"><is><r><t>一</t></r><r><t>二</t></r><rPh><t>x</t></rPh></is></c></row>',
    ['A1 text "一二"'],
  ],
  ['an inline string in v', '<row r="1"><c r="A1" t="inlineStr"><v>一</v></c></row>', ['A1 text "一"']],
  [
    'an inline string without its type',
    '<row r="1"><c r="A1"><is><t>一</t></is></c></row>',
    ['A1 text "一"'],
  ],
  [
    'an inline string beside another value',
    '<row r="1"><c r="A1"><v>1</v><is><t>2</t></is></c></row>',
    ['! file-cell-ambiguous A1'],
  ],
  [
    'two values in a cell',
    '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
    ['A1 number "2"', '! file-cell-ambiguous A1'],
  ],
  [
    "text that is a formula's result",
    '<row r="1"><c r="A1" t="str"><f>B1&amp;"x"</f><v>a_x0041_</v></c></row>',
    ['A1 text "aA" =B1&"x"'],
  ],
  [
    'booleans',
    '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c><c r="C1" t="b"><v>true</v></c></row>',
    ['A1 boolean true', 'B1 boolean false', 'C1 boolean true'],
  ],
  ['a boolean that is none', '<row r="1"><c r="A1" t="b"><v>2</v></c></row>', ['! file-cell-boolean A1']],
  ['errors', '<row r="1"><c r="A1" t="e"><v>#DIV/0!</v></c></row>', ['A1 error "#DIV/0!"']],
  [
    'dates as text',
    '<row r="1"><c r="A1" t="d"><v>2023-03-31T12:00:00Z</v></c><c r="B1" t="d"><v>2023-03-31</v></c></row>',
    ['A1 date "2023-03-31T12:00:00" "2023-03-31T12:00:00Z"', 'B1 date "2023-03-31" "2023-03-31"'],
  ],
  [
    'a length of time',
    '<row r="1"><c r="A1" t="d"><v>PT9H30M</v></c></row>',
    ['A1 date "PT9H30M" "PT9H30M"'],
  ],
  [
    'a date that is none',
    '<row r="1"><c r="A1" t="d"><v>2023-02-30</v></c><c r="B1" t="d"><v>45016</v></c></row>',
    ['! file-cell-date A1', '! file-cell-date B1'],
  ],
  ['an unknown type', '<row r="1"><c r="A1" t="x"><v>1</v></c></row>', ['! file-cell-type A1']],
  [
    'dates by built-in formats',
    '<row r="1"><c r="A1" s="1"><v>45016</v></c><c r="B1" s="2"><v>45016.5</v></c><c r="C1" s="3"><v>45016</v></c></row>',
    [
      'A1 date "2023-03-31" "45016"',
      'B1 date "2023-03-31T12:00:00" "45016.5"',
      'C1 date "2023-03-31" "45016"',
    ],
  ],
  [
    'dates by custom formats, and numbers',
    '<row r="1"><c r="A1" s="4"><v>45016</v></c><c r="B1" s="5"><v>45016</v></c><c r="C1" s="6"><v>45016</v></c></row>',
    ['A1 date "2023-03-31" "45016"', 'B1 number "45016"', 'C1 number "45016"'],
  ],
  [
    'numbers shown as dates that are none',
    '<row r="1"><c r="A1" s="1"><v>-1</v></c><c r="B1" s="1"><v>2958466</v></c></row>',
    ['A1 number "-1"', 'B1 number "2958466"'],
  ],
  [
    'a computed date',
    '<row r="1"><c r="A1" s="1"><f>TODAY()</f><v>45016</v></c></row>',
    ['A1 date "2023-03-31" "45016" =TODAY()'],
  ],
  [
    'a style that is not there',
    '<row r="1"><c r="A1" s="99"><v>1</v></c></row>',
    ['A1 number "1"', '! file-cell-style A1'],
  ],
  [
    'formatted, empty cells are absent',
    '<row r="1"><c r="A1" s="1"/><c r="B1" s="1"></c><c r="C1"><v/></c><c r="D1" t="str"><v></v></c></row>',
    [],
  ],
  [
    'formulas with and without a result',
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>X()</f></c><c r="C1" t="str"><f>""</f><v></v></c></row>',
    ['A1 number "2" =1+1', 'B1 blank =X()', 'C1 text "" =""'],
  ],
  [
    'shared formulas',
    '<row r="1"><c r="A1"><f t="shared" ref="A1:B1" si="0">C1*2</f><v>4</v></c><c r="B1"><f t="shared" si="0"/><v>6</v></c></row>',
    ['A1 number "4" =C1*2', 'B1 number "6" ='],
  ],
  [
    'cells of an array formula are computed',
    '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>4</v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>6</v></c><c r="B2"><v>3</v></c></row>',
    ['A1 number "4" =B1:B2*2', 'B1 number "1"', 'A2 number "6" =', 'B2 number "3"'],
  ],
  [
    'attributes in any order and in single quotes',
    "<row r='1'><c t='s' s='0' r='A1'><v>0</v></c><c t=\"s\" r=\"B1\"><v>0</v></c></row>",
    ['A1 text "甲"', 'B1 text "甲"'],
  ],
  [
    'without r, the place follows the one before',
    '<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>',
    ['A1 number "1"', 'C1 number "2"', 'C5 number "3"', 'D5 number "4"', 'A6 number "5"'],
  ],
  [
    'unordered rows and cells are put in order',
    '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    ['A1 number "1"', 'A2 number "3"', 'B2 number "4"'],
  ],
  [
    'repeated rows are one row',
    '<row r="1"><c r="B1"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    ['A1 number "1"', 'B1 number "2"'],
  ],
  [
    'the same cell twice, alike',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    ['A1 number "1"'],
  ],
  [
    'the same cell twice, different',
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
    ['A1 number "1"', '! file-cell-twice A1'],
  ],
  [
    'a cell twice, once a number and once text',
    '<row r="1"><c r="A1"><v>1</v></c><c r="A1" t="str"><v>1</v></c></row>',
    ['A1 number "1"', '! file-cell-twice A1'],
  ],
  ['a cell in another row than it says', '<row r="1"><c r="A2"><v>1</v></c></row>', ['! file-cell-place A2']],
  [
    'an address in small letters',
    '<row r="1"><c r="b1"><v>1</v></c><c><v>2</v></c></row>',
    ['B1 number "1"', 'C1 number "2"'],
  ],
  ...['A0', '1A', 'A', 'AAAA1', 'XFE1', 'A01', '$A$1', 'A-1', '', 'Ａ1', 'A1048577'].map(
    (r): [string, string, string[]] => [
      `'${r}' is no place of a cell`,
      `<row r="1"><c r="${r}"><v>1</v></c></row>`,
      ['! file-cell-place -'],
    ],
  ),
  ...['0', '1048577', 'x', '-1', '1.5', ''].map((r): [string, string, string[]] => [
    `'${r}' is no number of a row`,
    `<row r="${r}"><c><v>1</v></c></row>`,
    ['! file-row-number -'],
  ]),
  [
    'the last cell of a sheet',
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    ['XFD1048576 number "1"'],
  ],
  [
    'a cell behind the last column',
    '<row r="1"><c r="XFD1"><v>1</v></c><c><v>2</v></c></row>',
    ['XFD1 number "1"', '! file-cell-place -'],
  ],
  [
    'characters that are none are replaced',
    '<row r="1"><c r="A1" t="str"><v>a&#xD800;b_xDFFF_c&#0;_x0000_&#xFFFF;</v></c></row>',
    ['A1 text "a�b�c���"'],
  ],
  [
    'extensions and alternate content are skipped',
    '<row r="1"><c r="A1"><v>1</v><extLst><ext><v>2</v></ext></extLst></c><x:c xmlns:x="urn:x" r="B1"><v>9</v></x:c></row>',
    ['A1 number "1"'],
  ],
];
