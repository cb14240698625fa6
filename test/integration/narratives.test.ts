import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { previewAdoption } from '../../functions/use-cases/adopt.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { issuePublication } from '../../functions/use-cases/publish/issue.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { keepUpload } from '../../functions/use-cases/stores/upload-store.ts';
import { verifyContents } from '../../functions/use-cases/verify/contents.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import type { Instant } from '../../shared/core/catalogue/period.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { download, saidByBoth, soundByBoth, withPublication } from '../fixtures/downloaded.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { isHere } from '../fixtures/programs.ts';
import { catalogueOf, indicator, inTime, narrative } from '../unit/core/small-year.ts';

const catalogue = catalogueOf({
  months: [1, 2],
  indicators: [indicator('a')],
  narratives: [
    narrative('how', { name: '简要情况说明', maxLength: 500 }),
    narrative('best', { name: '典型做法', required: false, reporters: ['yi'] }),
  ],
});
const hostile = '=HYPERLINK("http://x")\n<script>alert(1)</script>';
const byOffice = { publishedBy: '法制科', software: 'test' } as const;

type Ports = ReturnType<typeof inMemoryPorts>;

async function send(
  ports: Ports,
  key: ReturnKey,
  texts: Record<string, string>,
  { at = inTime(key.period), note = '' }: { at?: Instant; note?: string } = {},
) {
  const text = (typed: string) => ({ content: { kind: 'text', text: typed } }) as const;
  const bytes = await writeForm(formLayout(catalogue, key), {
    figures: new Map([['a', { content: { kind: 'number', text: '1' } } as const]]),
    narratives: new Map(Object.entries(texts).map(([id, typed]) => [id, text(typed)])),
    signature: { preparer: '张三', reviewer: '李四', telephone: '', correctionNote: note },
  });
  const handed = { address: key, fileName: '月报.xlsx', bytes, uploadedAt: at, uploader: '张三' };
  const upload = await keepUpload(handed, ports.documents);
  return ingest({ upload, bytes, recordedAt: at, recordedBy: '张三' }, ports);
}

/** A year in which both departments wrote something in each of two months, published once. */
async function writtenYear() {
  const ports = inMemoryPorts();
  await adoptIn(ports, catalogue);
  for (const period of ['2023-01', '2023-02'] as const) {
    await send(ports, { department: 'jia', period }, { how: `甲局${period}平稳。` });
    await send(ports, { department: 'yi', period }, { how: hostile, best: '一站式办理。' });
  }
  const first = await publish({ year: 2023, publishedAt: '2023-03-01T00:00:00.000Z', ...byOffice }, ports);
  return { ports, first };
}

const filesOf = ({ events, documents }: Ports, number: number) =>
  download({ chains: events, documents, adopted: adoptedAlone(catalogue) }, number);

describe('what departments write beside their figures', () => {
  it('is published word for word, by narrative, with the cell it was read from, and made of nothing else', async () => {
    const { first } = await writtenYear();
    const { publication } = first;
    expect(publication.narratives.map(({ name }) => name)).toEqual(['简要情况说明', '典型做法']);
    expect(
      publication.texts.map(({ narrative: id, department, period, text, cell }) => [
        id,
        department,
        period,
        text,
        cell.cell,
      ]),
    ).toEqual([
      ['how', 'jia', '2023-01', '甲局2023-01平稳。', 'E5'],
      ['how', 'yi', '2023-01', hostile, 'E5'],
      ['how', 'jia', '2023-02', '甲局2023-02平稳。', 'E5'],
      ['how', 'yi', '2023-02', hostile, 'E5'],
      ['best', 'yi', '2023-01', '一站式办理。', 'E6'],
      ['best', 'yi', '2023-02', '一站式办理。', 'E6'],
    ]);
    expect(publication.totals.map(({ indicator: id, value }) => [id, value])).toEqual([['a', '4']]);
  });

  it('stands in the published workbook as text that no program computes', async () => {
    const { ports, first } = await writtenYear();
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await ports.documents.get(`${first.folder}summary.xlsx`)) as never);
    const sheet = workbook.getWorksheet('文字说明')!;
    const rows = sheet.getColumn(4).values.filter((each) => typeof each === 'string');
    expect(rows).toContain('甲局2023-01平稳。');
    expect(rows).toContain(`'${hostile}`);
    expect(workbook.worksheets.map(({ name }) => name)).not.toContain('文字变动');
  });

  it('once published is not replaced without a reason, and the change is published with it', async () => {
    const { ports, first } = await writtenYear();
    const february = { department: 'jia', period: '2023-02' } as const;
    const { number } = first.publication;
    const approved = { at: '2023-03-01T00:00:00.000Z', by: '法制科', reason: '审定' } as const;
    await issuePublication({ year: 2023, number, ...approved }, ports);
    const silent = await send(ports, february, { how: '另一种说法。' }, { at: '2023-03-02T01:00:00.000Z' });
    expect(silent.revision?.state).toEqual({ kind: 'held', because: ['changes-issued'] });
    const explained = await send(
      ports,
      february,
      { how: '再一种说法。' },
      { at: '2023-03-03T01:00:00.000Z', note: '原文有误' },
    );
    expect(explained.revision?.state).toEqual({ kind: 'counting' });
    const second = await publish({ year: 2023, publishedAt: '2023-03-04T00:00:00.000Z', ...byOffice }, ports);
    expect(second.publication.digest).not.toBe(first.publication.digest);
    expect(second.publication.changes).toMatchObject({
      figures: [],
      texts: [
        {
          ...february,
          narrative: 'how',
          before: { text: '甲局2023-02平稳。', revision: 1 },
          after: { text: '再一种说法。', revision: 3 },
          reason: '原文有误',
        },
      ],
    });
  });

  it('cannot be dropped by another catalogue once it counts, and a change of what is asked says how many it touches', async () => {
    const { ports } = await writtenYear();
    const preview = async (narratives: object[]) =>
      previewAdoption(
        { catalogue: catalogueSchema.parse({ ...catalogue, narratives }), conversions: [] },
        ports,
      );
    const [how, best] = catalogue.narratives;
    const dropped = await preview([how!]);
    expect(dropped.problems).toMatchObject([
      {
        entry: 'narrative',
        id: 'best',
        message: expect.stringContaining(
          '乙局2023年1月已报的文字会消失：新目录在这一期不再要求这个部门报送“典型做法”',
        ),
      },
    ]);
    const ended = await preview([how!, { ...best!, to: '2023-02' }]);
    expect(ended.problems).toEqual([]);
    expect(ended.differences).toMatchObject([{ entry: 'narrative', change: 'validity', returns: 2 }]);
  });

  it('is asked about where it is missing, and refuses nothing else', async () => {
    const ports = inMemoryPorts();
    await adoptIn(ports, catalogue);
    const { feedback } = await send(ports, { department: 'yi', period: '2023-01' }, {});
    expect(feedback.findings).toMatchObject([
      { rule: 'narrative-blank', indicator: 'how', place: { sheet: '文字说明', cell: 'E5' } },
    ]);
  });

  it('is read again from the original files, where those are at hand', async () => {
    const { ports } = await writtenYear();
    const files = await filesOf(ports, 1);
    const edited = withPublication(files, ({ texts }) => Object.assign(texts[0]!, { text: '甲局很好。' }));
    for (const [folder, expected] of [
      [files, []],
      [
        edited,
        [
          'summary.json, digest: is not that of what the publication says',
          'summary.json, text how jia 2023-01: is not what its cell in 月报.xlsx says',
        ],
      ],
    ] as const) {
      const { faults } = await verifyContents(
        { name: '', names: [...folder.keys()], get: async (name) => folder.get(name) },
        {
          ...{ events: undefined, lastYear: undefined, adoptedBefore: undefined, baselines: new Map() },
          adopted: adoptedAlone(catalogue),
          original: ({ file }) => ports.documents.get(file.key),
        },
      );
      expect(faults.map(({ where, explanation }) => `${where}: ${explanation}`)).toEqual(expected);
    }
  });

  it.skipIf(!isHere('python3', '--version'))(
    'is held against the ledger by both verifiers, which find whatever was changed, left out or added',
    async () => {
      const { ports } = await writtenYear();
      const files = await filesOf(ports, 1);
      expect(await saidByBoth(files)).toEqual(soundByBoth);
      const edits: [string, (summary: Publication) => unknown, string][] = [
        ['a word', ({ texts }) => Object.assign(texts[0]!, { text: '甲局很好。' }), 'text how jia 2023-01'],
        [
          'one left out',
          ({ texts }) => texts.splice(2, 1),
          'text how jia 2023-02: was recorded, and is not published',
        ],
        [
          'one added',
          ({ texts }) => texts.push({ ...texts[0]!, narrative: 'best' }),
          'text best jia 2023-01',
        ],
        [
          'one said twice',
          ({ texts }) => texts.push({ ...texts[0]! }),
          'text how jia 2023-01: is not what the ledger recorded',
        ],
        [
          'one said to be from another file',
          ({ texts }) => Object.assign(texts[0]!.file, { sha256: '0'.repeat(64) }),
          'text how jia 2023-01: is not what the ledger recorded',
        ],
        [
          'one said of another',
          ({ texts }) => Object.assign(texts[0]!, { department: 'yi' }),
          'text how jia 2023-01',
        ],
      ];
      for (const [what, edit, expected] of edits) {
        const said = await saidByBoth(withPublication(files, edit));
        expect([what, said.ours]).toEqual([what, expect.stringContaining(expected)]);
        expect([what, said.inPython]).toEqual([what, expect.stringContaining(expected)]);
      }
    },
  );
});
