import type { Payload } from '../../../../shared/core/ledger/event.ts';
import { type UploadId, uploadId } from '../../../../shared/core/ledger/upload.ts';
import { sha256 } from '../../../../shared/core/values/digest.ts';
import { type ReturnState, returnOf } from '../../../../shared/core/year/year-state.ts';
import { accepted, catalogueOf, indicator, type Said, stateOf } from '../small-year.ts';

/** Two indicators, of which the first must be filled in. */
export const catalogue = catalogueOf({
  indicators: [indicator('a'), indicator('b', 'flow', { required: false })],
});
/** The month of all that happens here. */
export const period = '2023-01';
/** What a return says, with the first figure to choose. */
export const figures = (a: string): Record<string, Said> => ({ a, b: null });

/** January is due on 10 February and cut off on the 20th, in China. */
export const lastDueMoment = '2023-02-10T15:59:59.999Z';
export const pastDue = '2023-02-10T16:00:00.000Z';
export const lastMoment = '2023-02-20T15:59:59.999Z';
export const pastCutOff = '2023-02-20T16:00:00.000Z';
export const much = '2023-06-01T00:00:00.000Z';

/** The id of the upload that a happening tells of. */
export const idOf = (happening: Extract<Payload, { upload: object }>) => uploadId(happening.upload as never);
/** The office lets an upload in. */
export const admitted = (upload: UploadId): Payload => ({
  kind: 'return-admitted',
  department: 'jia',
  period,
  upload,
  reason: '网络故障',
});
/** Somebody gives a reason for an upload. */
export const explained = (upload: UploadId, reason = '漏报一件'): Payload => ({
  kind: 'correction-explained',
  department: 'jia',
  period,
  upload,
  reason,
});
/** A publication in which an upload counts. */
export const published = (number: number, upload: UploadId): Payload => ({
  kind: 'published',
  year: 2023,
  number,
  digest: sha256('digest'),
  manifest: sha256('manifest'),
  counts: { jia: { [period]: upload } },
});
/** The legal office issues a publication. */
export const issued = (number: number): Payload => ({
  kind: 'publication-issued',
  year: 2023,
  number,
  reason: '局长办公会审定',
});

/** The return of one department for January, after these happenings. */
export function january(happenings: Payload[]): ReturnState {
  return returnOf(stateOf(catalogue, happenings), { department: 'jia', period })!;
}
/** What became of each revision, and why it is held if it is. */
export const standings = (state: ReturnState) =>
  state.revisions.map(({ number, state }) => [
    number,
    state.kind,
    state.kind === 'held' ? state.because.join('+') : '',
  ]);

/** Two returns that came in time. */
export const first = accepted('jia', period, figures('1'), { name: 'first', at: '2023-02-01T01:00:00.000Z' });
export const second = accepted('jia', period, figures('2'), {
  name: 'second',
  at: '2023-02-02T01:00:00.000Z',
});
