import { uploadIdSchema } from '../../../shared/core/event.ts';
import { readers } from '../access/readers.ts';
import { Failure } from '../failure.ts';
import { handOver } from '../hand-over.ts';
import { page, yearParam } from '../route.ts';

/** The file of an upload that names no return, as it came. */
export const unaddressedFileRoute = page(
  {
    path: '/:year/unaddressed/:upload/original',
    access: readers,
    params: { ...yearParam, upload: uploadIdSchema },
  },
  async (visit) => {
    const { state } = await visit.readYear(visit.params.year);
    const found = state.unaddressed.find(({ id }) => id === visit.params.upload);
    if (found === undefined) throw new Failure('not-found', '没有这次上传的记录。');
    const { key, version, fileName } = found.upload;
    return handOver(visit, { key, version, fileName });
  },
);
