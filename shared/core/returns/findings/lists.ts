import type { ListIndicator } from '../../catalogue/indicator.ts';
import { excerpt } from '../../values/text.ts';
import { current } from './figures.ts';
import { rule, warning } from './rule.ts';

/** What the items of a list say, and the count beside it. */
export const listRules = {
  'list-item-too-long': rule('error', ({ list: { itemName, maxLength } }: ListIndicator, length: number) => ({
    found: `${length} 个字`,
    expected: `不超过 ${maxLength} 个字`,
    message: `${itemName}过长；请缩短到 ${maxLength} 个字以内。`,
  })),
  'list-item-unknown': rule(
    'error',
    ({ list: { itemName, options = [] } }: ListIndicator, found: string) => ({
      found: excerpt(found),
      expected: options.join('、').slice(0, 200).toWellFormed(),
      message: `这一项不在可选的${itemName}之内；请从单元格的下拉列表中选择。`,
    }),
  ),
  'list-item-not-text': rule('error', (found: string) => ({
    found: excerpt(found),
    expected: '文字',
    message: '这一格应填名称；请直接输入文字，不要用公式、日期或其他内容。',
  })),
  'list-item-no-name': rule('error', (indicator: ListIndicator, found: string) => ({
    found: excerpt(found),
    expected: indicator.list.itemName,
    message: `“${excerpt(found)}”不是一项${indicator.list.itemName}，不能计数；${current(indicator)}没有的，请清空这一格，并把${current(indicator)}数填为 0；合计不用填写，请清空。`,
  })),
  'list-item-repeated': rule('info', (found: string, before: string) => ({
    found: excerpt(found),
    expected: excerpt(before),
    message:
      found === before
        ? '这一项在本表中重复填写，只计一次。'
        : `这一项与上面的“${excerpt(before)}”只有空格、括号、引号、书名号或全角半角不同，作为同一项只计一次；如确是两项，请把名称写得有所区别。`,
  })),
  'list-stray': rule('error', (itemName: string, found: string) => ({
    found: excerpt(found),
    expected: `填在“${itemName}”列`,
    message: `这一格有内容，但不在“${itemName}”列，而同一行的“${itemName}”是空的，系统不知道是否应当计入；请移到“${itemName}”列，不需要的请删除。`,
  })),
  'list-too-long': rule('error', ({ list: { maxItems } }: ListIndicator, found: number) => ({
    found: `${found} 项`,
    expected: `不超过 ${maxItems} 项`,
    message: `清单项目过多；请核对，最多填写 ${maxItems} 项。`,
  })),
  'list-count-taken': rule('info', (indicator: ListIndicator, count: number) => ({
    found: '空白',
    expected: String(count),
    message: `${current(indicator)}数没有填写，已按清单中的项目计为 ${count}。`,
  })),
  'list-count-differs': rule('error', (indicator: ListIndicator, found: string, count: number) => ({
    found: excerpt(found),
    expected: `${count}（清单中不同的项目数）`,
    message: `${current(indicator)}数与清单不一致：清单中有 ${count} 项不同的内容；请补全清单，或改正${current(indicator)}数。`,
  })),
};

/**
 * The names in lists beside those of the department's other periods. A remark is on how many there are, which says
 * nothing of two names.
 */
export const namesRules = {
  'near-doubles': warning('department', (pairs: readonly { item: string; earlier: string }[]) => {
    const [first] = pairs;
    const example = `“${excerpt(first?.item ?? '')}”与“${excerpt(first?.earlier ?? '')}”`;
    return {
      found: excerpt(pairs.map(({ item }) => item).join('、')),
      expected: excerpt(pairs.map(({ earlier }) => earlier).join('、')),
      message: `有 ${pairs.length} 项的名称与以前报过的只差一个字，现在按不同的项计：${example}${pairs.length > 1 ? '等' : ''}；是同一项的，请用同样的写法重新报送，不是的请说明原因。`,
    };
  }),
};
