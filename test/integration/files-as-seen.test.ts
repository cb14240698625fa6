import { zipSync } from 'fflate';
import {
  asSeen,
  at,
  type Change,
  cell,
  formatted,
  good,
  goodForm,
  items,
  replaced,
  sheets,
  typed,
  value,
  workbookPart,
} from '../fixtures/changed-form.ts';

const { form, list, notes } = sheets;

const merged = (sheet: string, range: string) =>
  replaced(sheet, /<mergeCells count="[0-9]+">/, `<mergeCells><mergeCell ref="${range}"/>`);
const behind = (bytes: Uint8Array) => Buffer.concat([goodForm, bytes]);
/** Puts an element into a choice for programs that know the extensions of 2009, and another row before the others. */
const inChoice =
  (name: string, element: RegExp): Change =>
  (parts) => {
    parts[name] = (parts[name] ?? '').replace(
      element,
      (row) =>
        `<mc:AlternateContent><mc:Choice Requires="x14ac">${row}</mc:Choice><mc:Fallback><row r="6"/></mc:Fallback></mc:AlternateContent>`,
    );
  };

asSeen('what no figure needs', [
  [
    'a type that is none, among the notes',
    [cell(notes, 'B3', value('1'), 't="x"')],
    'file-cell-type',
    `${good()} [fault-elsewhere]`,
  ],
  ['notes cut off', [replaced(notes, '</worksheet>', '')], 'file-xml', `${good()} [fault-elsewhere]`],
  [
    'a hundred and fifty wrong dates among the notes',
    [
      replaced(
        notes,
        '</sheetData>',
        `<row r="300">${'<c t="d"><v>gestern</v></c>'.repeat(150)}</row></sheetData>`,
      ),
    ],
    'file-cell-date+file-too-many-findings',
    `${good()} [fault-elsewhere]`,
  ],
  ['whole rows merged among the notes', [merged(notes, '3:5')], 'file-merge-range', good()],
  ['a duration among the notes', [cell(notes, 'B3', value('PT9H30M'), 't="d"')], 'file-cell-date', good()],
  [
    'a type that is none, of a figure',
    [cell(form, at.cases, value('12'), 't="x"')],
    'file-cell-type',
    'file-cell-type',
  ],
  [
    'a type that is none, of an item',
    [cell(list, at.item, value('12'), 't="x"')],
    'file-cell-type',
    'file-cell-type',
  ],
  ['an address in lower case', [replaced(form, `r="${at.cases}"`, 'r="e6"')], 'file-cell-place', good()],
  [
    'a format that does not exist, beside the form',
    [cell(form, 'K6', value('1'), 's="999"')],
    'file-cell-style',
    `${good()} [fault-elsewhere+cell-ignored]`,
  ],
  [
    'a format that does not exist, of a figure',
    [cell(form, at.cases, value('1'), 's="999"')],
    'file-cell-style',
    'file-cell-style',
  ],
  [
    'a sheet whose part is absent',
    [workbookPart('</sheets>', '<sheet name="模块1" sheetId="9" r:id="rId99"/></sheets>')],
    'file-part-missing',
    `${good()} [fault-elsewhere]`,
  ],
  ['the list cut off', [replaced(list, '</worksheet>', '')], 'file-xml', 'file-xml'],
]);

asSeen('characters that nobody sees', [
  [
    'a zero-width space in a number',
    [typed(form, at.cases, '1\u200b2')],
    'figure-not-a-number',
    `${good()} [figure-normalised]`,
  ],
  ['soft hyphens in the name of a row', [typed(form, 'C6', '案\u00ad件')], 'row-name-differs', good()],
  ['a word joiner in an item', items('《\u2060甲》'), good({}, '1["《\u2060甲》"]'), good()],
  ['digits shown backwards', [typed(form, at.cases, '\u202e21')], 'figure-not-a-number', 'figure-reversed'],
]);

asSeen('true reasons', [
  [
    'a line end and a byte order mark before the zip',
    Buffer.concat([Buffer.from('\r\n\ufeff'), goodForm]),
    'file-is-not-a-workbook',
    `${good()} [file-bytes-before]`,
  ],
  [
    '70 KB behind the zip',
    behind(new Uint8Array(70_000).fill(65)),
    'file-truncated',
    `${good()} [file-bytes-behind]`,
  ],
  [
    'another zip behind the zip',
    behind(zipSync({ 'a.txt': new Uint8Array(9) })),
    'file-damaged',
    'file-two-archives',
  ],
  [
    'what binary arithmetic leaves',
    [formatted(at.money, value('0.01000000000931323'), '0.00')],
    'figure-too-large',
    `${good({ money: '0.01' })} [figure-normalised]`,
  ],
  [
    'a whole number but for a residue',
    [cell(form, at.cases, `<f>E7*8</f>${value('11.999999999999996')}`)],
    `${good()} [figure-normalised]`,
    `${good()} [figure-normalised]`,
  ],
]);

asSeen('alternate contents', [
  [
    'a choice that Excel does not know',
    [
      formatted(at.cases, value('12'), '0'),
      replaced(
        'xl/styles.xml',
        /<numFmt numFmtId="2[0-9]{2}"[^>]*>/,
        '<mc:AlternateContent><mc:Choice xmlns:z="urn:z" Requires="z"><numFmt numFmtId="216" formatCode="yyyy"/></mc:Choice><mc:Fallback><numFmt numFmtId="216" formatCode="0"/></mc:Fallback></mc:AlternateContent>',
      ),
    ],
    good(),
    good(),
  ],
  ['a row in a choice that Excel knows', [inChoice(form, /<row r="6".*?<\/row>/)], 'row-missing', good()],
]);

asSeen('what is hidden', [
  [
    'a hidden column of figures',
    [replaced(form, '<col min="5" ', '<col hidden="1" min="5" ')],
    good(),
    `${good()} [column-hidden]`,
  ],
  [
    'a hidden row of a list',
    [replaced(list, '<row r="5" ', '<row r="5" hidden="1" ')],
    good(),
    `${good()} [row-hidden]`,
  ],
  [
    'a hidden list',
    [workbookPart('name="清单1 作品" state="visible"', 'name="清单1 作品" state="hidden"')],
    good(),
    `${good()} [sheet-hidden]`,
  ],
]);

asSeen('formats of several sections, and merged cells', [
  [
    'zero in a format for times',
    [formatted(at.cases, value('0'), 'h:mm;;0')],
    'figure-is-a-date',
    good({ cases: '0' }),
  ],
  [
    'a number in a format for dates of large ones',
    [formatted(at.cases, value('12'), '[<1000]0;yyyy-mm-dd')],
    'figure-is-a-date',
    good(),
  ],
  [
    'merged with the reference columns',
    [merged(form, 'E6:G6')],
    'input-cell-merged',
    `${good()} [input-cell-merged-sideways]`,
  ],
  ['merged with the unit', [merged(form, 'D6:E6')], 'input-cell-merged', 'input-cell-merged-left'],
  ['two figures merged', [merged(form, 'E6:E7')], 'input-cell-merged', 'input-cell-merged'],
]);
