import { expect, it } from 'vitest';
import { killWhileUploading } from './kill-uploads.ts';

it('loses nothing that was acknowledged when the server is killed among uploads, and leaves nothing begun', async () => {
  const account = await killWhileUploading({ uploads: 40, seed: 1 });
  expect(account.faults).toEqual([]);
  expect(account.acknowledged).toBeGreaterThanOrEqual(40);
  expect(account.kills).toBeGreaterThan(1);
});
