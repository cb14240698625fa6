import { type CatalogueReading, readCatalogue } from './checks.ts';

/** Reads the bytes of a catalogue file: JSON in UTF-8, strictly, with or without a byte order mark. */
export function decodeCatalogue(bytes: Uint8Array): CatalogueReading {
  const text = decoded(bytes, 'utf-8');
  const encoding = otherEncoding(bytes, text);
  if (encoding !== undefined) return refused(encoding);
  let json: unknown;
  try {
    json = JSON.parse(text!);
  } catch {
    return refused(whyNoJson(text!));
  }
  const again = repeatedKey(text!);
  return again === undefined ? readCatalogue(json) : refused(again);
}

function refused(message: string): CatalogueReading {
  return { kind: 'problems', problems: [{ entry: 'catalogue', index: undefined, message }] };
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What is said of bytes that are text in another encoding than UTF-8, or none; undefined if they are UTF-8. */
function otherEncoding(bytes: Uint8Array, text: string | undefined): string | undefined {
  const how = '请用“另存为”选择 UTF-8 编码保存，再重新提交。';
  if (isUtf16(bytes)) return `这个文件是用 UTF-16（Unicode）编码保存的；${how}`;
  if (text !== undefined) return undefined;
  if (decoded(bytes, 'gb18030') !== undefined) return `这个文件是用 GBK 编码保存的；${how}`;
  return `这个文件不是 UTF-8 编码的文字，可能已经损坏，或者不是 JSON 文件；如果是文字，${how}`;
}

/** By its mark, or by the zero byte that half of ASCII's characters have there. */
function isUtf16([first, second]: Uint8Array): boolean {
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isMarked || (first === 0) !== (second === 0);
}

const token =
  /\s*(?:([{}[\],:])|("[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*")|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)(?![0-9A-Za-z]))/y;

interface Token {
  at: number;
  text: string;
  kind: string;
}

/** The tokens of a text up to the first place where there is none, and that place. */
function tokensOf(text: string): { tokens: Token[]; end: number } {
  const tokens: Token[] = [];
  let end = 0;
  for (;;) {
    token.lastIndex = end;
    const match = token.exec(text);
    if (match === null) break;
    const [, sign, string, literal] = match;
    const found = (sign ?? string ?? literal)!;
    tokens.push({
      at: token.lastIndex - found.length,
      text: found,
      kind: sign ?? (string === undefined ? 'literal' : 'string'),
    });
    end = token.lastIndex;
  }
  return { tokens, end: text.length - text.slice(end).trimStart().length };
}

/** Of an object that is being read: the keys so far. Of an array: undefined. */
type Open = Set<string> | undefined;

/**
 * Follows the grammar of JSON, and calls `onKey` with each key and those before it in its object; returns the first
 * token that must not stand where it does.
 */
function walk(tokens: readonly Token[], onKey: (key: Token, before: Set<string>) => void): Token | undefined {
  const open: Open[] = [];
  let next = 'value';
  for (const each of tokens) {
    const { kind } = each;
    const inside = open.at(-1);
    const isValue = kind === 'string' || kind === 'literal';
    if (next.includes('key') && kind === 'string') {
      onKey(each, inside!);
      next = ':';
    } else if (next === ':' && kind === ':') next = 'value';
    else if (next.includes('value') && isValue) next = open.length > 0 ? ', end' : 'nothing';
    else if (next.includes('value') && (kind === '{' || kind === '[')) {
      open.push(kind === '{' ? new Set() : undefined);
      next = kind === '{' ? 'key end' : 'value end';
    } else if (next.includes('end') && kind === (inside === undefined ? ']' : '}')) {
      open.pop();
      next = open.length > 0 ? ', end' : 'nothing';
    } else if (next.startsWith(',') && kind === ',') next = inside === undefined ? 'value' : 'key';
    else return each;
  }
  return undefined;
}

function whyNoJson(text: string): string {
  const { tokens, end } = tokensOf(text);
  const at = walk(tokens, () => {})?.at ?? end;
  const where = placeIn(text, at);
  const how = '请检查逗号、引号和括号是否成对、是否用了英文标点。';
  const [line = ''] = text.slice(at).split('\n', 1);
  if (text.trim() === '') return '这个文件是空的；请选择指标目录的 JSON 文件。';
  if (line === '') {
    return `JSON 写到${where}就断了，没有写完；文件可能没有保存完整，或缺了右边的括号。${how}`;
  }
  return `不是 JSON：${where}起（“${[...line].slice(0, 12).join('')}”）读不下去；${how}`;
}

/** A key that an object has twice, of which the parser would keep the last in silence. */
function repeatedKey(text: string): string | undefined {
  let fault: string | undefined;
  walk(tokensOf(text).tokens, (key, before) => {
    const name = JSON.parse(key.text) as string;
    if (before.has(name)) {
      fault ??= `JSON 中${placeIn(text, key.at)}的“${name}”在同一组里写了两次，系统不知道以哪个为准；请删去其中一个。`;
    }
    before.add(name);
  });
  return fault;
}

function placeIn(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `第 ${lines.length} 行第 ${[...lines.at(-1)!].length + 1} 列`;
}
