import { sendTheOriginal } from './advice.ts';
import { fault, type ReadingFault } from './fault.ts';

/** The file's XML is not well-formed; `what` goes into the message, in Chinese. */
export function badXml(what: string): ReadingFault {
  return fault('file-xml', `文件内部的 XML 有误（${what}），文件可能已损坏；${sendTheOriginal}`);
}

export function isBlank(text: string): boolean {
  return /^[ \t\r\n]*$/.test(text);
}
