import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { within } from '@testing-library/dom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../functions/portal/access/identity.ts';
import { recordDecision } from '../../functions/use-cases/office.ts';
import { readYear } from '../../functions/use-cases/read-year.ts';
import type { StoredRecord } from '../../functions/use-cases/records/search-records.ts';
import { keepReminderList } from '../../functions/use-cases/stores/reminder-store.ts';
import { stages } from '../../infra/stages.ts';
import { exampleCatalogueFile, loadCatalogue } from '../../shared/catalogue/load.ts';
import { catalogueSchema } from '../../shared/core/catalogue/checks.ts';
import { instantOf } from '../../shared/core/catalogue/period.ts';
import { uploadId } from '../../shared/core/ledger/upload.ts';
import { usualList } from '../../shared/core/reminders/contacts.ts';
import { sha256 } from '../../shared/core/values/digest.ts';
import { returnOf } from '../../shared/core/year/year-state.ts';
import { writeDocx } from '../../shared/report/docx.ts';
import { adoptIn } from '../fixtures/adopted.ts';
import { bundledFunctions } from '../fixtures/bundled-functions.ts';
import { deployedFunction, invoke } from '../fixtures/deployed-function.ts';
import { DeployedPortal, storeFormIn } from '../fixtures/deployed-portal.ts';
import { startFunctionStarter } from '../fixtures/function-starter.ts';
import type { HttpRequest } from '../fixtures/http-api.ts';
import { startMailServer } from '../fixtures/mail-server.ts';
import { motoIsHere } from '../fixtures/moto.ts';
import { formOf, openPage } from '../fixtures/opened-page.ts';
import { type RunningCity, startCity } from '../fixtures/running-city.ts';
import { sampleUploads } from '../fixtures/sample-uploads.ts';
import { madeScan } from '../fixtures/scans.ts';
import { smallCatalogue } from '../fixtures/small-catalogue.ts';
import { startTokenIssuer, type TokenIssuer } from '../fixtures/token-issuer.ts';
import { templateOf } from '../fixtures/word-documents.ts';

const catalogue = loadCatalogue(exampleCatalogueFile);
const clerk: Identity = { subject: '1', name: '张三（司法局）', roles: ['department'], department: 'sfj' };
const official: Identity = { subject: '2', name: '王主任', roles: ['legal-office'], department: null };
const month = '/2023/departments/sfj/2023-03';

/** So that an upload of today is in time, and none is overdue: moto is slow to announce hundreds of them. */
async function extendDeadlines({ ledger, documents }: RunningCity): Promise<void> {
  const act = { kind: 'deadline-extended', until: '2100-01-01T00:00:00.000Z', reason: '测试' } as const;
  for (const { period } of catalogue.periods) {
    const entry = { at: instantOf(new Date()), by: '法制科' };
    await recordDecision({ ...act, department: null, period }, entry, { ledger, documents });
  }
}

/** The harder of the two partitions; `aws.test.ts` goes through all else, each night in both. */
const places = [{ stage: 'production-cn', region: 'cn-north-1' }];

describe.skipIf(!motoIsHere).each(places)('the portal of $stage in $region, in moto', ({ stage, region }) => {
  let city: RunningCity;
  let portal: DeployedPortal;
  let issuer: TokenIssuer;
  const endings: (() => unknown)[] = [];

  beforeAll(async () => {
    issuer = await startTokenIssuer();
    endings.push(issuer.stop);
    const { portal: signIn } = stages.find(({ name }) => name === stage)!;
    const reminders = { schedule: 'cron(0 9-18 * * ? *)' };
    const changes = { portal: { ...signIn, issuer: issuer.issuer }, reminders };
    city = await startCity({ stage, region, bundles: await bundledFunctions(), changes });
    endings.push(() => city.stack.stop());
    await adoptIn(city, catalogue);
    await extendDeadlines(city);
    const starter = await startFunctionStarter([city.publish]);
    endings.push(starter.stop);
    portal = await DeployedPortal.of(city, starter.endpoint);
    endings.push(() => portal.stop());
  });
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });

  it('is given what it reads, and sends whoever is not signed in to the issuer of its stage', async () => {
    const { outputs } = city.stack;
    expect(city.portal.configuration.FunctionName).toBe(outputs.PortalFunction);
    expect(city.portal.environment).toMatchObject({
      PORTAL_ORIGIN: outputs.PortalAddress,
      PORTAL_SECRET: outputs.PortalSecret,
      PUBLISH_FUNCTION: outputs.PublishFunction,
      OIDC_ISSUER: issuer.issuer,
    });
    const [page, signIn, question] = await portal.ask(
      { url: month },
      { url: '/sign-in' },
      { url: '/api/2023/records' },
    );
    expect(page).toMatchObject({ status: 303, headers: { location: expect.stringMatching(/^\/sign-in\?/) } });
    const elsewhere = new URL(signIn?.headers.location ?? '');
    expect(elsewhere.href).toContain(`${issuer.issuer}/authorize?`);
    expect(elsewhere.searchParams.get('redirect_uri')).toBe(`${portal.origin}/sign-in/callback`);
    expect(question).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  });

  it('takes a workbook from a page by way of S3, its queue and ingest, to the page of its result', async () => {
    const [sample] = await sampleUploads(
      catalogue,
      ({ department, period }) => department === 'sfj' && period === '2023-03',
    );
    const { cookies } = await portal.signIn(clerk);
    const [page] = await portal.ask({ url: month, cookies });
    expect(page?.headers['content-security-policy']).toContain(`form-action 'self' ${city.stack.endpoint};`);
    const form = storeFormIn(page?.text ?? '');
    expect(form.fields.key).toMatch(/^uploads\/sfj\/2023-03\/[0-9a-f]{32}\/sfj-2023-03\.xlsx$/);
    const waiting = await city.post(form, sample!.bytes);
    expect(waiting).toContain(`${portal.origin}${month}/uploads/received?token=`);

    const [arrived] = await portal.ask({ url: waiting, cookies });
    const [before] = await portal.ask({ url: arrived?.headers.location ?? '', cookies });
    expect(before?.text).toContain('正在检查');
    const messages = (await city.queue.receiveAll()).filter(({ body }) => !body.includes('s3:TestEvent'));
    const { answers, log } = await city.deliver(messages);
    expect(answers, log).toEqual([{ answer: { batchItemFailures: [] } }]);
    await city.queue.delete(messages);

    const { state } = await readYear(city, 2023);
    const counting = returnOf(state, { department: 'sfj', period: '2023-03' })?.counting?.upload;
    expect(counting).toMatchObject({
      key: form.fields.key,
      uploader: clerk.name,
      fileName: 'sfj-2023-03.xlsx',
    });
    const [after] = await portal.ask({ url: waiting, cookies });
    const address = after?.headers.location ?? '';
    expect({ status: after?.status, address }).toEqual({
      status: 303,
      address: `${month}/uploads/${uploadId(counting!)}`,
    });
    const [result, original] = await portal.ask(
      { url: address, cookies },
      { url: `${address}/original`, cookies },
    );
    expect(result?.text).toContain('已接收，计入汇总');
    expect(original?.status).toBe(303);
    const fetched = await fetch(original?.headers.location ?? '');
    expect(Buffer.from(await fetched.arrayBuffer()).equals(Buffer.from(sample!.bytes))).toBe(true);
  });

  it('takes the scan of its signed sheet by way of S3 too, looks at it when the browser is back, and keeps it', async () => {
    const { cookies, formToken } = await portal.signIn(clerk);
    const [page] = await portal.ask({ url: month, cookies });
    const form = storeFormIn(page?.text ?? '', 'incoming');
    const scan = madeScan('jpeg');
    const waiting = await city.post(form, scan);
    const [, upload = '', token = ''] =
      /\/uploads\/([0-9a-f]{16})\/scans\/received\?token=([0-9a-f]{32})/.exec(waiting) ?? [];
    const [arrived] = await portal.ask({ url: waiting, cookies });
    expect(arrived?.text).toContain('还差一步');
    const address = `${month}/uploads/${upload}`;
    const filing: HttpRequest = {
      method: 'POST',
      url: `${address}/scans/received`,
      cookies,
      form: { _form: formToken, token },
    };
    const [filed] = await portal.ask(filing);
    expect(filed).toMatchObject({ status: 303, headers: { location: `${address}#signing` } });
    const { state } = await readYear(city, 2023);
    const [kept, ...others] = returnOf(state, { department: 'sfj', period: '2023-03' })!.counting!.scans;
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ by: clerk.name, kind: 'jpeg', sha256: sha256(scan), size: scan.length });
    const [fetching] = await portal.ask({ url: `${address}/scans/${sha256(scan)}`, cookies });
    const signed = new URL(fetching?.headers.location ?? '');
    expect(signed.searchParams.get('response-content-type')).toBe('image/jpeg');
    expect(signed.searchParams.get('response-content-disposition')).toMatch(/^attachment; /);
    const fetched = await fetch(signed);
    expect(Buffer.from(await fetched.arrayBuffer()).equals(scan)).toBe(true);
    await city.post(form, Buffer.from('<script>alert(1)</script>'));
    const [refused] = await portal.ask(filing);
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('不是 PDF、JPEG 或 PNG') });
    // S3 tells of uploads alone; the stand-in tells of everything.
    const messages = await city.queue.receiveAll();
    await city.queue.delete(messages);
  });

  it('answers an auditor’s program with that very upload, and nobody whose token is for something else', async () => {
    const auditor = { name: '审计员', indicators_role: 'auditor' };
    const token = (audience: string) => issuer.issue(auditor, audience);
    const url = '/api/2023/records?department=sfj&period=2023-03&limit=200';
    const [answer, refused] = await portal.ask(
      { url, headers: { authorization: `Bearer ${await token(portal.origin)}` } },
      { url, headers: { authorization: `Bearer ${await token('https://elsewhere.example')}` } },
    );
    const { state } = await readYear(city, 2023);
    const { upload, observations } = returnOf(state, { department: 'sfj', period: '2023-03' })!.counting!;
    const { items } = JSON.parse(answer?.text ?? '{}') as { items: StoredRecord[] };
    const facts = ({ indicator, value }: { indicator: string; value?: string | null }) => [
      indicator,
      value ?? null,
    ];
    expect(items.map(facts).sort()).toEqual(observations.map(facts).sort());
    expect(new Set(items.map((item) => `${item.upload} ${item.sha256} ${item.uploader}`))).toEqual(
      new Set([`${uploadId(upload)} ${upload.sha256} ${clerk.name}`]),
    );
    expect(refused?.status).toBe(401);
  });

  it('publishes in the name of whoever asks for it, by way of the function that may', async () => {
    const { cookies, formToken: _form } = await portal.signIn(official);
    const publishing = { method: 'POST', url: '/2023/publications', cookies, form: { _form } } as const;
    const [asked] = await portal.ask(publishing);
    expect(asked).toMatchObject({ status: 303, headers: { location: '/2023/publications?done=published' } });
    const events = await city.ledger.read('2023/office');
    const published = events.filter(({ happening }) => happening.kind === 'published');
    expect(published.map(({ by }) => by)).toEqual([official.name]);
    const file = await city.documents.get('publications/2023/0001/summary.json');
    expect(JSON.parse(Buffer.from(file ?? []).toString()).publishedBy).toBe(official.name);
  });

  it('adopts a template of the report, writes the report into it, and holds that against the ledger', async () => {
    const office = await portal.signIn(official);
    const { cookies, formToken: _form } = office;
    const template = { name: '模板.docx', bytes: writeDocx(templateOf('办理【法律援助案件办理】件。')) };
    const kept = await portal.postFile(office, '/2023/report/templates', template);
    const url = `${kept.headers.location}/adoption`;
    const [adopted, made] = await portal.ask(
      { method: 'POST', url, cookies, form: { _form, reason: '启用' } },
      { url: '/2023/publications/1/report.docx', cookies },
    );
    expect(adopted?.headers.location).toBe('/2023/report?done=adopted');
    const report = { name: '报告.docx', bytes: made!.bytes };
    const checked = await portal.postFile(office, '/2023/report/check', report);
    expect(checked.text).toContain('1 个数与台账一致，没有要看的。');
  });

  it('corrects a return on the page by a workbook that goes the way of every other', async () => {
    const { cookies, formToken } = await portal.signIn(clerk);
    const counting = async () =>
      returnOf((await readYear(city, 2023)).state, { department: 'sfj', period: '2023-03' })!.counting!;
    const url = `${month}/uploads/${(await counting()).id}/correction`;
    const [page] = await portal.ask({ url, cookies });
    const { fields } = formOf(within(openPage(page?.text ?? '')).getByRole('button', { name: '提交更正' }));
    const form = { ...fields, _form: formToken, 'figure.legal-aid-cases': '1,234' };
    const [answer] = await portal.ask({ method: 'POST', url, cookies, form });
    const [, token] = /\/uploads\/received\?token=([0-9a-f]{32})$/.exec(answer?.headers.location ?? '') ?? [];
    await city.noteUpload(`uploads/sfj/2023-03/${token}/sfj-2023-03.xlsx`);
    const messages = await city.queue.receiveAll();
    expect((await city.deliver(messages)).answers).toEqual([{ answer: { batchItemFailures: [] } }]);
    await city.queue.delete(messages);
    const { number, observations, upload } = await counting();
    expect([number, upload.uploader]).toEqual([2, clerk.name]);
    const cases = observations.find(({ indicator }) => indicator === 'legal-aid-cases');
    expect(cases).toMatchObject({ value: '1234' });
  });

  it('finds on the page of verification that all is as it was recorded', async () => {
    const { cookies, formToken } = await portal.signIn(official);
    const [verified] = await portal.ask({
      method: 'POST',
      url: '/2023/verification',
      cookies,
      form: { _form: formToken },
    });
    expect(verified?.status).toBe(200);
    expect(verified?.text).toContain('<strong>完好</strong>');
  });

  it('shows a clerk nothing of another department, and lets none publish', async () => {
    const { cookies, formToken } = await portal.signIn(clerk);
    const answers = await portal.ask(
      { url: '/2023/departments/gaj/2023-03', cookies },
      { url: '/2023', cookies },
      { method: 'POST', url: '/2023/publications', cookies, form: { _form: formToken } },
    );
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  it('reminds by the mail server in its secret who lacks something of last year, which the portal then shows', async () => {
    const { outputs, clients, physicalIds } = city.stack;
    const year = new Date().getFullYear() - 1;
    const [before, after] = [String(year), String(year + 1)];
    const text = JSON.stringify(smallCatalogue).replaceAll('2024', '<after>').replaceAll('2023', before);
    await adoptIn(city, catalogueSchema.parse(JSON.parse(text.replaceAll('<after>', after))));
    const contacts = [{ department: 'sfj', name: '张三', mail: 'sfj@example.gov.cn' }];
    await keepReminderList({ ...usualList, contacts }, city.documents);
    const { smtp, taken } = await startMailServer();
    const secret = { SecretId: outputs.RemindersSecret, SecretString: JSON.stringify({ smtp }) };
    await clients.secretsManager.send(new PutSecretValueCommand(secret));
    const [id = ''] = [...physicalIds].find(([, name]) => name === outputs.RemindFunction) ?? [];
    const remind = await deployedFunction(city.stack, id);
    const { answers, log } = await invoke(remind, [{ kind: 'hourly' }, { kind: 'hourly' }]);
    expect(
      answers.some((answer) => 'fault' in answer),
      log,
    ).toBe(false);
    expect(taken.map(({ to }) => to)).toEqual([['sfj@example.gov.cn']]);
    expect(taken[0]!.text).toContain(`办理页面：${portal.origin}/${year}/departments/sfj`);
    const { cookies } = await portal.signIn(official);
    const [page] = await portal.ask({ url: `/${year}/reminders`, cookies });
    expect(page?.text).toContain('已发出，1 个地址');
    expect(page?.text).toContain('由部署的定时任务自动发送');
  });
});

if (!motoIsHere) console.warn('skipped: moto_server, which stands in for AWS, is not here');
