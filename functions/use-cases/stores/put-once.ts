import type { Documents } from '../../../shared/core/ledger/ports.ts';

/** Writes a document that is never replaced. Whoever finds one there must not take it for the own unlooked at. */
export async function putOnce(
  key: string,
  bytes: Uint8Array,
  documents: Documents,
): Promise<'kept' | 'holds-other-bytes'> {
  if ((await documents.put(key, bytes, { ifAbsent: true })) === 'stored') return 'kept';
  const there = await documents.get(key);
  return there !== undefined && Buffer.compare(there, bytes) === 0 ? 'kept' : 'holds-other-bytes';
}
