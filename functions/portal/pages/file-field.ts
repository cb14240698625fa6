import { html } from 'hono/html';
import { fileTooLarge } from '../../../shared/workbook/reading/fault.ts';
import { defaultLimits } from '../../../shared/workbook/reading/limits.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';

interface FileField {
  label: string;
  accept: string;
  /** How large it may be, and what is said of one that is larger, where fewer bytes are taken than elsewhere. */
  bound?: { bytes: number; tooLarge: string };
  /** Where a page has several, what tells this one from the others. */
  id?: string;
}

const usualBound = { bytes: defaultLimits.bytes, tooLarge: fileTooLarge().finding.message };

/** The field of a form that takes a file, named `file`, with how large it may be. */
export function fileField({ label, accept, bound = usualBound, id = 'file' }: FileField): Html {
  return html`<label for="${id}">${label}（${accept.replaceAll(',', '、')}，不超过 ${bound.bytes / 1024 / 1024} MB）</label>
<input type="file" id="${id}" name="file" accept="${accept}" required data-most-bytes="${bound.bytes}"
data-too-large="${bound.tooLarge}">`;
}

/** The file that a form carries. Browsers send an empty one without a name where none was chosen. */
export function givenFile(given: unknown, what: string): File {
  if (given instanceof File && given.name !== '' && given.size > 0) return given;
  throw new PortalError(
    'malformed',
    `请选择文件：没有收到文件，或者文件是空的。请返回上一页，选好${what}再上传。`,
  );
}
