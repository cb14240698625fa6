import { describe, expect, it, vi } from 'vitest';
import { createIngestHandler } from '../../../functions/lambda/ingest/handler.ts';
import type { Fetched, FetchUpload } from '../../../functions/lambda/ingest/upload-storage.ts';
import { recordDecision } from '../../../functions/use-cases/office.ts';
import type { Announce } from '../../../shared/adapters/eventbridge-announcer.ts';
import { adoptedAlone } from '../../../shared/core/catalogue/adoption.ts';
import { isEvent } from '../../../shared/core/ledger/event.ts';
import type { Ledger } from '../../../shared/core/ledger/ports.ts';
import { foldYear, returnOf } from '../../../shared/core/year/year-state.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout } from '../../../shared/workbook/layout.ts';
import { adoptInMemory } from '../../fixtures/adopted.ts';
import { inMemoryPorts } from '../../fixtures/in-memory-ports.ts';
import { instruments } from '../../fixtures/lambda.ts';
import { batch, lambdaContext, message, s3Record } from '../../fixtures/s3-events.ts';
import { smallCatalogue } from '../../fixtures/small-catalogue.ts';

const form = formLayout(smallCatalogue, { department: 'sfj', period: '2023-03' });
const filled = (cases: string) =>
  writeForm(form, {
    figures: new Map(
      Object.entries({ cases, money: '1.5', buses: '3' }).map(([id, text]) => [
        id,
        { content: { kind: 'number', text } },
      ]),
    ),
    lists: new Map([['works', [{ content: { kind: 'text', text: '《作品》' } }]]]),
    signature: { preparer: '王秘密', reviewer: '李四', telephone: '0818-1', correctionNote: '' },
    banner: '',
  });
const good = await filled('7');

const key = 'uploads/sfj/2023-03/3月 月报+.xlsx';
const upload = { key, version: 'v1', size: good.length, uploadedAt: '2023-04-03T01:15:00.123Z' };
const now = '2023-04-03T01:15:09.000Z';

function bytesFor(bytes: Uint8Array, uploader: string | undefined = '张三'): Fetched {
  return { kind: 'bytes', bytes, uploader };
}

interface Given {
  fetchUpload?: FetchUpload;
  ledger?: Partial<Ledger>;
  announce?: Announce;
}

function functionUnderTest(given: Given = {}) {
  const ports = inMemoryPorts();
  adoptInMemory(ports, smallCatalogue);
  const fetchUpload = vi.fn<FetchUpload>(given.fetchUpload ?? (async () => bytesFor(good)));
  const tools = instruments();
  const handler = createIngestHandler({
    bucket: 'uploads',
    ledger: { ...ports.ledger, ...given.ledger },
    documents: ports.documents,
    fetchUpload,
    now: () => now,
    ...tools,
    announce: given.announce ?? tools.announce,
  });
  const events = (chain = '2023/sfj') => ports.events.get(chain) ?? [];
  return { handler, fetchUpload, ...ports, ...tools, recorded: events };
}

const failed = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('the ingest function', () => {
  it('takes in the exact version of an upload: recorded, fed back, announced, measured', async () => {
    const under = functionUnderTest();
    const sentAt = Date.parse(now) - 8000;
    const event = batch(message('m1', { Records: [s3Record(upload)] }, sentAt));
    expect(await under.handler(event, lambdaContext())).toEqual(failed());
    expect(under.fetchUpload).toHaveBeenCalledWith(expect.objectContaining({ key, version: 'v1' }), 10485760);
    const [recorded] = under.recorded();
    expect(recorded).toMatchObject({ at: now, by: 'ingest' });
    expect(recorded?.happening).toMatchObject({
      kind: 'return-accepted',
      upload: { key, version: 'v1', uploader: '张三', uploadedAt: upload.uploadedAt, size: good.length },
    });
    const [announced] = under.announced;
    expect(announced?.type).toBe('return accepted');
    expect(announced?.detail).toMatchObject({ department: 'sfj', period: '2023-03', findings: 1 });
    const folder = String(announced?.detail.feedback);
    expect((await under.documents.list(folder)).map((file) => file.key.slice(folder.length))).toEqual([
      'feedback.json',
      '校验结果.xlsx',
    ]);
    expect([under.count('UploadsAccepted'), under.count('UploadsRefused')]).toEqual([1, 0]);
    expect([under.count('QueueAge'), under.count('UploadsLate')]).toEqual([8000, 0]);
  });

  it('logs which upload, department and period, but no figure, no name of a person or a file', async () => {
    const under = functionUnderTest({ fetchUpload: async () => bytesFor(await filled('98765432')) });
    await under.handler(batch(message('m1', { Records: [s3Record(upload)] })), lambdaContext());
    expect(under.log()).toMatch(/"department":"sfj","period":"2023-03"/);
    expect(under.log()).toMatch(/"upload":"[0-9a-f]{16}"/);
    expect(under.log()).not.toMatch(/98765432|王秘密|张三|作品|月报/);
    expect(JSON.stringify(under.announced)).not.toMatch(/98765432|王秘密|张三|作品/);
  });

  it('refuses a bad file on record, and acknowledges it', async () => {
    const under = functionUnderTest({ fetchUpload: async () => bytesFor(new Uint8Array([1, 2, 3])) });
    const event = batch(message('m1', { Records: [s3Record(upload)] }));
    expect(await under.handler(event, lambdaContext())).toEqual(failed());
    expect(under.recorded().map(({ happening }) => happening.kind)).toEqual(['return-refused']);
    expect(under.announced.map(({ type }) => type)).toEqual(['return refused']);
    expect(under.count('UploadsRefused')).toBe(1);
  });

  it('does not read a file that is too large, and refuses it on record', async () => {
    const under = functionUnderTest();
    const huge = { ...upload, size: 10 * 1024 * 1024 + 1 };
    await under.handler(batch(message('m1', { Records: [s3Record(huge)] })), lambdaContext());
    expect(under.fetchUpload).not.toHaveBeenCalled();
    const [event] = under.recorded();
    expect(event !== undefined && isEvent(event, 'return-refused') && event.happening).toMatchObject({
      upload: { sha256: null, size: huge.size, uploader: 'AWS:AIDAEXAMPLE' },
      findings: [{ rule: 'file-too-large' }],
    });
  });

  it('refuses one that turns out too large, and one whose key is malformed, for their department', async () => {
    const fetchUpload: FetchUpload = async () => ({ kind: 'too-large', size: 2e7, uploader: '张三' });
    const under = functionUnderTest({ fetchUpload });
    const malformed = s3Record(upload) as { s3: { object: { key: string } } };
    malformed.s3.object.key = 'uploads/sfj/2023-03/100%.xlsx';
    const event = batch(message('m1', { Records: [s3Record(upload), malformed] }));
    expect(await under.handler(event, lambdaContext())).toEqual(failed());
    expect(under.recorded()[0]?.happening).toMatchObject({ upload: { size: 2e7, uploader: '张三' } });
    expect(under.recorded()[1]?.happening).toMatchObject({ findings: [{ rule: 'address-malformed' }] });
  });

  it('refuses a year without a catalogue by the newest one', async () => {
    const under = functionUnderTest({ fetchUpload: async () => bytesFor(new Uint8Array([1])) });
    const early = { ...upload, key: 'uploads/sfj/2019-03/a.xlsx' };
    await under.handler(batch(message('m1', { Records: [s3Record(early)] })), lambdaContext());
    expect(under.recorded('2023/unaddressed')[0]?.happening).toMatchObject({
      findings: [{ rule: 'file-is-not-a-workbook' }, { rule: 'address-unknown-period' }],
    });
  });

  it('lets no bad record fail the batch, and tells of each', async () => {
    const fetchUpload: FetchUpload = async ({ version }) =>
      version === 'gone' ? { kind: 'gone' } : bytesFor(good);
    const under = functionUnderTest({ fetchUpload });
    const event = batch(
      message('m1', 'no JSON'),
      message('m2', { Service: 'Amazon S3', Event: 's3:TestEvent' }),
      message('m3', { Records: [s3Record({ ...upload, version: 'gone' })] }),
      message('m4', { Records: [s3Record(upload)] }),
    );
    expect(await under.handler(event, lambdaContext())).toEqual(failed());
    expect(under.recorded()).toHaveLength(1);
    expect([under.count('UnusableRecords'), under.count('UploadsGone')]).toEqual([1, 1]);
    expect(under.log()).toContain('the upload is gone');
    // What is dropped is nowhere else any more.
    const dropped = under
      .log()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ body }) => body !== undefined);
    expect(dropped.map(({ body }) => body)).toEqual([
      'no JSON',
      expect.stringContaining('"versionId":"gone"'),
    ]);
  });

  it('sends only the record with a transient fault back to the queue', async () => {
    const fetchUpload: FetchUpload = async ({ version }) => {
      if (version === 'v2') throw new Error('SlowDown');
      return bytesFor(good);
    };
    const under = functionUnderTest({ fetchUpload });
    const event = batch(
      ...['v1', 'v2', 'v3'].map((version) =>
        message(version, { Records: [s3Record({ ...upload, version })] }),
      ),
    );
    expect(await under.handler(event, lambdaContext())).toEqual(failed('v2'));
    expect(under.recorded()).toHaveLength(2);
    expect(under.log()).toMatch(/"messageId":"v2"/);
    expect(under.log()).toContain('SlowDown');
  });

  it('fails as a whole when it is itself at fault, so that the alarm sees it', async () => {
    const under = functionUnderTest();
    const { Records: _, ...empty } = batch(message('m1', { Records: [s3Record(upload)] }));
    await expect(under.handler(empty as never, lambdaContext())).rejects.toThrow('iterable');
  });

  it('records and announces once what is delivered twice, even to a ledger that was lost in between', async () => {
    const under = functionUnderTest();
    const event = batch(message('m1', { Records: [s3Record(upload)] }));
    await under.handler(event, lambdaContext());
    await under.handler(event, lambdaContext());
    expect(under.recorded()).toHaveLength(1);
    expect([under.count('UploadsAccepted'), under.count('UploadsRepeated')]).toEqual([1, 1]);
    under.events.delete('2023/sfj');
    await under.handler(event, lambdaContext());
    expect(under.recorded()).toHaveLength(1);
    expect(under.announced).toHaveLength(1);
  });

  it('announces at the next delivery what could not be announced at the first', async () => {
    const told = vi.fn<Announce>().mockRejectedValueOnce(new Error('ServiceUnavailable'));
    const under = functionUnderTest({ announce: told });
    const event = batch(message('m1', { Records: [s3Record(upload)] }));
    expect(await under.handler(event, lambdaContext())).toEqual(failed('m1'));
    expect(await under.handler(event, lambdaContext())).toEqual(failed());
    await under.handler(event, lambdaContext());
    expect(under.recorded()).toHaveLength(1);
    expect(told).toHaveBeenCalledTimes(2);
  });

  it('counts an upload after the day on which it was due as late', async () => {
    const under = functionUnderTest();
    const late = { ...upload, uploadedAt: '2023-04-10T16:00:00.000Z' };
    await under.handler(batch(message('m1', { Records: [s3Record(late)] })), lambdaContext());
    expect(under.count('UploadsLate')).toBe(1);
  });

  it('does not count as late what came within an extension', async () => {
    const under = functionUnderTest();
    const late = { ...upload, uploadedAt: '2023-04-10T16:00:00.000Z' };
    await recordDecision(
      {
        kind: 'deadline-extended',
        department: 'sfj',
        period: '2023-03',
        until: '2023-04-20T15:59:59.999Z',
        reason: '暴雪',
      },
      { at: now, by: '王五' },
      { ledger: under.ledger, documents: under.documents },
    );
    await under.handler(batch(message('m1', { Records: [s3Record(late)] })), lambdaContext());
    expect([under.count('UploadsAccepted'), under.count('UploadsLate')]).toEqual([1, 0]);
  });

  it.each([
    [['7', '8', '7'], [1, 2, 3], 'a file that came back after another counts'],
    [['7', '7'], [1, 1], 'the same file twice in a row is one revision'],
  ])('of versions with %j cases makes the revisions %j: %s', async (cases, revisions) => {
    const files = await Promise.all(cases.map(filled));
    const under = functionUnderTest({
      fetchUpload: async ({ version }) => bytesFor(files[Number(version)] ?? good),
    });
    for (const [index, { length: size }] of files.entries()) {
      const uploadedAt = `2023-04-03T01:15:0${index}.000Z`;
      const record = s3Record({ key, version: `${index}`, size, uploadedAt });
      await under.handler(batch(message(`m${index}`, { Records: [record] })), lambdaContext());
    }
    const state = foldYear(adoptedAlone(smallCatalogue), under.recorded());
    const found = returnOf(state, { department: 'sfj', period: '2023-03' });
    expect(found?.revisions).toHaveLength(Math.max(...revisions));
    expect(found?.counting?.number).toBe(revisions.at(-1));
    expect(found?.counting?.observations.find(({ indicator }) => indicator === 'cases')).toMatchObject({
      value: cases.at(-1),
    });
    const folder = String(under.announced.at(-1)?.detail.feedback);
    const feedback = String(Buffer.from((await under.documents.get(`${folder}feedback.json`))!));
    expect(feedback.includes('完全相同')).toBe(new Set(revisions).size < revisions.length);
  });

  it('begins nothing that it may not have the time to end', async () => {
    const under = functionUnderTest();
    const event = batch(message('m1', { Records: [s3Record(upload)] }));
    expect(await under.handler(event, lambdaContext(5000))).toEqual(failed('m1'));
    expect(under.recorded()).toHaveLength(0);
  });
});
