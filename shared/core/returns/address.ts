import {
  type Catalogue,
  deadlineOf,
  departmentOf,
  indicatorsOnForm,
  inForce,
} from '../catalogue/catalogue.ts';
import { type Period, periodInWords, periodSchema } from '../catalogue/period.ts';
import { excerpt } from '../values/text.ts';
import type { Finding } from './finding.ts';

/** Whose return an upload is, as its address says: either may be missing or unknown to the catalogue. */
export interface Address {
  department: string | undefined;
  period: string | undefined;
}

/** Where an upload names a department and a period that the catalogue expects a return from. */
export interface ReturnAddress {
  department: string;
  period: Period;
}

/** Checks an address against the catalogue: the return it means, or the finding that refuses it. */
export function resolveAddress(address: Address, catalogue: Catalogue): ReturnAddress | Finding {
  const department =
    address.department === undefined ? undefined : departmentOf(catalogue, address.department);
  if (department === undefined) {
    return refusal('address-unknown-department', address.department ?? '', '指标目录中的部门代码', [
      '上传位置没有指明是哪个部门的月报；',
      '请从本部门的上传页面上传，或放入以本部门代码命名的文件夹（例如 sfj/2023-03/）后重新提交。',
    ]);
  }
  const period = periodSchema.safeParse(address.period);
  const deadline = period.success ? deadlineOf(catalogue, period.data) : undefined;
  if (!period.success || deadline === undefined) {
    return refusal('address-unknown-period', address.period ?? '', `${catalogue.year}年的报告期`, [
      '上传位置没有指明有效的报告期；',
      `请放入以报告期命名的文件夹（例如 ${department.id}/${catalogue.periods[0]?.period}/）后重新提交。`,
    ]);
  }
  if (
    !inForce(department, period.data) ||
    indicatorsOnForm(catalogue, department.id, period.data).length === 0
  ) {
    return refusal('address-not-expected', `${department.name} ${period.data}`, '应当报送的部门和月份', [
      `${department.name}${periodInWords(period.data)}没有需要报送的指标；`,
      '请核对部门和报告期，如有疑问请联系法制机构。',
    ]);
  }
  return { department: department.id, period: period.data };
}

function refusal(rule: string, found: string, expected: string, sentences: string[]): Finding {
  const message = sentences.join('');
  return { rule, severity: 'error', ...(found === '' ? {} : { found: excerpt(found) }), expected, message };
}
