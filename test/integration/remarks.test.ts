import { beforeAll, describe, expect, it } from 'vitest';
import { examine } from '../../functions/use-cases/examine.ts';
import { ingest } from '../../functions/use-cases/ingest.ts';
import { publish } from '../../functions/use-cases/publish/publish.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import { recordsCsv } from '../../functions/use-cases/records/records-csv.ts';
import { searchRecords } from '../../functions/use-cases/records/search-records.ts';
import { readPublication } from '../../functions/use-cases/stores/publication-store.ts';
import { keepUpload, uploadOf } from '../../functions/use-cases/stores/upload-store.ts';
import { verifyContents } from '../../functions/use-cases/verify/contents.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import { maxRemarkLength } from '../../shared/core/catalogue/narratives.ts';
import { cellsOf } from '../../shared/core/catalogue/tables.ts';
import { nextEvent } from '../../shared/core/ledger/event.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import type { ReturnKey } from '../../shared/core/returns/address.ts';
import { canonicalJson, sha256 } from '../../shared/core/values/digest.ts';
import { writeForm } from '../../shared/workbook/form-writer.ts';
import { formLayout } from '../../shared/workbook/layout.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { download, saidByBoth, soundByBoth, withPublication } from '../fixtures/downloaded.ts';
import { inMemoryPorts } from '../fixtures/in-memory-ports.ts';
import { openPage, partUnder, rowsOf, textOf } from '../fixtures/opened-page.ts';
import { openPortal } from '../fixtures/portal.ts';
import { isHere } from '../fixtures/programs.ts';
import { catalogueOf, indicator, inTime, smallTable } from '../unit/core/small-year.ts';

const catalogue = catalogueOf({
  indicators: [indicator('a'), indicator('b', 'flow', { required: false })],
  ...smallTable(),
  rules: [{ id: 'few', over: 'year-to-date', expression: 'a <= 900', message: '不超过 900。' }],
});
const hostile = '=HYPERLINK("http://x")\n<script>alert(1)</script>';
const cells = ['ra-ca', 'ra-cb', 'rb-ca', 'rb-cb'].map((id) => `grid-${id}`);
const number = (text: string) => ({ content: { kind: 'number', text } }) as const;

interface Remarks {
  a?: string;
  ra?: string;
}

async function formOf(key: ReturnKey, a: string, remarks: Remarks): Promise<Uint8Array> {
  const text = (typed = '') => ({ content: { kind: 'text', text: typed } }) as const;
  return writeForm(formLayout(catalogue, key), {
    figures: new Map([['a', number(a)], ...cells.map((id) => [id, number('1')] as const)]),
    remarks: [
      { on: { kind: 'figure', indicator: 'a' }, entry: text(remarks.a) },
      { on: { kind: 'row', table: 'grid', row: 'ra' }, entry: text(remarks.ra) },
    ],
    signature: { preparer: '张三', reviewer: '李四', telephone: '', correctionNote: '' },
  });
}

/** Three months of one department, in the last of which a figure is odd and breaks a rule, and says why. */
async function remarkedYear() {
  const ports = inMemoryPorts();
  await adoptIn(ports, catalogue);
  const send = async (period: ReturnKey['period'], a: string, remarks: Remarks) => {
    const key = { department: 'jia', period };
    const bytes = await formOf(key, a, remarks);
    const at = inTime(period);
    const handed = { address: key, fileName: '月报.xlsx', bytes, uploadedAt: at, uploader: '张三' };
    const upload = await keepUpload(handed, ports.documents);
    return ingest({ upload, bytes, recordedAt: at, recordedBy: '张三' }, ports);
  };
  await send('2023-01', '20', {});
  await send('2023-02', '20', { ra: '本行 <i>' });
  const { event } = await send('2023-03', '200000', { a: hostile });
  const published = {
    publishedAt: '2023-04-01T00:00:00.000Z',
    publishedBy: '法制科',
    software: 'test',
  } as const;
  const { publication: summary } = await publish({ year: 2023, ...published }, ports);
  const publication = (await readPublication(summary, ports.documents))!;
  return { ports, event, publication };
}

let year: Awaited<ReturnType<typeof remarkedYear>>;
beforeAll(async () => {
  year = await remarkedYear();
});

const filesOf = () =>
  download(
    { chains: year.ports.events, documents: year.ports.documents, adopted: adoptedAlone(catalogue) },
    1,
  );

describe('what is written beside figures', () => {
  it('is recorded with what it is on and its cell', () => {
    expect(year.event.happening).toMatchObject({
      kind: 'return-accepted',
      remarks: [{ kind: 'figure', indicator: 'a', text: hostile, place: { sheet: '月报', cell: 'I6' } }],
    });
  });

  it('is published with its observation, once, that of a row with each of the row', () => {
    const { observations, totals, warnings } = year.publication;
    expect(
      observations
        .filter(({ remark }) => remark !== undefined)
        .map((row) => [row.indicator, row.period, row.remark]),
    ).toEqual([
      ['grid-ra-ca', '2023-02', '本行 <i>'],
      ['grid-ra-cb', '2023-02', '本行 <i>'],
      ['a', '2023-03', hostile],
    ]);
    expect(JSON.stringify(totals)).not.toContain('HYPERLINK');
    expect(
      warnings.map(({ finding, settledBy, acknowledged, explained }) => [
        finding.rule,
        settledBy,
        acknowledged?.reason,
        explained?.reason,
      ]),
    ).toEqual([
      ['rule-few', 'legal-office', undefined, hostile],
      ['unit-slip', 'remark', hostile, undefined],
    ]);
  });

  it('is found among the records, where it is dead text', async () => {
    const { state } = await readYear(year.ports, 2023);
    const found = searchRecords(state, { indicator: 'a' }).slice();
    expect(found.map(({ remark }) => remark)).toEqual(['', '', hostile]);
    expect([...recordsCsv(found)].at(-1)).toContain(`"'=HYPERLINK(""http://x"")\n<script>alert(1)</script>"`);
  });

  it('stands beside the figure on the pages that show it', async () => {
    const portal = openPortal({ ...year.ports, catalogue } as never, { now: '2023-04-04T01:00:00.000Z' });
    const auditor = await portal.as('auditor');
    const read = async (path: string) => {
      const markup = await auditor.read(path);
      expect(markup).not.toContain('<script>alert');
      return openPage(markup);
    };
    const page = await read('/2023/departments/jia/2023-03');
    const [row] = rowsOf(partUnder(page, '计入汇总的数字').querySelector('table')!);
    expect(row).toMatchObject({ 指标: '指标a', 说明: hostile.replace('\n', ' ') });
    expect(textOf(await read('/2023/figures/a'))).toContain('说明：=HYPERLINK');
    expect(textOf(await read('/2023/records?indicator=a'))).toContain('=HYPERLINK');
    const answer = await (await auditor.get('/api/2023/returns/jia/2023-03')).json();
    expect(answer.revisions[0].remarks).toMatchObject([{ kind: 'figure', indicator: 'a', text: hostile }]);
  });

  it('is read again from the original files, where those are at hand', async () => {
    const files = await filesOf();
    const edited = withPublication(files, (summary) => {
      summary.observations.find(({ remark }) => remark === hostile)!.remark = '属实';
    });
    for (const [folder, expected] of [
      [files, []],
      [
        edited,
        [
          'summary.json, digest: is not that of what the publication says',
          'observations.csv, observation a jia 2023-03: has another remark than 月报.xlsx has beside it',
        ],
      ],
    ] as const) {
      const { faults } = await verifyContents(
        { name: '', names: [...folder.keys()], get: async (name) => folder.get(name) },
        {
          ...{ events: undefined, lastYear: undefined, adoptedBefore: undefined, baselines: new Map() },
          adopted: adoptedAlone(catalogue),
          original: ({ file }) => year.ports.documents.get(file.key),
        },
      );
      expect(faults.map(({ where, explanation }) => `${where}: ${explanation}`)).toEqual(expected);
    }
  });

  it.skipIf(!isHere('python3', '--version'))(
    'is held against the ledger by both verifiers, with what it settles',
    async () => {
      const files = await filesOf();
      expect(await saidByBoth(files)).toEqual(soundByBoth);
      const remarked = ({ observations }: Publication, text: string) =>
        observations.find(({ remark }) => remark === text)!;
      const [broken, slip] = year.publication.warnings;
      const edits: [string, (summary: Publication) => unknown, RegExp, RegExp][] = [
        [
          'a word',
          (summary) => (remarked(summary, hostile).remark = '属实'),
          /a jia 2023-03/,
          /a jia 2023-03/,
        ],
        [
          'one that was left out',
          (summary) => delete remarked(summary, '本行 <i>').remark,
          /grid-ra-ca jia 2023-02/,
          /grid-ra-ca jia 2023-02/,
        ],
        [
          'an answer that nobody gave',
          ({ warnings }) => (warnings[1]!.acknowledged!.reason = '属实'),
          /warnings: are not those/,
          new RegExp(`warning ${slip!.id}: is answered as the ledger does not have it`),
        ],
        [
          'one that settles more than it may',
          ({ warnings }) => (warnings[0]!.acknowledged = warnings[0]!.explained),
          /warnings: are not those/,
          new RegExp(`warning ${broken!.id}: is settled by less than it takes`),
        ],
      ];
      for (const [what, edit, ours, theirs] of edits) {
        const said = await saidByBoth(withPublication(files, edit));
        expect([what, said.ours]).toEqual([what, expect.stringMatching(ours)]);
        expect([what, said.inPython]).toEqual([what, expect.stringMatching(theirs)]);
      }
    },
  );

  it('is not in the next form', async () => {
    const bytes = await writeForm(formLayout(catalogue, { department: 'jia', period: '2023-03' }));
    const upload = uploadOf({ ...sent('2023-03'), bytes });
    const { form } = await examine({ upload, bytes }, adoptedAlone(catalogue));
    expect(form?.submission.remarks).toEqual([]);
  });
});

const sent = (period: string) => ({
  address: { department: 'jia', period },
  fileName: '月报.xlsx',
  uploadedAt: '2023-04-03T01:15:00.000Z' as const,
  uploader: '张三',
});

describe('the room for remarks', () => {
  it('is in what a catalogue counts of a form: each figure and row remarked to the last character fits an item', async () => {
    const line = { table: 'grid' };
    const lines = (axis: string, count: number) =>
      Array.from({ length: count }, (_, at) => ({
        ...line,
        axis,
        id: `${axis}${at}`,
        name: `${axis} ${at}`,
      }));
    const [table] = smallTable().tables;
    const many = (rows: number) =>
      catalogueOf({
        indicators: Array.from({ length: 40 }, (_, at) => indicator(`i${at}`)),
        tables: [table!],
        lines: [...lines('row', rows), ...lines('column', 20)],
      });
    const large = many(70);
    const [grid] = formLayout(large, { department: 'jia', period: '2023-01' }).tables;
    const longest = { content: { kind: 'text', text: '长'.repeat(maxRemarkLength) } } as const;
    const ids = large.indicators.map(({ id }) => id);
    const typed = [...ids, ...cellsOf(grid!.grid).map(({ indicator: { id } }) => id)];
    const bytes = await writeForm(formLayout(large, { department: 'jia', period: '2023-01' }), {
      figures: new Map(typed.map((id) => [id, number('123456789012345')])),
      remarks: [
        ...ids.map((id) => ({ on: { kind: 'figure', indicator: id } as const, entry: longest })),
        ...grid!.rows.map(({ row }) => ({
          on: { kind: 'row', table: 'grid', row: row.id } as const,
          entry: longest,
        })),
      ],
      signature: { preparer: '张三', reviewer: '李四', telephone: '', correctionNote: '' },
    });
    const upload = uploadOf({ ...sent('2023-01'), bytes });
    const { happening } = await examine({ upload, bytes }, adoptedAlone(large));
    expect([happening.kind, happening.kind === 'return-accepted' && happening.remarks?.length]).toEqual([
      'return-accepted',
      110,
    ]);
    const at = { at: inTime('2023-01'), by: '张三', catalogue: sha256('catalogue') };
    const size = Buffer.byteLength(canonicalJson(nextEvent('2023/jia', [], { ...at, happening })));
    expect(size).toBeLessThan(200_000);
    expect(() => many(100)).toThrow('台账一次只能记');
  });
});
