import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Decision, recordDecision } from '../../functions/use-cases/office.ts';
import { adoptedAlone } from '../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import { readWorkbook } from '../../shared/workbook/reading/read-workbook.ts';
import {
  type Downloaded,
  download,
  saidByBoth,
  soundByBoth,
  withPublication,
} from '../fixtures/downloaded.ts';
import { formOf, openPage, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { isHere } from '../fixtures/programs.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

/** Of January nothing is taken after March without the office. */
const closedEarly: Catalogue = {
  ...smallCatalogue,
  periods: smallCatalogue.periods.map((one, index) => (index === 0 ? { ...one, cutOff: '2023-03-31' } : one)),
};

const nasty = '=1+1 <script>alert(1)</script> 停电';
const january = '/2023/departments/sfj/2023-01';

/** One return that was let in after its file had been sent twice, one that was not, and two months put off for all since. */
async function lateStore() {
  const store = smallStore(closedEarly);
  const decide = (decision: Decision) =>
    recordDecision(decision, { at: '2023-04-20T01:00:00.000Z', by: '赵科长' }, store);
  const submit = async (department: string, uploadedAt: string) => {
    const { event } = await store.submit({ department, period: '2023-01', cases: '5', uploadedAt });
    return { department, period: '2023-01' as const, upload: uploadId(event.happening.upload) };
  };
  await submit('sfj', '2023-04-18T01:00:00.000Z');
  const again = await submit('sfj', '2023-04-19T01:00:00.000Z');
  await decide({ kind: 'return-admitted', ...again, reason: nasty });
  const other = await submit('sfj2', '2023-04-19T01:00:00.000Z');
  await decide({ kind: 'admission-declined', ...other, reason: '没有说明' });
  const until = '2023-05-20T15:59:59.999Z';
  const march = { kind: 'deadline-extended', department: null, period: '2023-03', until } as const;
  await decide({ ...march, period: '2023-01', reason: '系统维护' });
  await decide({ ...march, reason: '统一延期' });
  await decide({ ...march, reason: '再说一次' });
  await store.publish('2023-04-21T01:00:00.000Z');
  return store;
}

let store: Awaited<ReturnType<typeof lateStore>>;
let office: PortalUser;
let files: Downloaded;
let summary: Publication;

beforeAll(async () => {
  store = await lateStore();
  office = await openPortal(store, { now: '2023-04-25T01:00:00.000Z' }).as('legal-office');
  const adopted = adoptedAlone(closedEarly);
  files = await download({ chains: store.events, documents: store.documents, adopted }, 1);
  summary = JSON.parse(new TextDecoder().decode(files.get('summary.json')));
});

const rowOf = ({ returns }: Publication, department: string, period: string) =>
  returns.find((one) => one.department === department && one.period === period)!;

describe('why a late return was let in, or not', () => {
  it('stands on the page of the return, of the upload and of the publication', async () => {
    const said = `赵科长于 2023-04-20 09:00 同意计入：${nasty}`;
    const upload = rowOfUpload(await office.read(january));
    for (const address of [january, upload, '/2023/publications/1']) {
      const markup = await office.read(address);
      expect(markup).not.toContain('<script>alert');
      expect(textOf(openPage(markup))).toContain(said);
    }
    const declined = '/2023/departments/sfj2/2023-01';
    const page = await visit(office, declined);
    expect(textOf(page)).toMatch(/法制机构不同意计入。.*不同意计入：没有说明/);
    expect(formOf(within(page).getByRole('button', { name: '改为同意计入' })).address).toMatch(
      /\/admission$/,
    );
    const march = textOf(await visit(office, '/2023/departments/sfj/2023-03'));
    expect(march).toContain('赵科长于 2023-04-20 09:00 延期：统一延期');
  });

  it('is answered to programs', async () => {
    const answer = JSON.parse(await office.read('/api/2023/returns/sfj/2023-01'));
    const admission = { kind: 'admitted', by: '赵科长', at: '2023-04-20T01:00:00.000Z', reason: nasty };
    expect(answer.revisions).toMatchObject([{ number: 1, admission }]);
    const march = JSON.parse(await office.read('/api/2023/returns/sfj/2023-03'));
    expect(march.extension).toMatchObject({ by: '赵科长', reason: '统一延期' });
  });

  it('offers nobody but the office to think better of it', async () => {
    const clerk = await openPortal(store, { now: '2023-04-25T01:00:00.000Z' }).as('department:sfj2');
    const page = await visit(clerk, '/2023/departments/sfj2/2023-01');
    expect(textOf(page)).toContain('不同意计入：没有说明');
    expect(within(page).queryByRole('button', { name: '改为同意计入' })).toBeNull();
  });

  it('is published, as data and in the workbook, where it is inert', async () => {
    expect(rowOf(summary, 'sfj', '2023-01').admission).toMatchObject({ kind: 'admitted', reason: nasty });
    expect(rowOf(summary, 'sfj2', '2023-01').admission).toMatchObject({ kind: 'declined' });
    expect(rowOf(summary, 'sfj', '2023-02')).toMatchObject({ admission: null, extension: null });
    expect(rowOf(summary, 'sfj2', '2023-03').extension).toMatchObject({ reason: '统一延期' });
    const { sheets } = await readWorkbook(files.get('summary.xlsx')!);
    const texts = sheets
      .filter(({ name }) => name === '待处理校验结果')
      .flatMap(({ cells }) => cells.map(({ value }) => (value.kind === 'text' ? value.text : '')));
    expect(texts).toEqual(expect.arrayContaining(['同意计入', `'${nasty}`, '不同意计入', '统一延期']));
    expect(texts.filter((text) => text === '统一延期')).toHaveLength(1);
  });

  it.skipIf(!isHere('python3', '--version'))(
    'is held against the ledger by both verifiers, which find what was changed, left out or added',
    async () => {
      expect(await saidByBoth(files)).toEqual(soundByBoth);
      const { admission } = rowOf(summary, 'sfj', '2023-01');
      const edits: [what: string, edit: (edited: Publication) => unknown, inPython: RegExp][] = [
        [
          'another reason',
          (one) => Object.assign(rowOf(one, 'sfj', '2023-01').admission!, { reason: '好' }),
          /sfj 2023-01: .*admission/,
        ],
        [
          'a decision left out',
          (one) => Object.assign(rowOf(one, 'sfj2', '2023-01'), { admission: null }),
          /sfj2 2023-01: .*admission/,
        ],
        [
          'that what was declined counts, since all got more time',
          (one) => Object.assign(rowOf(one, 'sfj2', '2023-01'), { standing: 'counting' }),
          /sfj2 2023-01: counts, and the legal office declined it/,
        ],
        [
          'one that nobody made',
          (one) => Object.assign(rowOf(one, 'sfj', '2023-02'), { admission }),
          /sfj 2023-02: .*admission/,
        ],
        [
          'another day',
          (one) =>
            Object.assign(rowOf(one, 'sfj', '2023-03').extension!, { until: '2023-06-01T00:00:00.000Z' }),
          /sfj 2023-03: .*extension/,
        ],
        [
          'an extension left out',
          (one) => Object.assign(rowOf(one, 'sfj', '2023-03'), { extension: null }),
          /sfj 2023-03: .*extension/,
        ],
      ];
      for (const [what, edit, inPython] of edits) {
        const said = await saidByBoth(withPublication(files, edit));
        expect([what, said.ours]).toEqual([what, expect.stringMatching(/returns: /)]);
        expect([what, said.inPython]).toEqual([what, expect.stringMatching(inPython)]);
      }
    },
  );
});

/** The address of the first upload that a page of a return links to. */
function rowOfUpload(markup: string): string {
  return /href="([^"]*\/uploads\/[0-9a-f]{16})"/.exec(markup)?.[1] ?? '';
}
