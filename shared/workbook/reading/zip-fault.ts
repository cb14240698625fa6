import { fault, type ReadingFault } from './fault.ts';

/** The zip is not as its own headers say; `what` goes into the message, in Chinese. */
export function damaged(what: string): ReadingFault {
  return fault(
    'file-damaged',
    `文件已损坏（${what}）；请确认文件能在 Excel 或 WPS 中打开，另存为 .xlsx 后再上传。`,
  );
}

export function bomb(what: string): ReadingFault {
  return fault(
    'file-bomb',
    `文件解压后过大或部件过多（${what}），系统不予读取；请删去与填报无关的内容后重新上传。`,
  );
}
