import { html } from 'hono/html';
import { type Catalogue, departmentOf } from '../../../shared/core/catalogue.ts';
import { monthOf, type Period, periodInWords, yearOf } from '../../../shared/core/period.ts';
import type { Html } from '../reply.ts';
import { returnAddress as addressOfReturn, uploadAddress as addressOfUpload } from './addresses.ts';

/** Which return is meant. */
export interface ReturnName {
  department: string;
  period: Period;
}

/** The page of one return. */
export function returnAddress({ department, period }: ReturnName): string {
  return addressOfReturn({ year: yearOf(period), department, period });
}

/** The page of one upload of a return, with what was found in it. */
export function uploadAddress({ department, period, upload }: ReturnName & { upload: string }): string {
  return addressOfUpload({ year: yearOf(period), department, period }, upload);
}

/** The department's name, or its id if the catalogue does not know it any more. */
export function departmentName(catalogue: Pick<Catalogue, 'departments'>, id: string): string {
  return departmentOf(catalogue as Catalogue, id)?.name ?? id;
}

/** The months as links to their returns; each says whose, for those who hear links without what is around them. */
export function monthLinks(name: string, periods: readonly ReturnName[]): Html {
  return html`${periods.map(
    (one, index) =>
      html`${index > 0 ? '、' : ''}<a class="short" href="${returnAddress(one)}"><span class="unseen">${name}</span>${monthOf(one.period)}月</a>`,
  )}`;
}

/** What a return is called: `市司法局2023年3月`. */
export function returnTitle(name: string, period: Period): string {
  return `${name}${periodInWords(period)}`;
}
