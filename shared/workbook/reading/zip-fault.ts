import { excerpt } from '../../core/values/text.ts';
import { sendTheOriginal } from './advice.ts';
import { fault, type ReadingFault } from './fault.ts';

/** The zip is not as its own headers say; `what` goes into the message, in Chinese. */
export function damaged(what: string): ReadingFault {
  return fault('file-damaged', `文件已损坏（${what}）；${sendTheOriginal}`);
}

export function bomb(what: string): ReadingFault {
  return fault(
    'file-bomb',
    `文件解压后过大或部件过多（${what}），系统不予读取；请删去图片等与填报无关的内容后重新上传。`,
  );
}

export function isWorksheet(name: string): boolean {
  return /(^|\/)worksheets\/[^/]*\.xml$/i.test(name);
}

/** Of a worksheet that inflates too far it is known what that comes from, and how it is mended. */
export function inflatesFar(name: string, size: number, packed: number): ReadingFault {
  const what = `由 ${Math.ceil(packed / 1024)} KB 解压为 ${Math.ceil(size / 1024 / 1024)} MB`;
  if (!isWorksheet(name)) return bomb(`“${excerpt(name)}”${what}`);
  return fault(
    'file-bomb',
    `工作表的数据（${excerpt(name)}）${what}，超出系统读取的限度，多半是数据下方有大量设了格式的空行；请在该表中选中数据下方的所有行，删除整行后保存，再重新上传。`,
  );
}
