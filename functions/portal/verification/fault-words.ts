import type { Gap } from '../../../shared/core/totals/total.ts';
import { gapWords, statusWords } from '../../../shared/core/words.ts';

type Wording = readonly [said: RegExp, inWords: (...parts: string[]) => string];

/** The figures of a comparison, as `verify` names them. */
const comparedWords: Record<string, string> = {
  value: '本期数',
  missing: '缺少的份数',
  'to date': '本年累计',
  'missing to date': '本年累计缺少的份数',
  before: '上期数',
  'change from before': '比上期增减',
  'rate from before': '环比',
  'missing from before': '上期数缺少的份数',
  'missing from last year': '上年同期数缺少的份数',
  'missing from last year to date': '上年同期累计缺少的份数',
  'last year': '上年同期数',
  'change from last year': '比上年同期增减',
  'rate from last year': '同比',
  'last year to date': '上年同期累计',
  'change from last year to date': '累计增减',
  'rate from last year to date': '累计同比',
};

/** What a total is, as `verify` names it. */
const describedWords: Record<string, string> = {
  name: '名称',
  kind: '种类',
  overTime: '跨月汇总',
  overDepartments: '跨部门汇总',
  rounding: '舍入方式',
  unit: '单位',
  decimals: '小数位数',
};

const value = (text: string) => (text === 'null' ? '没有数' : text);

/** What verification says of faults, for people who read no English. */
const faultWords: readonly Wording[] = [
  [
    /^has no event: there is nothing/,
    () => '台账里没有任何记录，无从核验；这一年如果有过报送或者发布，就是台账被清空了',
  ],
  [/^event (\d+) is not a ledger event$/, (n) => `第 ${n} 条不是台账记录，或者已经残缺`],
  [
    /^event (\d+) of (\S+) stands where event (\d+) of (\S+) belongs/,
    (n, from, m, chain) =>
      `${chain} 的第 ${m} 条应在的位置上是 ${from} 的第 ${n} 条：有记录被删除、插入或调换`,
  ],
  [
    /^event (\d+) does not have the hash that it states/,
    (n) => `第 ${n} 条的内容与它自己的指纹不符：内容被改动`,
  ],
  [
    /^event (\d+) does not follow the event before it$/,
    (n) => `第 ${n} 条与前一条接不上：前一条被改动或替换`,
  ],
  [
    /^the chain ends after (\d+) events, but (\d+) are known/,
    (here, known) => `台账链只有 ${here} 条，而回执、发布的清单或见证表明曾有 ${known} 条：链尾被截断`,
  ],
  [
    /^event (\d+) is another than the one known to have been there$/,
    (n) => `第 ${n} 条不是回执、发布的清单或见证所记的那一条：已被替换`,
  ],
  [/^is missing or no manifest$/, () => '清单不在，或者不是清单'],
  [/^does not have the hash in the manifest/, () => '内容与清单所记的指纹不符：文件被改动'],
  [/^is missing: it was removed, or never written$/, () => '反馈文件不在：被删除，或者当时没有写成'],
  [/^is no feedback that can be read/, () => '不是可以读取的反馈：文件被改动'],
  [/^does not say what the ledger recorded/, () => '反馈与台账所记的不一致：其中一个被改动'],
  [/^is another workbook than the feedback names/, () => '不是反馈所记的那个校验结果：其中一个文件被改动'],
  [/^is not what the ledger came to/, () => '反馈的说明或疑点与台账当时得出的不一致：文件被改动'],
  [/^is missing$/, () => '清单里有这个文件，但是文件不在'],
  [/^is not in the manifest$/, () => '清单里没有这个文件：是后来放进去的'],
  [/^the ledger knows no publication (\d+)$/, (n) => `台账里没有第 ${n} 次发布`],
  [/^does not have the hash in the ledger/, () => '内容与台账所记的指纹不符：文件被改动'],
  [/^is recorded in the ledger but missing$/, () => '台账里有这次发布，但是它的清单不在'],
  [/^is recorded but missing$/, () => '台账里有这个文件，但是文件不在'],
  [/^is there but not recorded in the ledger$/, () => '有这个文件，但是台账里没有记录'],
  [
    /^has no summary\.json, observations\.csv and catalogue\.json/,
    () => '汇总数据、观测值表或指标目录不在，或者无法读取',
  ],
  [/^stands there more than once$/, () => '写了不止一次'],
  [/^does not say what summary\.json says$/, () => '与汇总数据所说的不一致：其中一个文件被改动'],
  [/^is not the catalogue that the publication was made with$/, () => '不是这次发布所用的指标目录'],
  [/^is missing from the publication$/, () => '这项指标的年度数不在发布里'],
  [
    /^says (\S+), its observations come to (\S+)$/,
    (said, due) => `写的是${value(said)}，由各观测值重新计算应为${value(due)}`,
  ],
  [
    /^says (\S+|a figure) as ([a-z ]+), which comes to (\S+|a figure)$/,
    (said, what, due) =>
      `比较中的“${comparedWords[what] ?? what}”写的是${value(said)}，重新计算应为${value(due)}`,
  ],
  [
    /^says (\S+) of its part (\S+), which comes to (\S+)$/,
    (said, part, due) => `组成项 ${part} 写的是${value(said)}，这一项的年度数是${value(due)}`,
  ],
  [
    /^says (\S+) of (\S+), which comes to (\S+)$/,
    (said, of, due) => `${of} 的数写的是${value(said)}，重新计算应为${value(due)}`,
  ],
  [/^says (.*) in words, which comes to (.*)$/s, (said, due) => `报告写法是“${said}”，按年度数应为“${due}”`],
  [
    /^says that its (\w+) is (.*), and the catalogue says (.*)$/s,
    (field, said, due) => `${describedWords[field] ?? field}写的是“${said}”，指标目录里是“${due}”`,
  ],
  [
    /^stands as final, and says itself what is missing$/,
    () => `写的是“${statusWords.final}”，而自己写明还缺什么`,
  ],
  [
    /^stands as (?:final|provisional), and the city has no figure of it$/,
    () => '写的是全市数的状态，而这一项没有全市的数',
  ],
  [/^names other items than its observations$/, () => '所列的项目与各观测值中的不一致'],
  [
    /^are not of the indicators and periods that the catalogue has$/,
    () => '与指标目录应有的指标和月份不一致',
  ],
  [
    /^says (\S+), its cell in (.*) says (\S+)$/s,
    (said, file, cell) => `写的是${value(said)}，原始文件“${file}”的单元格里是${value(cell)}`,
  ],
  [
    /^stands as (not-due|not-reported), and by the time of the publication does not$/,
    (said) => `写的是“${gapWords[said as Gap['because']]}”，按发布时间不是`,
  ],
  [
    /^says that (\d+) returns are missing and why/,
    (n) => `写明缺少 ${n} 份报表及原因，与按指标目录和报送情况重新得出的不一致`,
  ],
  [/^cites other parts than the catalogue has$/, () => '所列的组成部分与指标目录里的不一致'],
  [/^cites (\S+), which is another event$/, (at) => `所引的台账记录 ${at} 不是原来那一条`],
  [/^cites (\S+), which accepts no return$/, (at) => `所引的台账记录 ${at} 不是接收报表的记录`],
  [/^is not what the ledger recorded$/, () => '与台账所记的原文不一致'],
  [
    /^is not that of what the publication says$/,
    () => '由汇总数据和观测值重新计算的摘要与写明的不同：其中的内容被改动',
  ],
  [/^is not what its cell in (.*) says$/s, (file) => `与原始文件 ${file} 中的单元格不一致`],
  [/^was recorded, and is not published$/, () => '台账里有，发布里没有：被删去'],
  [/^is not what (\S+) recorded$/, (at) => `与台账记录 ${at} 所记的不一致`],
  [
    /^cites publication (\d+) of (\d+), which is not the year before$/,
    (n, year) => `所引的${year}年第 ${n} 次发布不是上年的`,
  ],
  [
    /^cites publication (\d+) of (\d+), which the ledger does not have like this$/,
    (n, year) => `所引的${year}年第 ${n} 次发布，台账里没有，或者内容摘要不同`,
  ],
  [
    /^are not those that the ledger comes to at the heads of the publication$/,
    () => '与按发布时的台账重新得出的不一致',
  ],
  [/^was adopted, and is gone or was edited$/, () => '台账里采用过的这份指标目录不在，或者被改动'],
  [
    /^is not the adoption or baseline that/,
    () => '与台账所记的采用目录、录入基数不一致：其中一个被改动，或者是后来放进去的',
  ],
  [/^lacks a copy of an adoption/, () => '缺少采用指标目录或录入上年基数的副本：被删除，或者当时没有写成'],
  [/^was recorded, and is gone or was edited$/, () => '台账里录入过的这份上年基数不在，或者被改动'],
  [/^records a baseline of another year/, () => '所录的基数不是上年的，或者不是按当时的指标目录读取的'],
  [/^is a template that was adopted, and is gone/, () => '启用过的这份报告模板不在，或者被改动'],
  [/^is not the workbook that the baseline/, () => '不是录入上年基数时交来的那个工作簿，或者不在'],
  [/^cites nothing, while the ledger/, () => '没有引用上年的数，而发布时台账里有上年基数'],
  [/^cites a baseline of (\d+), which is not/, (year) => `所引的${year}年基数不是上年的`],
  [
    /^cites a baseline of (\d+), which the ledger does not/,
    (year) => `所引的${year}年基数不是发布时台账里的那一份，或者它的内容不在、被改动`,
  ],
  [/^adopts another catalogue than it is recorded under$/, () => '采用的指标目录与这条记录所写的不是同一份'],
  [/^does not replace the catalogue that was in force$/, () => '所替代的不是当时现行的指标目录'],
  [/^does not state the conversions/, () => '没有写明单位改动所需的换算，或者多写了'],
  [/^is recorded under another catalogue than was in force$/, () => '所写的指标目录不是当时现行的那一份'],
  [/^was read by a catalogue that was never adopted$/, () => '是按没有采用过的指标目录读取的'],
  [
    /^are not those that the ledger has at the heads of the publication$/,
    () => '与发布时的台账所记的采用目录不一致',
  ],
  [/^is no witness statement/, () => '不是见证：文件被改动'],
  [/^is a witness statement that was removed$/, () => '缺少这份见证：被删除'],
  [/^has a signature that is not by its key/, () => '签名与内容不符：见证被改动，或者是编造的'],
  [/^is signed by another key than was told: (\S+)$/, (key) => `是用另一把密钥签名的：${key}`],
  [/^is there twice, and differs/, () => '同一编号的见证有两份，内容不同：其中一份是编造的'],
  [/^does not follow the statement before it$/, () => '与前一份见证接不上：其中一份被改动或替换'],
  [/^tells of none of the years that are here/, () => '所记的年度这里都没有，无从对照'],
  [/^is another file than the one that was recorded$/, () => '不是台账所记的那个原始文件：文件被替换'],
];

/** What verification says it looked at. */
const checkedWords: readonly Wording[] = [
  [
    /^(\d+) heads of statement (\d+), signed at (\S+) /,
    (heads, number, at) => `第 ${number} 份见证（${at} 签名）所记的 ${heads} 个链尾，逐一与台账对照`,
  ],
  [
    /^(\d+) signed statements, (\d+) of (\S+) to (\d+) of (\S+), the last with (\d+) heads/,
    (count, first, from, last, to) =>
      `${count} 份签名的见证（第 ${first} 份 ${from} 至第 ${last} 份 ${to}）所记的链尾，逐一与台账对照`,
  ],
  [
    /^(\d+) heads that (.*) tells of, which is not signed/s,
    (heads, name) => `${name} 所记的 ${heads} 个链尾（没有签名），逐一与台账对照`,
  ],
  [
    /^(\d+) feedback files derived anew without their marked workbooks, (\d+) not/,
    (same, elsewhere) =>
      `${same} 份反馈由台账重新得出，逐字核对${elsewhere === '0' ? '' : `；另有 ${elsewhere} 份由别的版本或指标目录写成，只核对台账所记的部分`}`,
  ],
  [
    /^(\d+) chains, (\d+) events, (\d+) publications$/,
    (chains, events, published) =>
      `${chains} 条台账链、共 ${events} 条记录，逐条核对指纹和前后衔接；${published} 次发布，逐个文件核对清单`,
  ],
  [
    /^(\d+) totals recomputed from (\d+) observations$/,
    (totals, observations) =>
      `最近一次发布的 ${totals} 项年度数，由 ${observations} 个观测值用另一种算法重新计算`,
  ],
  [
    /^(\d+) comparisons recomputed$/,
    (comparisons) => `最近一次发布的 ${comparisons} 条同比、环比，由本年的观测值和所引的上年数重新计算`,
  ],
  [
    /^(\d+) comparisons recomputed, beside figures of (\d+) that were not recomputed$/,
    (comparisons, year) =>
      `最近一次发布的 ${comparisons} 条同比、环比重新计算；没有${year}年的台账，其中上年的数没有重新计算`,
  ],
  [
    /^(\d+) baselines of (\d+) were recorded$/,
    (n, year) => `录入过 ${n} 份${year}年基数，逐份核对原文、工作簿`,
  ],
  [/^(\d+) catalogues were adopted$/, (count) => `采用过 ${count} 次指标目录，逐份核对原文、副本和单位换算`],
  [
    /^warnings not derived anew: the adopted catalogues are not here$/,
    () => '采用过的指标目录不全，最近一次发布中请核对的数字没有重新得出',
  ],
  [
    /^every observation( and text)? is as its ledger event recorded it$/,
    (texts) => `最近一次发布的每个观测值${texts === undefined ? '' : '、每段文字'}，与台账所记的一致`,
  ],
  [
    /^(\d+) warnings derived anew$/,
    (warnings) => `最近一次发布的 ${warnings} 处请核对的数字，由当时的台账和所引的上年数重新得出`,
  ],
  [
    /^warnings not derived anew: the ledger of (\d+) is not here$/,
    (year) => `没有${year}年的台账，最近一次发布中请核对的数字没有重新得出`,
  ],
  [
    /^cells of (\d+) original files read again, (\d+) files not here$/,
    (read, absent) =>
      `${read} 个原始文件重新打开，逐个单元格核对${absent === '0' ? '' : `；另有 ${absent} 个原始文件不在`}`,
  ],
];

function worded(text: string, wordings: readonly Wording[]): string | undefined {
  for (const [said, inWords] of wordings) {
    const match = said.exec(text);
    if (match !== null) return inWords(...match.slice(1));
  }
  return undefined;
}

/** A fault's explanation in Chinese; undefined for one that nobody has put into words yet. */
export function faultInWords(explanation: string): string | undefined {
  return worded(explanation, faultWords);
}

/** What was checked, in Chinese. */
export function checkedInWords(line: string): string {
  return worded(line, checkedWords) ?? line;
}
