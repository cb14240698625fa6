/**
 * The origin of the forms for a bucket, without asking S3's client, which is slow to load: a host name for each
 * bucket, or the host of another endpoint than AWS's.
 */
export function uploadFormOrigin({
  bucket,
  region,
  endpoint,
}: {
  bucket: string;
  region: string;
  endpoint: string | undefined;
}): string {
  if (endpoint !== undefined) return new URL(endpoint).origin;
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${bucket}.s3.${region}.${suffix}`;
}
