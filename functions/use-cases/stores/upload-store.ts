import type { Documents } from '../../../shared/core/ledger/ports.ts';
import { handedInAt, type ReadUpload, uploadKey } from '../../../shared/core/ledger/upload.ts';
import type { Address } from '../../../shared/core/returns/address.ts';
import { sha256 } from '../../../shared/core/values/digest.ts';
import { isVisible } from '../../../shared/core/values/text.ts';
import { keepOnce } from './put-once.ts';

/** A file that was handed over, by whom and when; `claimedAt` is left out of what comes by itself. */
export interface HandedOver
  extends Pick<ReadUpload, 'fileName' | 'uploadedAt' | 'uploader'>,
    Partial<Pick<ReadUpload, 'claimedAt'>> {
  address: Address;
  bytes: Uint8Array;
}

/**
 * What an upload is recorded as. The same bytes under the same name are kept once; which of the times they were sent
 * is meant says the version: the moment at which it was handed in.
 */
export function uploadOf(file: HandedOver): ReadUpload {
  const { address, bytes, fileName, uploadedAt, claimedAt = null, uploader } = file;
  const hash = sha256(bytes);
  return {
    key: uploadKey(address, hash, fileName),
    version: handedInAt({ uploadedAt, claimedAt }),
    fileName: isVisible(fileName) ? fileName.slice(0, 255).toWellFormed() : 'unnamed',
    sha256: hash,
    size: bytes.length,
    uploadedAt,
    claimedAt,
    uploader,
  };
}

/**
 * Keeps the original among the documents, before anything is decided about it. Throws where other bytes lie: the
 * upload would be recorded, and its original never found.
 */
export async function keepUpload(file: HandedOver, documents: Documents): Promise<ReadUpload> {
  const upload = uploadOf(file);
  await keepOnce(upload.key, file.bytes, documents);
  return upload;
}
