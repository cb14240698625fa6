import { feedbackFolder } from '../../../shared/core/address.ts';
import { periodInWords } from '../../../shared/core/period.ts';
import { feedbackFileNames } from '../../ingest/ingest.ts';
import { Failure } from '../failure.ts';
import { handOver } from '../hand-over.ts';
import { mediaTypes } from '../reply.ts';
import { page, uploadParams } from '../route.ts';
import { type FoundUpload, findReturn, findUpload } from './found-return.ts';

const readers = { access: ['department', 'legal-office', 'auditor'], params: uploadParams } as const;

/** A file as it was uploaded, byte for byte. */
export const originalRoute = page(
  { path: '/:year/departments/:department/:period/uploads/:upload/original', ...readers },
  async (visit) => {
    const { upload } = findUpload(await findReturn(visit), visit.params.upload);
    return handOver(visit, upload);
  },
);

/** The workbook with what was typed, in which every cell with a finding is marked. */
export const markedRoute = page(
  { path: '/:year/departments/:department/:period/uploads/:upload/marked.xlsx', ...readers },
  async (visit) => {
    const found = await findReturn(visit);
    const upload = findUpload(found, visit.params.upload);
    if (!hasMarkedWorkbook(upload)) {
      throw new Failure('not-found', '这个文件没有被打开过，所以没有标出问题的工作簿。');
    }
    const { department, period } = found.one;
    return handOver(visit, {
      key: feedbackFolder(upload.upload) + feedbackFileNames.workbook,
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
