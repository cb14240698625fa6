import { monthOf, periodInWords } from '../../../shared/core/catalogue/period.ts';
import { referenceFigures } from '../../../shared/core/year/reference-figures.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout } from '../../../shared/workbook/layout.ts';
import { markedWorkbookKey } from '../../use-cases/stores/receipt-store.ts';
import { everybody } from '../access/identity.ts';
import { PortalError } from '../portal-error.ts';
import { htmlRoute, returnParams, uploadParams } from '../route.ts';
import { sendDocument } from '../send-document.ts';
import { type FoundUpload, findReturn, findUpload } from './found-return.ts';

const readers = { access: everybody, params: uploadParams } as const;

/** A file as it was uploaded, byte for byte. */
export const originalRoute = htmlRoute(
  { path: '/:year/departments/:department/:period/uploads/:upload/original', ...readers },
  async (request) => {
    const { upload } = findUpload(await findReturn(request), request.params.upload);
    return sendDocument(request, upload);
  },
);

/** The workbook with what was typed, in which every cell with a finding is marked. */
export const markedRoute = htmlRoute(
  { path: '/:year/departments/:department/:period/uploads/:upload/marked.xlsx', ...readers },
  async (request) => {
    const found = await findReturn(request);
    const upload = findUpload(found, request.params.upload);
    if (!hasMarkedWorkbook(upload)) {
      throw new PortalError('not-found', '这个文件没有被打开过，所以没有标出问题的工作簿。');
    }
    const { department, period } = found.one;
    return sendDocument(request, {
      key: markedWorkbookKey(upload.upload),
      version: null,
      fileName: `${department.name}${periodInWords(period)}月报校验结果.xlsx`,
      type: mediaTypes.xlsx,
    });
  },
);

/** A file that was refused by its size alone was never read, so nothing can be marked in it. */
export function hasMarkedWorkbook({ upload }: FoundUpload): boolean {
  return upload.sha256 !== null;
}

/** The form of a return as a workbook to fill in. */
export const templateRoute = htmlRoute(
  {
    path: '/:year/departments/:department/:period/template.xlsx',
    access: everybody,
    params: returnParams,
  },
  async (request) => {
    const { place, one, catalogue, state } = await findReturn(request);
    const { year, department, period } = place;
    const reference = referenceFigures(state, { department, period });
    const bytes = await writeForm(formLayout(catalogue, { department, period }), { reference });
    const fileName = `${one.department.name}${year}年${monthOf(period)}月月报模板.xlsx`;
    return { kind: 'file', bytes, fileName, type: mediaTypes.xlsx };
  },
);
