/**
 * How a figure of a report that people have edited stands to the ledger: as its publication says; altered by hand; equal
 * to its publication, of which there is a newer one that says otherwise; moved among the others; taken away; left as mere
 * text; of a publication that is not known. `loose` is a number in the text that looks like a figure and is linked to none.
 */
export const verdicts = {
  equal: '一致',
  altered: '手工改动',
  outdated: '已有更新',
  moved: '移动过',
  gone: '已删去',
  'as-text': '失去关联',
  unknown: '来源不明',
  loose: '没有关联的数',
} as const;
export type Verdict = keyof typeof verdicts;
