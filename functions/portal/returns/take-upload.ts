import { z } from 'zod';
import { Failure } from '../failure.ts';
import { returnAddress, uploadAddress } from '../pages/addresses.ts';
import { action, returnParams } from '../route.ts';
import { findReturn, uploadsOf } from './found-return.ts';

/** Takes in a file that is posted to the portal itself. */
export const uploadRoute = action(
  {
    path: '/:year/departments/:department/:period/uploads',
    access: ['department'],
    params: returnParams,
    form: { file: z.unknown().optional() },
    carriesFile: true,
  },
  async (visit) => {
    const { intake } = visit.services;
    const { place, one, catalogue } = await findReturn(visit);
    if (intake.kind !== 'here') {
      throw new Failure('malformed', `请从月报页面重新上传：${returnAddress(place)}。`);
    }
    const file = givenFile(visit.form.file);
    const { department, period } = place;
    const id = await intake.take(
      {
        address: { department, period },
        fileName: file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
        uploader: visit.identity.name,
      },
      catalogue,
    );
    const isKnown = uploadsOf(one).some((upload) => upload.id === id);
    return { kind: 'redirect', to: `${uploadAddress(place, id)}${isKnown ? '?done=known' : ''}` };
  },
);

/** Browsers send an empty file without a name where none was chosen. */
function givenFile(given: unknown): File {
  if (given instanceof File && given.name !== '' && given.size > 0) return given;
  throw new Failure(
    'malformed',
    '请选择文件：没有收到文件，或者文件是空的。请返回上一页，选好填写的工作簿再上传。',
  );
}
