import { html } from 'hono/html';
import { fileTooLarge } from '../../../shared/workbook/reading/fault.ts';
import { defaultLimits } from '../../../shared/workbook/reading/limits.ts';
import { PortalError } from '../portal-error.ts';
import type { Html } from '../reply.ts';

/** How large a file may be, and what is said of one that is larger. */
export interface FileBound {
  bytes: number;
  tooLarge: string;
}

/** The bound of workbooks, and of all that is read as one. */
export const usualBound: FileBound = {
  bytes: defaultLimits.bytes,
  tooLarge: fileTooLarge().finding.message,
};

interface FileField {
  label: string;
  accept: string;
  /** Given where other bytes are taken than elsewhere. */
  bound?: FileBound;
  /** Where a page has several, what tells this one from the others. */
  id?: string;
}

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

/** A larger file is not put into a page (bytes). */
const mostBytesInPage = 2 * 1024 * 1024;

/** A link that has in it the file which it hands out, and which is kept nowhere; undefined for a large one. */
export function linkWithFile(
  { bytes, fileName, type }: { bytes: Uint8Array; fileName: string; type: string },
  text: string,
): Html | undefined {
  if (bytes.length > mostBytesInPage) return undefined;
  const address = `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
  return html`<a class="button" href="${address}" download="${fileName}">${text}</a>`;
}
