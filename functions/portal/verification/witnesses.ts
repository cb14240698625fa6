import { html } from 'hono/html';
import { z } from 'zod';
import { type Instant, localTime } from '../../../shared/core/catalogue/period.ts';
import type { Chain } from '../../../shared/core/ledger/event.ts';
import { keyFingerprint, type WitnessStatement } from '../../../shared/core/ledger/witness.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import {
  type KeptStatement,
  newestStatement,
  newestStatements,
  statementFile,
  statementName,
  statementOf,
} from '../../use-cases/stores/witness-store.ts';
import { chainsWitnessed, holdAgainst, readWitness, type Witness } from '../../use-cases/verify/witnesses.ts';
import { readers } from '../access/identity.ts';
import { newestWitnessAddress } from '../pages/addresses.ts';
import { fileField, givenFile } from '../pages/file-field.ts';
import { formTokenField } from '../pages/form-fields.ts';
import { scrollingTable } from '../pages/table.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, Reply } from '../reply.ts';
import { htmlRoute, type RequestContext, type Route } from '../route.ts';
import { checkedInWords } from './fault-words.ts';
import { faultList } from './outcome.ts';
import type { Outcome, VerifiedYear } from './raw-chains.ts';

/** So many statements are listed; the others lie in the data, and outside. */
const mostListed = 30;

/** The statements that are offered on the page of the verification. */
export function listedStatements(request: Pick<RequestContext, 'services'>): Promise<KeptStatement[]> {
  return newestStatements(request.services.documents, mostListed);
}

/** What a witness is, those that were signed, and where one that was kept is held against the ledger. */
export function witnessSection(
  request: Pick<RequestContext, 'formToken'>,
  { catalogue, statements }: { catalogue: VerifiedYear; statements: readonly KeptStatement[] },
): Html {
  return html`<section aria-labelledby="witnesses"><h2 id="witnesses">签名的见证</h2>
<p>见证写明某一时刻全部台账链各有多少条、链尾指纹是什么，并且有签名。每天和每次发布都会签一份。留在本系统里的见证证明不了什么：谁能重写整个文件夹，谁就能把它一起重写。请把它保存到管理员够不着的地方，例如审计机关、各部门自己的电脑。</p>
${statementsTable(statements, catalogue)}
<form class="card" method="post" action="/${catalogue.year}/verification/witness" enctype="multipart/form-data">
${formTokenField(request)}
<p>把以前保存的见证拿来对照：签名的见证、某次发布的 manifest.json、导出的台账都可以。文件只读不存。</p>
<p>${fileField({ label: '见证文件', accept: '.json,.jsonl' })}</p>
<p><button type="submit">与台账对照</button></p>
</form></section>`;
}

function statementsTable(statements: readonly KeptStatement[], { utcOffset }: VerifiedYear): Html {
  const [newest] = statements;
  if (newest === undefined) {
    return html`<p>还没有签名的见证。单机运行时，每天和每次发布都会签署；也可以请管理员运行 <code class="key">npx indicators witness -o witness.json</code>。</p>`;
  }
  const fingerprint = newest.statement && keyFingerprint(newest.statement.publicKey);
  const row = ({ key, statement }: KeptStatement): Html =>
    statement === undefined
      ? html`<tr><th scope="row" class="key">${key}</th><td colspan="3">不是见证：文件被改动</td></tr>`
      : html`<tr><th scope="row"><a href="/witness/${statementName(statement.number)}">第 ${statement.number} 份</a></th>
<td class="short">${localTime(statement.at, utcOffset)}</td><td class="number">${statement.heads.length}</td>
<td class="number">${statement.heads.reduce((sum, { length }) => sum + length, 0)}</td></tr>`;
  const offered =
    fingerprint &&
    html`<p><a class="button" href="${newestWitnessAddress}">下载最新的见证</a></p>
<p>签名密钥指纹（SHA-256）：<span class="key hash">${fingerprint}</span>。请另外抄录留存，核验时对照。</p>`;
  return html`${offered ?? ''}
${scrollingTable('签名的见证，新的在前', {
  head: html`<tr><th scope="col">见证</th><th scope="col">签名时间</th><th scope="col" class="number">台账链</th><th scope="col" class="number">记录</th></tr>`,
  rows: statements.map(row),
})}`;
}

/** A witness that somebody brought, held against the ledger. */
export interface HeldWitness {
  witness: Witness;
  outcome: Outcome;
  at: Instant;
}

/** Holds the file that a form carries against all chains that it tells of; throws a `PortalError` if it tells of none. */
export async function holdGivenFile(
  request: RequestContext<unknown, unknown, { file?: unknown }>,
): Promise<HeldWitness> {
  const file = givenFile(request.form.file, '见证文件');
  const witness = readWitness(file.name, await file.text());
  if (witness === undefined) {
    throw new PortalError(
      'malformed',
      `“${file.name}”里没有链尾：请选择签名的见证、某次发布的 manifest.json 或者导出的台账。`,
    );
  }
  const names = [...chainsWitnessed([witness])];
  const read = async (chain: Chain) => [chain, await request.services.rawEvents(chain)] as const;
  const chains = new Map(await Promise.all(names.map(read)));
  const { checked, faults } = holdAgainst({ witnesses: [witness], chains });
  return { witness, outcome: { sound: faults.length === 0, checked, faults }, at: request.now };
}

/** What holding it came to: who signed what and when, and what of it is not in the ledger any more. */
export function heldCard({ witness, outcome, at }: HeldWitness, catalogue: VerifiedYear): Html {
  const { sound, checked, faults } = outcome;
  return html`<section class="card" aria-labelledby="held"><h2 id="held">与见证“<span class="typed">${witness.name}</span>”对照（${localTime(at, catalogue.utcOffset)}）</h2>
${
  sound
    ? html`<p class="notice good" role="status"><strong>一致</strong>：见证所记的每条台账链都在，没有被截短或改写。</p>`
    : html`<p class="notice bad" role="alert"><strong>发现 ${faults.length} 处不一致</strong>。请保留现状和这份见证，不要自行修复，并立即联系管理员和法制机构。</p>
${faultList(faults, catalogue)}`
}
<ul>${checked.map((line) => html`<li>${checkedInWords(line)}</li>`)}</ul>
${
  witness.kind === 'statement'
    ? html`<p>签名密钥指纹：<span class="key hash">${keyFingerprint(witness.statement.publicKey)}</span>。请与您以前抄录的对照：不是同一个，签名就不能说明什么。</p>`
    : html`<p>这份文件没有签名：它有多可信，取决于它一直保存在哪里。</p>`
}</section>`;
}

function statementReply(statement: WitnessStatement): Reply {
  const fileName = `台账见证-${statementName(statement.number)}`;
  return { kind: 'file', bytes: statementFile(statement), fileName, type: mediaTypes.json };
}

/** Statements as files: the newest for everybody who is signed in, so that departments hold it; older ones for readers. */
export const witnessFileRoutes: Route[] = [
  htmlRoute({ path: newestWitnessAddress, access: 'signed-in' }, async ({ services }) => {
    const newest = await newestStatement(services.documents);
    if (newest?.statement !== undefined) return statementReply(newest.statement);
    throw new PortalError('not-found', '还没有签名的见证：每天和每次发布签署一份，请以后再来。');
  }),
  htmlRoute(
    {
      path: '/witness/:statement',
      access: readers,
      params: { statement: z.string().regex(/^[0-9]{6}\.json$/) },
    },
    async ({ services, params }) => {
      const kept = await statementOf(Number.parseInt(params.statement, 10), services.documents);
      if (kept !== undefined) return statementReply(kept);
      throw new PortalError('not-found', '没有这份见证，或者它已被改动。');
    },
  ),
];
