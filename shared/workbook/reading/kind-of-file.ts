import type { Archive } from './archive.ts';
import { fault, type ReadingFault } from './fault.ts';
import type { FileRule } from './file-rules.ts';

const sendTheForm = '请上传填报用的 Excel 工作簿（.xlsx）。';
/** Only for what Excel and WPS open as a sheet. */
const saveAs = '请在 Excel 或 WPS 中打开后选择“另存为”→“Excel 工作簿（*.xlsx）”再上传。';

/** Signatures at the start of a file, in Latin-1. */
const signatures: readonly (readonly [RegExp, rule: FileRule, message: string])[] = [
  [/^%PDF/, 'file-is-pdf', `文件是 PDF，不是工作簿；${sendTheForm}`],
  [
    /^(\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(heic|heix|mif1|avif))/s,
    'file-is-picture',
    `文件是图片，系统不能读取其中的数字；${sendTheForm}`,
  ],
  [
    /^(Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ)/,
    'file-is-archive',
    '文件是压缩包；请先解压，再上传其中的 Excel 工作簿（.xlsx）。',
  ],
  [/^\{\\rtf/, 'file-is-word', '文件是 Word 或写字板文档，不是工作簿；请上传 Excel 工作簿（.xlsx）。'],
  [
    /^\x09[\0\x02\x04\x08](\x04|\x06|\x08)\0/,
    'file-is-old-xls',
    `文件是很旧的 Excel 格式（.xls），系统不能读取；${saveAs}`,
  ],
  [
    /^(b\x14#e|.{0,64}E-SafeNet|%TSD-Header)/s,
    'file-is-encrypted',
    '文件被单位的文档加密软件加密，系统不能读取；请先解密再上传。',
  ],
];

/** Says what a file is that is not even a zip; undefined if it is one. */
export function kindOfFile(bytes: Buffer): ReadingFault | undefined {
  const head = bytes.toString('latin1', 0, 512);
  if (bytes.length === 0) return fault('file-is-empty', '文件是空的；请检查文件内容后重新上传。');
  if (/^PK(\x03\x04|\x05\x06|\x07\x08)/.test(head)) return undefined;
  if (head.startsWith('\xd0\xcf\x11\xe0')) return kindOfOle(bytes);
  if (isLock(bytes)) {
    return fault(
      'file-is-lock',
      '文件是 Excel 打开工作簿时旁边自动产生的临时文件（文件名以“~$”开头），其中没有数据；请上传原工作簿。',
    );
  }
  for (const [pattern, rule, message] of signatures) if (pattern.test(head)) return fault(rule, message);
  const text = textOf(bytes.subarray(0, 0x10000));
  return text === undefined ? notAWorkbook(bytes) : kindOfText(text);
}

/**
 * Excel keeps the name of its user beside a workbook that is open: in 54 bytes, padded with spaces, and in as many
 * characters of UTF-16, each behind its length.
 */
function isLock(bytes: Buffer): boolean {
  if (bytes.length !== 165) return false;
  const [length = 0] = bytes;
  const characters = bytes.readUInt16LE(55);
  const padding = bytes.subarray(1 + length, 55);
  return length <= 54 && characters > 0 && characters <= length && padding.every((byte) => byte === 32);
}

function notAWorkbook(bytes: Buffer): ReadingFault {
  if (bytes.every((byte) => byte === 0)) {
    return fault('file-is-empty', '文件中只有空字节，可能上传或拷贝时损坏；请重新上传原文件。');
  }
  return fault('file-is-not-a-workbook', `文件不是 Excel 工作簿，或已损坏；${sendTheForm}`);
}

/** An OLE file: its directory tells a workbook behind a password from an old workbook. */
function kindOfOle(bytes: Buffer): ReadingFault {
  if (hasStream(bytes, 'EncryptedPackage')) {
    return fault(
      'file-is-encrypted',
      '文件设有打开密码，系统不能读取；请在 Excel 或 WPS 中打开，取消密码并保存后重新上传。',
    );
  }
  if (hasStream(bytes, 'WordDocument')) {
    return fault('file-is-word', '文件是 Word 文档，不是工作簿；请上传 Excel 工作簿（.xlsx）。');
  }
  if (hasStream(bytes, 'PowerPoint Document')) {
    return fault('file-is-presentation', '文件是演示文稿，不是工作簿；请上传 Excel 工作簿（.xlsx）。');
  }
  return fault('file-is-old-xls', `文件是旧版 Excel 97-2003 格式（.xls），系统不能读取；${saveAs}`);
}

/** Names of streams stand at the start of the directory's entries of 128 bytes. */
function hasStream(bytes: Buffer, name: string): boolean {
  const pattern = Buffer.from(`${name}\0`, 'utf16le');
  for (let at = bytes.indexOf(pattern); at >= 0; at = bytes.indexOf(pattern, at + 2)) {
    if (at % 128 === 0) return true;
  }
  return false;
}

/** The bytes as text, if that is what they are: UTF-8, UTF-16 or GBK, without control characters. */
function textOf(bytes: Buffer): string | undefined {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  for (const encoding of utf16 ? [utf16] : bytes[1] === 0 ? ['utf-16le'] : ['utf-8', 'gb18030']) {
    try {
      // In streaming mode a character that was cut at the end is no error.
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
      if (!/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) return text;
    } catch {
      // Not in this encoding.
    }
  }
  return undefined;
}

function kindOfText(text: string): ReadingFault {
  const start = text.trimStart().slice(0, 4096);
  if (start === '') return fault('file-is-empty', '文件中没有内容；请检查文件后重新上传。');
  if (start.startsWith('<?xml') && /urn:schemas-microsoft-com:office:spreadsheet/.test(start)) {
    return fault('file-is-xml', `文件是“XML 表格”，不是 .xlsx 工作簿；${saveAs}`);
  }
  if (/office:document/.test(start) && start.startsWith('<')) return ods();
  if (/<svg[\s>]/i.test(start)) return fault('file-is-picture', `文件是图片；${sendTheForm}`);
  if (
    /<(!doctype html|html|head|body|table|meta|div|style)\b/i.test(start) ||
    /^MIME-Version:/i.test(start)
  ) {
    return fault('file-is-html', `文件其实是网页（HTML），只是扩展名为表格；${saveAs}`);
  }
  if (start.startsWith('<'))
    return fault('file-is-xml', `文件是 XML 文本，不是 .xlsx 工作簿；${sendTheForm}`);
  if (/^[^\n]*[,\t;|，]/.test(start)) {
    return fault('file-is-csv', `文件其实是文本表格（CSV），不是 .xlsx 工作簿；${saveAs}`);
  }
  return fault('file-is-text', `文件是纯文本，不是 .xlsx 工作簿；${sendTheForm}`);
}

function ods(): ReadingFault {
  return fault('file-is-ods', `文件是 OpenDocument 表格（.ods），系统不能读取；${saveAs}`);
}

/** Says what a zip is that holds no workbook to be found. */
export function kindOfArchive(archive: Archive): ReadingFault {
  const names = [...archive.entries.keys()];
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const mimetype = archive.entries.get('mimetype');
  const mime =
    mimetype?.method === 0 ? archive.bytes.toString('latin1', mimetype.start, mimetype.start + 80) : '';
  if (mime.startsWith('application/vnd.oasis.opendocument.spreadsheet')) return ods();
  if (has(/^ofd\.xml$/))
    return fault('file-is-ofd', '文件是 OFD 版式文件，不是工作簿；请上传 Excel 工作簿（.xlsx）。');
  if (has(/^index\/.*\.iwa$|^index\.zip$/)) {
    return fault(
      'file-is-numbers',
      '文件是 Apple Numbers 表格；请在 Numbers 中导出为 Excel（.xlsx） 后再上传。',
    );
  }
  if (has(/^word\//))
    return fault('file-is-word', '文件是 Word 文档，不是工作簿；请上传 Excel 工作簿（.xlsx）。');
  if (has(/^ppt\//))
    return fault('file-is-presentation', '文件是演示文稿，不是工作簿；请上传 Excel 工作簿（.xlsx）。');
  if (has(/\.(xlsx|xlsm|xls|et|csv|docx?|pdf|zip|rar)$/)) {
    return fault('file-is-archive', '文件是压缩包；请先解压，再上传其中的 Excel 工作簿（.xlsx）。');
  }
  return fault('file-is-not-a-workbook', `文件是压缩文件，其中没有工作簿；${sendTheForm}`);
}

export function binaryWorkbook(): ReadingFault {
  return fault('file-is-xlsb', `文件是 Excel 二进制工作簿（.xlsb），系统不能读取；${saveAs}`);
}
