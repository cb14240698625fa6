import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { corpus } from '../../fixtures/hostile/corpus.ts';
import { ofXml, times, wrapped } from '../../fixtures/hostile/corpus-file.ts';
import { headersOf, tampered } from '../../fixtures/hostile-zip.ts';
import { casesTried } from '../../fixtures/thoroughness.ts';

/** A number that is none in each row, and a tag behind them that is longer than a chunk and nearly what a tag may be. */
const noNumbers = ofXml(
  wrapped(
    times(
      casesTried(60, 12),
      (at) => `<row r="${at + 1}"><c><v>x</v></c><a b="${String(at).repeat(520_000)}"/></row>`,
    ).join(''),
  ),
);

/** The same, damaged in the middle of its packed bytes. */
const damaged = tampered(noNumbers, (bytes) => {
  const { local } = headersOf(noNumbers, 'xl/worksheets/sheet1.xml');
  const packed = bytes.readUInt32LE(local + 18);
  bytes.fill(0xff, local + Math.floor(packed / 2), local + Math.floor(packed / 2) + 200);
});

/** Files whose reading takes long, some of them near to what is refused. */
async function heavyFiles(): Promise<Uint8Array[]> {
  const chosen = [
    'tags of nearly a million characters, cut between chunks',
    'a million empty formatted rows',
  ].slice(0, casesTried(2, 1));
  const made = corpus.filter(({ name }) => chosen.includes(name)).map(({ make }) => make());
  expect(made).toHaveLength(chosen.length);
  return Promise.all([...made, noNumbers, damaged]);
}

test('the same bytes give the same answer, however busy the machine is', async () => {
  const files = await heavyFiles();
  const readAll = async () => {
    const answers: string[] = [];
    for (const bytes of files) answers.push(JSON.stringify(await readWorkbook(bytes)));
    return answers;
  };
  const alone = await readAll();
  const busy = times(2, () => new Worker('for (;;);', { eval: true }));
  try {
    expect(await readAll()).toEqual(alone);
  } finally {
    await Promise.all(busy.map((worker) => worker.terminate()));
  }
});
