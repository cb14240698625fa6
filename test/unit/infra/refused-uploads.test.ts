import { describe, expect, it } from 'vitest';
import type { Context } from '../../fixtures/policies/conditions.ts';
import { deployedStage } from './synthesized.ts';

const { deployed } = deployedStage('production');
const upload = `${deployed.arn('StoresUploads')}/uploads/sfj/2023-03/a.xlsx`;
const algorithm = 's3:x-amz-server-side-encryption';

describe('what departments put among the uploads', () => {
  it.each<[string, Context, boolean]>([
    ['as it is', {}, true],
    ['with S3’s own keys, as forms say', { [algorithm]: 'AES256' }, true],
    ['to be read seldom', { 's3:x-amz-storage-class': 'STANDARD_IA' }, true],
    ['to be read at once from the archive', { 's3:x-amz-storage-class': 'GLACIER_IR' }, true],
    ['into the archive', { 's3:x-amz-storage-class': 'GLACIER' }, false],
    ['into the deep archive', { 's3:x-amz-storage-class': 'DEEP_ARCHIVE' }, false],
    ['with a key that they bring along', { [`${algorithm}-customer-algorithm`]: 'AES256' }, false],
    ['with a key of theirs in KMS', { [algorithm]: 'aws:kms' }, false],
    ['with two layers of a key of theirs', { [algorithm]: 'aws:kms:dsse' }, false],
  ])('%s: %j %s', (_, context, taken) => {
    const department = { 'aws:PrincipalTag/department': 'sfj' };
    expect(deployed.roleMay('AccessDepartment', 's3:PutObject', upload, { ...department, ...context })).toBe(
      taken,
    );
    expect(deployed.roleMay('PortalRole', 's3:PutObject', upload, context)).toBe(taken);
  });
});
