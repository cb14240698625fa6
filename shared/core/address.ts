import { type Catalogue, deadlineOf, departmentOf, indicatorsOnForm, inForce } from './catalogue.ts';
import type { Sha256 } from './digest.ts';
import { type Upload, uploadId } from './event.ts';
import type { Finding } from './finding.ts';
import { type Period, periodInWords, periodSchema } from './period.ts';
import { quoted } from './quoted.ts';

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
  return { rule, severity: 'error', ...(found === '' ? {} : { found: quoted(found) }), expected, message };
}

/** The key under which an upload's bytes are kept: its content is part of it, so no upload overwrites another. */
export function uploadKey({ department, period }: Address, hash: Sha256, fileName: string): string {
  return `uploads/${folderOf(department)}/${folderOf(period)}/${hash.slice(0, 16)}/${safeFileName(fileName)}`;
}

/** The address in an upload's key: `uploads/sfj/2023-03/...`. */
export function addressOfKey(key: string): Address {
  const [top, department, period, ...rest] = key.split('/');
  return top === 'uploads' && rest.length > 0
    ? { department, period }
    : { department: undefined, period: undefined };
}

/** The folder of an upload's feedback: one for each upload, also where one key is uploaded to again. */
export function feedbackFolder(upload: Pick<Upload, 'key' | 'version'>): string {
  const { department, period } = addressOfKey(upload.key);
  return `feedback/${folderOf(department)}/${folderOf(period)}/${uploadId(upload)}/`;
}

/** Names that Windows takes for devices, whatever follows the point. */
const windowsDevice = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9]) *(?:\.|$)/i;

function folderOf(name: string | undefined): string {
  const isPlain = name !== undefined && /^[a-z0-9-]{1,24}$/.test(name) && !windowsDevice.test(name);
  return isPlain ? name : 'unaddressed';
}

/** A file name that is one path segment on every system, in NFC, with its ending kept. */
export function safeFileName(fileName: string): string {
  const name = fileName
    .normalize('NFC')
    .toWellFormed()
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u061c<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd]/g,
      '_',
    )
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (name === '') return 'unnamed';
  if (windowsDevice.test(name)) return safeFileName(`_${name}`);
  const characters = [...name];
  return characters.length <= 60
    ? name
    : `${characters.slice(0, 50).join('')}${characters.slice(-10).join('')}`;
}
