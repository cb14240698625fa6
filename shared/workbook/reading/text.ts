import { illegalInXml } from '../../core/values/text.ts';
import { sendTheOriginal } from './advice.ts';
import { fault, type Reading, type ReadingFault } from './fault.ts';
import { badXml } from './xml-fault.ts';

const special = /[&\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const specialInAttribute = /[<&\u0000-\u001f\ufffe\uffff]/;
/** What is longer costs the collector of garbage several times as much. */
const longText = 65_536;
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text between tags, or an attribute's value, as its characters: references resolved, line ends as in XML. */
export function xmlText(raw: string, reading: Reading): string {
  if (!special.test(raw)) return raw;
  reading.countWork(raw.length > longText ? raw.length : raw.length >> 1);
  return raw
    .replace(/\r\n?/g, '\n')
    .replace(/&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));|&/g, reference)
    .replace(illegalInXml, '\ufffd')
    .toWellFormed();
}

/** An attribute's value: as text, but line ends and tabs are spaces, and `<` may not be there. */
export function attributeText(raw: string, reading: Reading): string {
  if (!specialInAttribute.test(raw)) return raw;
  if (raw.includes('<')) throw badXml('属性有误');
  return xmlText(raw.replace(/[\t\r\n]/g, ' '), reading);
}

function reference(whole: string, hex?: string, decimal?: string, name?: string): string {
  if (name) return named[name] ?? '';
  if (hex === undefined && decimal === undefined) {
    throw fault('file-entity', `文件内部使用了不允许的实体引用，可能已损坏或被改动；${sendTheOriginal}`, {
      found: whole,
    });
  }
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || code === 0) return '\ufffd';
  return String.fromCodePoint(code);
}

/** Excel's own escapes (`_x000D_`) resolved; a character that XML does not know becomes U+FFFD. */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  const plain = text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return plain.replace(illegalInXml, '\ufffd').toWellFormed();
}

export function wrongEncoding(): ReadingFault {
  return fault('file-encoding', `文件内部的文字编码有误，文件可能已损坏；${sendTheOriginal}`);
}
