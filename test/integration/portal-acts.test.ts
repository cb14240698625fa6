import { within } from '@testing-library/dom';
import { beforeAll, describe, expect, it } from 'vitest';
import { listActs } from '../../functions/cli/commands/acts.ts';
import { recordDecision } from '../../functions/use-cases/office.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { payloadKindSchema } from '../../shared/core/ledger/event.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { actWords } from '../../shared/core/words.ts';
import type { RecordedAct } from '../../shared/core/year/acts.ts';
import { fieldsOf } from '../fixtures/hostile/dead-text.ts';
import { linksOf, openPage, rowsOf, textOf, visit } from '../fixtures/opened-page.ts';
import { openPortal, type PortalUser } from '../fixtures/portal.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { smallStore } from '../fixtures/small-store.ts';

const acts = '/2023/acts';
const ownActs = '/2023/departments/sfj/acts';
/** What runs in a browser, in Excel, or turns the direction of writing, if anybody lets it. */
const nasty = '=HYPERLINK("http://evil")<script>alert(1)</script>\u202e';
const ofOthers = '只有市司法局二处知道的事';

/** Of January nothing is taken after March without the office. */
const closedEarly: Catalogue = {
  ...smallCatalogue,
  periods: smallCatalogue.periods.map((one, index) => (index === 0 ? { ...one, cutOff: '2023-03-31' } : one)),
};

const store = smallStore(closedEarly);
let office: PortalUser;
let clerk: PortalUser;
const at = { at: '2023-04-20T01:00:00.000Z', by: '=赵<b>科长' } as const;

beforeAll(async () => {
  const late = await store.submit({ period: '2023-01', cases: '5', uploadedAt: '2023-04-19T01:00:00.000Z' });
  const upload = uploadId(late.event.happening.upload);
  const january = { department: 'sfj', period: '2023-01' } as const;
  const decide = (decision: Parameters<typeof recordDecision>[0], by = at) =>
    recordDecision(decision, by, store);
  await decide({ kind: 'return-admitted', ...january, upload, reason: nasty });
  const asked = { upload, about: 'cases', effect: 'counts-meanwhile', reason: '请核实' } as const;
  const { hash } = await decide({ kind: 'question-asked', ...january, ...asked });
  await decide({ kind: 'question-answered', ...january, question: hash, reason: '属实' });
  const until = '2023-05-20T15:59:59.999Z';
  const march = { department: 'sfj2', period: '2023-03' } as const;
  await decide({ kind: 'extension-requested', ...march, until, reason: ofOthers });
  await decide({ ...march, kind: 'deadline-extended', department: null, until, reason: '统一延期' });
  await store.submit({ ...march, cases: '-1', uploadedAt: '2023-04-21T01:00:00.000Z', uploader: '王五' });
  await store.issue('2023-04-22T01:00:00.000Z');
  const portal = openPortal(store, { now: '2023-04-25T01:00:00.000Z' });
  office = await portal.as('legal-office');
  clerk = await portal.as('department:sfj');
});

/** What the page lists. */
async function listed(user: PortalUser, address: string) {
  const table = within(await visit(user, address)).queryByRole('table');
  return table === null ? [] : rowsOf(table);
}

/** A file with its byte order mark, which `text()` would take off. */
async function csvAt(address: string): Promise<string> {
  const bytes = await (await office.get(address)).arrayBuffer();
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

const kindsIn = (rows: Record<string, string>[]) => rows.map(({ 事项 }) => 事项);

describe('办理记录', () => {
  it('tells every act of the year, the newest first, with who, when, about what and why', async () => {
    const rows = await listed(office, acts);
    expect(kindsIn(rows)).toEqual([
      ...['正式发布', '发布', '报送，被退回', '延期', '申请延期', '答复核实', '提出核实', '同意计入'],
      ...['报送，已接收', '启用指标目录'],
    ]);
    expect(rows[2]).toMatchObject({ 时间: '2023-04-21 09:00', 办理人: '王五' });
    expect(rows[3]).toMatchObject({
      部门与报告期: '全部部门2023年3月',
      内容: '延至 2023-05-20',
      原因: '统一延期',
    });
    expect(rows[5]).toMatchObject({ 原因: '属实', 内容: expect.stringContaining('核实：“') });
    expect(rows[7]).toMatchObject({ 办理人: at.by, 原因: expect.stringContaining('=HYPERLINK') });
  });

  it('runs nothing that somebody typed', async () => {
    const markup = await office.read(acts);
    expect(markup).not.toMatch(/<script>alert|<b>科长|\u202e/);
    expect(textOf(openPage(markup))).toContain('=赵<b>科长');
    const csv = await csvAt(`${acts}.csv`);
    expect(csv.startsWith('\ufeff')).toBe(true);
    for (const field of fieldsOf(csv).flat()) expect(field).not.toMatch(/^[=+\-@]|\u202e/);
  });

  it.each([
    ['a department', 'department=sfj2', ['报送，被退回', '延期', '申请延期']],
    ['a period', 'period=2023-01', ['答复核实', '提出核实', '同意计入', '报送，已接收']],
    ['a kind', 'kind=return-admitted', ['同意计入']],
    ['a person, by part of the name', 'person=%E7%8E%8B', ['报送，被退回']],
    ['the first day', 'from=2023-04-22', ['正式发布', '发布']],
    ['the last day, by the clock of the city', 'to=2023-04-19', ['报送，已接收', '启用指标目录']],
    ['several at once', 'department=sfj&kind=published', []],
  ])('is filtered by %s', async (_, query, expected) => {
    expect(kindsIn(await listed(office, `${acts}?${query}`))).toEqual(expected);
    const exported = JSON.parse(await office.read(`${acts}.json?${query}`)) as { acts: RecordedAct[] };
    expect(exported.acts.map(({ kind }) => actWords[kind])).toEqual(expected);
    expect(fieldsOf(await csvAt(`${acts}.csv?${query}`))).toHaveLength(expected.length + 1);
  });

  it('says which condition is wrong', async () => {
    const answer = await office.get(`${acts}?kind=nothing`);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('事项')]);
  });

  it('shows a department what is its own and extensions for all, and nothing of others', async () => {
    const rows = await listed(clerk, ownActs);
    const own = ['延期', '答复核实', '提出核实', '同意计入', '报送，已接收'];
    expect(kindsIn(rows)).toEqual(own);
    const year = await visit(clerk, '/2023/departments/sfj');
    expect(linksOf(year)).toContainEqual(['本部门办理记录', ownActs]);
    for (const address of [ownActs, `${ownActs}.csv`, `${ownActs}.json`, '/api/2023/acts']) {
      expect(await clerk.read(address)).not.toContain(ofOthers);
      expect(await clerk.read(address)).not.toContain('王五');
    }
    expect((await clerk.get('/api/2023/acts?department=sfj2')).status).toBe(403);
    expect(kindsIn(await listed(office, ownActs))).toEqual(own);
  });

  it('is answered to programs, page by page', async () => {
    const answer = JSON.parse(await office.read('/api/2023/acts?kind=question-answered'));
    expect(answer.items).toMatchObject([
      { about: 'cases', effect: 'counts-meanwhile', version: 1, reason: '属实', by: at.by },
    ]);
    expect(JSON.parse(await office.read('/api/2023/acts?limit=2'))).toMatchObject({ total: 10 });
  });

  it.each([
    ['json', '"return-admitted"'],
    ['csv', "'=HYPERLINK"],
    ['table', '1 acts'],
  ] as const)(
    'is printed by the command line as %s, with nothing that a terminal obeys',
    async (form, said) => {
      const lines: string[] = [];
      const { write } = process.stdout;
      process.stdout.write = ((text: string) => lines.push(text) > 0) as typeof write;
      try {
        const workplace = { ...store, year: 2023 } as unknown as Parameters<typeof listActs>[1];
        await listActs({ kind: 'return-admitted', [form]: true }, workplace);
      } finally {
        process.stdout.write = write;
      }
      expect(lines.join('')).toContain(said);
      expect(lines.join('')).not.toMatch(/\u202e/);
    },
  );

  it('has a word for every kind, no two alike', () => {
    expect(new Set(Object.values(actWords)).size).toBe(payloadKindSchema.options.length);
  });
});
