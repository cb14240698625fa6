import { z } from 'zod';
import { periodInWords } from '../../../shared/core/catalogue/period.ts';
import { type CheckCode, readCheckCode } from '../../../shared/core/ledger/check-code.ts';
import { returnOf } from '../../../shared/core/year/year-state.ts';
import { type Coded, type CodeSearch, findByCheckCode } from '../../use-cases/check-codes.ts';
import type { LedgerYear } from '../../use-cases/read-year.ts';
import { readers } from '../access/identity.ts';
import { departmentName, uploadAddress } from '../pages/addresses.ts';
import { figureCertificateAddress, publicationCertificateAddress } from '../pages/publication-addresses.ts';
import { htmlRoute, publicationNumber, yearParam } from '../route.ts';
import { searchPage } from './search-page.ts';

/** Leads from the check code on a printed sheet to the version, the publication or the figure that it shows. */
export const checkCodeRoute = htmlRoute(
  {
    path: '/:year/check-code',
    access: readers,
    params: yearParam,
    query: {
      code: z.string().max(100).catch(''),
      publication: publicationNumber.optional().catch(undefined),
    },
  },
  async ({ params, query, readYear, services, ...request }) => {
    const { state, chains } = await readYear(params.year);
    const code = readCheckCode(query.code);
    const number = query.publication;
    const found = code && (await findByCheckCode(code, { state, chains, number }, services.documents));
    const to = found?.found && addressOf(found.found, state);
    if (to !== undefined) return { kind: 'redirect', to };
    const complaint = complaintOn(code, found, state);
    const page = { typed: {}, state, page: 1, query: { kind: 'complaint' as const, complaint } };
    return { kind: 'page', body: searchPage({ ...request, services }, page), status: 404 };
  },
);

/** Undefined for a version of a return that is not expected any more: no page shows it. */
function addressOf(found: Coded, state: LedgerYear['state']): string | undefined {
  const { year } = state.catalogue;
  switch (found.kind) {
    case 'version': {
      const shown = returnOf(state, found)?.revisions.find(({ id, repeats }) =>
        [id, ...repeats.map((each) => each.id)].includes(found.upload),
      );
      return shown && uploadAddress(found, found.upload);
    }
    case 'publication':
      return publicationCertificateAddress(year, found.number);
    case 'figure':
      return figureCertificateAddress(year, found.number, found.indicator);
  }
}

function complaintOn(
  code: CheckCode | undefined,
  search: CodeSearch | undefined,
  { catalogue }: LedgerYear['state'],
): string {
  if (code === undefined || search === undefined) {
    return '校验码应是 16 位数字和字母，印在审签表、证明单的最下面，或者报告所附的“数据来源”里。';
  }
  const { found } = search;
  if (found?.kind === 'version') {
    const { department, period } = found;
    return `校验码 ${code} 是${departmentName(catalogue, department)}${periodInWords(period)}一次报送的，台账里有；现行指标目录不再要这份报表，所以没有它的页面。`;
  }
  const figures = 'figuresOf' in search ? search.figuresOf : [];
  const looked = figures.length === 0 ? '' : `，第 ${figures.join('、')} 次发布的各项数字里也没有`;
  return `${catalogue.year}年的报表和发布里没有校验码 ${code}${looked}。请核对是不是抄错、是不是这一年的；如果是证明单或报告上一个数的校验码，请同时填写是第几次发布。都没有错的，这张纸上的内容与台账不符。`;
}
