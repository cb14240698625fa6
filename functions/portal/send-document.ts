import { mediaTypes } from '../../shared/publication/media-types.ts';
import { PortalError } from './portal-error.ts';
import type { Reply } from './reply.ts';
import type { RequestContext } from './route.ts';

/** A document of the store, and the name under which it is saved by whoever fetches it. */
export interface KeptDocument {
  key: string;
  version: string | null;
  fileName: string;
  /** As what a browser is told to take it: what we wrote, or looked into. Without it, as bytes, as what was uploaded is. */
  type?: string;
}

/** Hands a document over: by the store itself where it can, else through the portal. */
export async function sendDocument(
  { services }: Pick<RequestContext, 'services'>,
  { key, version, fileName, type = mediaTypes.other }: KeptDocument,
): Promise<Reply> {
  if (services.downloadAddress !== undefined) {
    return { kind: 'redirect', to: await services.downloadAddress({ key, version, fileName, type }) };
  }
  const bytes = await services.documents.get(key, version);
  if (bytes === undefined) throw new PortalError('not-found', '这个文件已经不在存储中，请联系管理员。');
  return { kind: 'file', bytes, fileName, type };
}
