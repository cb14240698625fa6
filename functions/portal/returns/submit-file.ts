import { randomBytes } from 'node:crypto';
import { yearOf } from '../../../shared/core/catalogue/period.ts';
import { receivedAddress, uploadAddress } from '../pages/addresses.ts';
import type { UploadedFile, UploadTarget } from '../services.ts';

/** Hands a file that the portal has on as if it had been uploaded for its return; where the result will be. */
export async function submitFile(file: UploadedFile, target: UploadTarget): Promise<string> {
  const { department, period } = file.address;
  const place = { year: yearOf(period), department, period };
  if (target.kind === 'here') return uploadAddress(place, await target.take(file));
  const token = randomBytes(16).toString('hex');
  await target.put(file, token);
  return receivedAddress(place, { token });
}
