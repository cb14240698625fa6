import type { Rule } from '../../catalogue/catalogue.ts';
import type { ReportedIndicator } from '../../catalogue/indicator.ts';
import { type Period, periodInWords } from '../../catalogue/period.ts';
import type { Decimal } from '../../values/decimal.ts';
import { excerpt } from '../../values/text.ts';
import type { Finding } from '../finding.ts';
import { adoptionRules, comparisonRules, figureRules, listRules, namesRules } from './figures.ts';
import { addressRules, formRules, rowRules } from './forms.ts';
import { rule, type Words } from './rule.ts';

/** What a return says beside its figures, and how findings themselves are kept. */
const returnRules = {
  'signature-missing': rule('info', (missing: readonly string[]) => ({
    expected: missing.join('、'),
    message: `没有填写${missing.join('和')}；本次不影响接收，下次请填写，以便核对时联系。`,
  })),
  'correction-note-too-long': rule('error', (length: number, allowed: number) => ({
    found: `${length} 个字`,
    expected: `不超过 ${allowed} 个字`,
    message: `更正说明过长；请缩短到 ${allowed} 个字以内。`,
  })),
  'more-findings': rule('info', (more: number) => ({
    found: `${more} 条`,
    message: `另有 ${more} 条同类问题没有逐条列出；改正以上各条后重新上传，会列出余下的。`,
  })),
};

/**
 * Every kind of finding, by its rule: severity, and words in Chinese for whoever sent the file. Beside them there are
 * the rules of the catalogue (`rule-<id>`, below), and what the reader says of a file (`file-…`).
 */
export const findingRules = {
  ...addressRules,
  ...formRules,
  ...rowRules,
  ...figureRules,
  ...listRules,
  ...returnRules,
  ...adoptionRules,
  ...namesRules,
  ...comparisonRules,
};
export type FindingRule = keyof typeof findingRules;

/** What a finding says, wherever it stands. */
export type FindingWords = Words & Pick<Finding, 'rule' | 'severity'>;

/** The finding of a rule on what it takes; its place and indicator are for the caller to add. */
export function say<R extends FindingRule>(
  name: R,
  ...about: Parameters<(typeof findingRules)[R]['words']>
): FindingWords {
  const { severity, words } = findingRules[name];
  return { rule: name, severity, ...(words as (...about: unknown[]) => Words)(...about) };
}

/** The indicators of a rule with what each says. */
type Sides = readonly { indicator: ReportedIndicator; value: Decimal | undefined }[];

/** A rule of the catalogue that a return breaks by itself. */
export function ruleBroken({ id, message }: Rule, sides: Sides): FindingWords {
  const names = sides.map(({ indicator }) => indicator.name).join('、');
  return {
    rule: `rule-${id}`,
    severity: 'error',
    found: inWords(sides),
    expected: excerpt(message),
    message: `${withoutFullStop(message)}；请核对这几项的数字：${names}。`,
  };
}

/** A rule of the catalogue that the year to date breaks. */
export function ruleBrokenToDate({ id, message }: Rule, sides: Sides, period: Period): FindingWords {
  return {
    rule: `rule-${id}`,
    severity: 'warning',
    found: inWords(sides).slice(0, 200).toWellFormed(),
    expected: message,
    message: `截至${periodInWords(period)}的累计数不符合“${withoutFullStop(message)}”；请核对各期数字，有误的重新报送那一期的报表，无误的请说明原因。`,
  };
}

function inWords(sides: Sides): string {
  return sides.map(({ indicator, value }) => `${indicator.name} ${value}`).join('，');
}

/** A rule's message within a longer sentence. */
function withoutFullStop(message: string): string {
  return message.replace(/[。.]$/, '');
}
