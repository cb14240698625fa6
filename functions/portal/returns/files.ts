import { html } from 'hono/html';
import { returnInWords } from '../../../shared/core/catalogue/period.ts';
import { isUploadEvent } from '../../../shared/core/ledger/event.ts';
import type { Feedback } from '../../../shared/core/ledger/receipt.ts';
import { uploadId } from '../../../shared/core/ledger/upload.ts';
import type { ReturnKey } from '../../../shared/core/returns/address.ts';
import { takenOverInWords } from '../../../shared/core/words.ts';
import { referenceFigures } from '../../../shared/core/year/reference-figures.ts';
import { takenOverSince } from '../../../shared/core/year/taken-over.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { referenceAsOf } from '../../use-cases/feedback.ts';
import { markedWorkbookKey, readReceipt } from '../../use-cases/stores/receipt-store.ts';
import { everybody } from '../access/identity.ts';
import {
  markedAddress,
  originalAddress,
  type ReturnPlace,
  returnPath,
  uploadPath,
} from '../pages/addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';
import { htmlRoute, type RequestContext, returnParams, uploadParams } from '../route.ts';
import { sendDocument } from '../send-document.ts';
import { type FoundReturn, type FoundUpload, findReturn, findUpload } from './found-return.ts';
import { reread } from './typed-anew.ts';

const onUpload = { access: everybody, params: uploadParams } as const;

/** A file as it was uploaded, byte for byte. */
export const originalRoute = htmlRoute({ path: `${uploadPath}/original`, ...onUpload }, async (request) => {
  const { upload } = findUpload(await findReturn(request), request.params.upload);
  return sendDocument(request, upload);
});

/** The workbook with what was typed, in which every cell with a finding is marked. */
export const markedRoute = htmlRoute({ path: `${uploadPath}/marked.xlsx`, ...onUpload }, async (request) => {
  const found = await findReturn(request);
  const upload = findUpload(found, request.params.upload);
  if (!hasMarkedWorkbook(upload)) {
    throw new PortalError('not-found', '这个文件没有标出问题的工作簿。');
  }
  const { department, period } = found.one;
  const place = { ...found.place, upload: upload.upload };
  const fileName = `${department.name}${returnInWords(period)}校验结果.xlsx`;
  const type = mediaTypes.xlsx;
  const receipt = await readReceipt(place, request.services.documents);
  if (receipt?.workbook !== null)
    return sendDocument(request, { key: markedWorkbookKey(place), version: null, fileName, type });
  return { kind: 'file', bytes: await unmarkedWorkbook(request, found, { upload, receipt }), fileName, type };
});

/** What was typed, of an upload in which nothing is marked, beside the earlier figures that its form showed then. */
async function unmarkedWorkbook(
  request: RequestContext<ReturnPlace>,
  found: FoundReturn,
  { upload, receipt }: { upload: FoundUpload; receipt: Feedback },
): Promise<Uint8Array> {
  const { services, params, readYear } = request;
  const { form } = await reread(request, found, upload);
  const { chains, state } = await readYear(params.year);
  const event = chains
    .flatMap(({ events }) => events.filter(isUploadEvent))
    .find(({ happening }) => uploadId(happening.upload) === upload.id);
  const office = { year: params.year, adopted: state.adopted };
  const reference = event && (await referenceAsOf(event, receipt, { ...services, office }));
  return services.work.form({
    catalogue: form.catalogue,
    place: form.key,
    reference: reference ?? new Map(),
    typed: form.submission,
  });
}

/** In a file that was never read, refused by its size alone, or is the form of another return, nothing is marked. */
export function hasMarkedWorkbook({ upload, outcome }: FoundUpload): boolean {
  return upload.sha256 !== null && outcome !== 'misdirected';
}

/** Links to an upload's file and to what was marked in it; `which` says of which upload, where several are listed. */
export function uploadLinks(found: FoundUpload, { place, which }: { place: ReturnKey; which?: Html }): Html {
  const original = html`<a href="${originalAddress(place, found.id)}">原件${which ?? ''}</a>`;
  if (!hasMarkedWorkbook(found)) return original;
  return html`${original} · <a href="${markedAddress(place, found.id)}">校验结果${which ?? ''}</a>`;
}

/** The form of a return as a workbook to fill in. */
export const templateRoute = htmlRoute(
  {
    path: `${returnPath}/template.xlsx`,
    access: everybody,
    params: returnParams,
  },
  async (request) => {
    const { place, one, catalogue, state } = await findReturn(request);
    const { department, period } = place;
    const reference = referenceFigures(state, { department, period });
    const banner = takenOverInWords(takenOverSince(place, state));
    const wanted = { catalogue, place: { department, period }, reference, banner };
    const bytes = await request.services.work.form(wanted);
    const fileName = `${one.department.name}${returnInWords(period)}模板.xlsx`;
    return { kind: 'file', bytes, fileName, type: mediaTypes.xlsx };
  },
);
