const encoder = new TextEncoder();

/**
 * A value as a JSON file for people and programs: keys in the order given, each record of a list on a line of its
 * own, so that a file of thousands of records stays readable and its size is mostly contents.
 */
export function jsonFile(value: unknown): Uint8Array {
  return encoder.encode(`${written(value, '')}\n`);
}

/** The same file of a value whose last field is a long list, piece by piece. */
export function* jsonFileOf(fields: object, list: string, items: Iterable<object>): Generator<string> {
  const head = written({ ...fields, [list]: [] }, '');
  yield head.slice(0, head.lastIndexOf(']'));
  let between = '\n';
  for (const item of items) {
    yield `${between}  ${written(item, '  ')}`;
    between = ',\n';
  }
  yield between === '\n' ? ']\n}\n' : '\n ]\n}\n';
}

function written(value: unknown, indent: string): string {
  if (!holdsRecords(value) && indent !== '') return JSON.stringify(value);
  const inner = `${indent} `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${written(item, inner)}`);
    return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .map(([key, field]) => `${inner}${JSON.stringify(key)}: ${written(field, inner)}`);
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
}

/** Whether there is a list of objects somewhere in the value: then it is spread over lines. */
function holdsRecords(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object' && item !== null);
  return Object.values(value).some(holdsRecords);
}
