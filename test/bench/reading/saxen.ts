import { Parser } from 'saxen';
import { inflatedParts } from './limit.ts';

/** What a bare SAX parser over the inflated parts costs: values typed, nothing checked. */
export function readWithSaxen(file: Uint8Array): number {
  const [stringsXml, sheetXml] = inflatedParts(file);
  const strings: string[] = [];
  let text = '';
  parse(
    stringsXml.toString('utf8'),
    () => (text = ''),
    (name) => name === 't' && strings.push(text),
    (t) => (text += t),
  );
  const values: unknown[] = [];
  let at = '';
  let type = '';
  let inValue = false;
  parse(
    sheetXml.toString('utf8'),
    (name, attributes) => {
      if (name === 'c') ({ r: at = '', t: type = '' } = attributes());
      inValue = name === 'v';
      text = '';
    },
    (name) => {
      if (name === 'v') values.push({ at, value: type === 's' ? strings[Number(text)] : Number(text) });
      inValue = false;
    },
    (t) => {
      if (inValue) text += t;
    },
  );
  return values.length;
}

type Open = (name: string, attributes: () => Record<string, string>) => void;

function parse(
  xml: string,
  open: Open,
  close: (name: string) => unknown,
  text: (text: string) => unknown,
): void {
  const parser = new Parser();
  parser.on('openTag', open);
  parser.on('closeTag', close);
  parser.on('text', text);
  parser.parse(xml);
}
