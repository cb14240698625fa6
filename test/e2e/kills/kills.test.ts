import { expect, it } from 'vitest';
import { casesTried } from '../../fixtures/thoroughness.ts';
import { killWhileUploading } from './kill-uploads.ts';

const uploads = casesTried(40, 16);

it('loses nothing that was acknowledged when the server is killed among uploads, and leaves nothing begun', async () => {
  const account = await killWhileUploading({ uploads, seed: 1 });
  expect(account.faults).toEqual([]);
  expect(account.acknowledged).toBeGreaterThanOrEqual(uploads);
  expect(account.kills).toBeGreaterThan(0);
});
