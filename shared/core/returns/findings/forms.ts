import type { ReportedIndicator } from '../../catalogue/indicator.ts';
import { type Period, periodInWords } from '../../catalogue/period.ts';
import { excerpt } from '../../values/text.ts';
import { rule, type Words } from './rule.ts';

/** What was said of a department or month that is none of the catalogue's. */
type Said = Record<'place' | 'mark', string | undefined>;

/** Whose return it is, and whether it is one that is asked for. */
export const addressRules = {
  'address-unknown-department': rule(
    'error',
    (
      said: Said & { owner: string | undefined },
      { isPeriodKnown, example }: { isPeriodKnown: boolean; example: string },
    ) => ({
      ...foundIn(said),
      expected: '指标目录中的部门代码',
      message: `${unknownDepartment(said, isPeriodKnown)}${putRight(example)}`,
    }),
  ),
  'address-unknown-period': rule(
    'error',
    (said: Said, { year, example }: { year: number; example: string }) => ({
      ...foundIn(said),
      expected: `${year}年的报告期`,
      message: `${unknownPeriod(said, year)}；${putRight(example)}`,
    }),
  ),
  'address-not-expected': rule('error', (name: string, period: Period) => ({
    found: excerpt(`${name} ${period}`),
    expected: '应当报送的部门和报告期',
    message: `${name}${periodInWords(period)}没有需要报送的指标；请核对部门和报告期，如有疑问请联系法制机构。`,
  })),
  'address-malformed': rule('error', () => ({
    expected: '能够识别的文件名',
    message: '上传位置或文件名的编码有误，系统取不到文件；请把文件名改为只含汉字、字母和数字，再重新上传。',
  })),
  'form-contradicts-address': rule(
    'error',
    (
      source: '文件名' | '上传位置',
      { said, mark, example }: Record<'said' | 'mark' | 'example', string>,
    ) => ({
      found: mark,
      expected: said,
      message: `${source}写的是${said}，表内标识却是${mark}：是${source}写错了，还是用错了模板？如果填的确是${mark}的数字，请改正${source}（例如放入文件夹 ${example}）后重新提交；如果应当是${said}的报表，请下载${said}的模板，把数字填入后提交。`,
    }),
  ),
  'file-name-differs': rule('info', (said: string, read: string) => ({
    found: said,
    expected: read,
    message: `文件名写的是${said}，上传位置和表内标识都是${read}，已按${read}读取；如果${said}才是对的，请用${said}的模板填写后重新上传。`,
  })),
};

function unknownDepartment(
  { place, mark, owner }: Said & { owner: string | undefined },
  isPeriodKnown: boolean,
): string {
  if (place !== undefined) {
    const nobodys = `上传位置写的部门“${excerpt(place)}”不在指标目录中`;
    return owner === undefined
      ? `${nobodys}；`
      : `${nobodys}，表内标识却是${owner}：是放错了位置，还是写错了部门代码？`;
  }
  return mark === undefined
    ? `上传位置、文件名和表内标识都没有指明是哪个部门${isPeriodKnown ? '' : '、哪一期'}的报表；`
    : `表内标识的部门“${excerpt(mark)}”不在指标目录中，上传位置和文件名也没有指明部门；`;
}

function unknownPeriod({ place, mark }: Said, year: number): string {
  if (place !== undefined) return `上传位置写的“${excerpt(place)}”不是${year}年的报告期`;
  return mark === undefined
    ? '上传位置、文件名和表内标识都没有指明有效的报告期'
    : `表内标识的报告期“${excerpt(mark)}”不属于${year}年，指标和口径可能不同`;
}

function putRight(example: string): string {
  return `请从本部门的上传页面上传，或放入以部门代码和报告期命名的文件夹（例如 ${example}）后重新提交。`;
}

function foundIn({ place, mark }: Said): Pick<Words, 'found'> {
  const said = place ?? mark ?? '';
  return said === '' ? {} : { found: excerpt(said) };
}

/** The question that a form puts whose mark says another than it was sent for. */
function askBoth(mark: string, sentFor: string): string {
  return `上传时指明的是${sentFor}，表内标识却是${mark}：是放错了位置，还是用错了模板？`;
}

/** Whether the workbook is the form that was to be filled in. */
export const formRules = {
  'form-not-recognised': rule('error', () => ({
    expected: '本系统下载的填报模板',
    message:
      '文件中找不到本系统模板的标识，系统不能确定各个数字属于哪个指标；请下载本部门本期的模板，把数字填入后上传，不要另建表格，也不要删除隐藏的首行和首列。',
  })),
  'form-marks-differ': rule('error', (marks: string) => ({
    found: excerpt(marks),
    expected: '一份报表的工作表',
    message: `文件中的工作表分属不同的报表（${excerpt(marks)}），系统不能确定是哪一份；请只保留一份报表的工作表，或下载模板，把数字填入后重新提交。`,
  })),
  'form-of-another-year': rule(
    'error',
    (year: string, { found, expected }: Record<'found' | 'expected', string>) => ({
      found,
      expected,
      message: `${askBoth(found, expected)}这是${year}年的模板，指标和口径可能不同；应当报送${expected}的，请下载${expected}的模板，把数字填入后上传；确是${found}的，请放到${found}的位置重新提交。`,
    }),
  ),
  'form-of-another-department': rule('error', (owner: string, expected: string) => ({
    found: excerpt(owner),
    expected,
    message: `${askBoth(excerpt(owner), expected)}应当报送${expected}的，请下载${expected}的模板，把数字填入后上传；确是${excerpt(owner)}的，请由${excerpt(owner)}上传，或放到${excerpt(owner)}的文件夹重新提交。`,
  })),
  'form-of-another-period': rule('error', (found: string, expected: string) => ({
    found,
    expected,
    message: `${askBoth(found, expected)}应当报送${expected}的，请下载${expected}的模板，把数字填入后上传；确是${found}的，请到${found}的页面上传，或放到${found}的文件夹重新提交。`,
  })),
  'form-of-another-catalogue': rule('error', () => ({
    message:
      '这张表是按本系统没有采用过的指标目录制作的，各项的含义和单位可能不同；请下载本部门本期的模板，把数字填入后上传。',
  })),
  'form-heading-differs': rule('error', (found: string, expected: string) => ({
    found: excerpt(found),
    expected,
    message: `表头写的是“${excerpt(found)}”，与模板不符；请用对应部门和报告期的模板填写，不要改动表头。`,
  })),
  'sheet-repeated': rule('error', (name: string) => ({
    found: excerpt(name),
    message: '同一张表在文件中有两份，系统无法判断以哪一份为准；请删除多余的工作表后上传。',
  })),
  'sheet-missing': rule('error', (sheet: string) => ({
    expected: sheet,
    message: `文件中找不到“${sheet}”这张表；请重新下载模板填写，不要删除工作表。`,
  })),
  'column-repeated': rule('error', (column: string) => ({
    expected: column,
    message: `表中有两个“${column}”列；请重新下载模板，把数字填入后上传，不要复制或删除列。`,
  })),
  'column-missing': rule('error', (column: string) => ({
    expected: column,
    message: `表中找不到“${column}”列；请重新下载模板，把数字填入后上传，不要复制或删除列。`,
  })),
  'column-name-differs': rule('error', (found: string, expected: string) => ({
    found: excerpt(found),
    expected,
    message: `这一列的标题与系统记录的不一致，可能是移动列时没有选中整列，数字已经错位；应为“${excerpt(expected)}”，请改回，或重新下载模板填写。`,
  })),
  'list-column-missing': rule('error', (column: string) => ({
    expected: column,
    message: `清单表中找不到“${column}”列或其表头；请重新下载模板填写。`,
  })),
};

/** Whether each figure stands where it can be told what it is. */
export const rowRules = {
  'row-missing': rule('error', ({ name }: Pick<ReportedIndicator, 'name'>) => ({
    expected: excerpt(name),
    message: `表中找不到“${name}”这一行；请重新下载模板填写，不要删除行。`,
  })),
  'row-repeated': rule('error', (earlier: number, row: number) => ({
    found: `第 ${earlier} 行和第 ${row} 行`,
    expected: '一个指标一行',
    message: '同一指标有两行，系统无法判断以哪一行为准；请删除多余的一行。',
  })),
  'row-name-differs': rule(
    'error',
    (row: number, { found, expected }: Record<'found' | 'expected', string>) => ({
      found: excerpt(found),
      expected,
      message: `第 ${row} 行的指标名称与系统记录的不一致，可能是排序时没有选中整行，数字已经错位；请撤销排序，或重新下载模板填写。`,
    }),
  ),
  'row-hidden': rule('info', (row: number, found: string) => ({
    found: excerpt(found),
    message: `第 ${row} 行在文件中是隐藏的，仍按其中填写的内容读取；请核对。`,
  })),
  'column-hidden': rule('info', (column: string) => ({
    found: `${column} 列`,
    message: `填报的 ${column} 列在文件中是隐藏的，仍按其中填写的内容读取；请取消隐藏，核对后再报。`,
  })),
  'sheet-hidden': rule('info', (name: string) => ({
    found: excerpt(name),
    message: `“${excerpt(name)}”表在文件中是隐藏的，仍按其中填写的内容读取；请取消隐藏，核对后再报。`,
  })),
  'fault-elsewhere': rule(
    'info',
    ({ found, reason, count }: { found: string | undefined; reason: string; count: number }) => ({
      ...(found === undefined ? {} : { found }),
      message: `这张表有 ${count} 处系统不能读取（${reason}），但填报的数字都不在其中，不影响接收。`,
    }),
  ),
  'row-unknown': rule('error', (found: string, key: string) => ({
    found: excerpt(found),
    ...notAnIndicator(key),
    message:
      '这一格有数字，但这一行不是本表的指标，系统不知道应计入哪一项；请把数字填到对应指标的行，并清除这一格。',
  })),
  'cell-ignored': rule('info', (found: string, key: string) => ({
    found: excerpt(found),
    ...notAnIndicator(key),
    message: '这一格不在填报范围内，没有读取。',
  })),
  'figure-shown-conditionally': rule('info', (found: string) => ({
    found: excerpt(found),
    message:
      '这一格设有会改变数字显示的条件格式，系统按存储的数读取；请核对看到的是不是这个数，下次请去掉条件格式。',
  })),
  'figure-beside': rule('error', (found: string, expected: string) => ({
    found: excerpt(found),
    expected: excerpt(expected),
    message: `这一格有数字，但不在填数的列，而填数的那一格（${excerpt(expected)}）是空的；请把数字移到那一格，没有发生的填 0。`,
  })),
  'input-cell-merged-sideways': rule('info', (range: string) => ({
    found: `合并单元格 ${range}`,
    message: '填数的单元格与右边的单元格合并了，已按合并后的这一格读取；下次请不要合并。',
  })),
  'input-cell-merged-left': rule('error', (range: string, expected: string) => ({
    found: `合并单元格 ${range}`,
    expected: excerpt(expected),
    message: `填数的单元格与左边的单元格合并了，其中的内容属于左边那一格；请取消合并，把数字填到 ${excerpt(expected)}。`,
  })),
  'input-cell-merged': rule('error', (range: string) => ({
    found: `合并单元格 ${range}`,
    expected: '每个指标一个单元格',
    message: '填数的单元格被合并，系统无法判断数字属于哪一项；请取消合并，逐项填写。',
  })),
};

function notAnIndicator(key: string): Pick<Words, 'expected'> {
  return key === '' ? {} : { expected: `本表的指标，而不是“${excerpt(key)}”`.slice(0, 200) };
}
