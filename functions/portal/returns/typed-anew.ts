import { html } from 'hono/html';
import { z } from 'zod';
import type { ReadUpload } from '../../../shared/core/ledger/upload.ts';
import { type Typed, withTyped } from '../../../shared/core/returns/fields.ts';
import type { Finding } from '../../../shared/core/returns/finding.ts';
import type { ReadForm } from '../../../shared/core/returns/mending.ts';
import { referenceFigures } from '../../../shared/core/year/reference-figures.ts';
import { newestVersion } from '../../../shared/core/year/revision.ts';
import type { ReturnPlace } from '../pages/addresses.ts';
import { PortalError } from '../portal-error.ts';
import type { Html, Reply } from '../reply.ts';
import type { RequestContext } from '../route.ts';
import type { FoundReturn, FoundUpload } from './found-return.ts';
import { submitFile } from './submit-file.ts';

/** An upload of a return, read again from the file that is kept. */
export interface Reread {
  fileName: string;
  findings: Finding[];
  form: ReadForm;
  /** Whether its form was made from the catalogue in force. */
  isInForce: boolean;
}

/** Reads an upload again; throws a `PortalError` if its file cannot be read any more. */
export async function reread(
  { services }: RequestContext<ReturnPlace>,
  { place, state }: FoundReturn,
  { upload }: Pick<FoundUpload, 'upload'>,
): Promise<Reread> {
  const examined =
    upload.sha256 === null
      ? undefined
      : await services.work.examineAgain({
          upload: { ...upload, sha256: upload.sha256 } satisfies ReadUpload,
          year: place.year,
        });
  const form = examined?.form;
  if (
    examined === undefined ||
    form?.key.department !== place.department ||
    form.key.period !== place.period
  ) {
    throw new PortalError('not-found', '这个文件已经读不到了，请重新选择文件上传。');
  }
  return {
    fileName: upload.fileName,
    findings: examined.happening.findings,
    form: { ...form, catalogue: examined.by.catalogue },
    isInForce: examined.by.hash === state.adopted.inForce.hash,
  };
}

/** Makes the form anew, with some of it typed on a page, and submits it as any other file. */
export async function submitAnew(
  { services, identity }: RequestContext<ReturnPlace>,
  { state }: FoundReturn,
  { fileName, form, isInForce, typed }: Reread & { typed: readonly Typed[] },
): Promise<Reply> {
  const { catalogue, key, submission } = form;
  const bytes = await services.work.form({
    catalogue,
    place: key,
    reference: isInForce ? referenceFigures(state, key) : new Map(),
    typed: withTyped(submission, typed),
  });
  const file = { address: key, fileName: nameAnew(fileName), bytes, uploader: identity.name };
  return { kind: 'redirect', to: await submitFile(file, services.uploadTarget) };
}

/** What the workbook is called: as the one that it was made from, cut if need be. */
function nameAnew(fileName: string): string {
  const stem = fileName.replace(/\.[^.]{1,5}$/, '').replace(/(?:（网页更正）)+$/, '');
  return `${stem.slice(0, 100).toWellFormed()}（网页更正）.xlsx`;
}

/** The field of a form by which is seen whether the version that it was made from is still the newest. */
export function madeFromField({ one }: FoundReturn): Html {
  return html`<input type="hidden" name="newest" value="${newestVersion(one)?.id ?? ''}">`;
}

export const madeFrom = { newest: z.string().max(16).default('') };

/** Refuses what was typed if the newest version is another than when the page was opened, whether it counts or waits to. */
export function refuseIfChanged({ one }: FoundReturn, { newest }: { newest: string }): void {
  if ((newestVersion(one)?.id ?? '') === newest) return;
  throw new PortalError(
    'conflict',
    '在您填写的时候，这一期又接收了一次上传，刚才填的没有提交。请回到报表页面，看看最近一次上传的结果。',
  );
}
