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

/** Other bytes lie where a document belongs that is never replaced: somebody has to look at them. */
export class PlaceTakenError extends Error {
  override readonly name = 'PlaceTakenError';
}

/** Keeps a document before an event names it. Throws `PlaceTakenError` where other bytes lie: it would be named, and never found. */
export async function keepOnce(key: string, bytes: Uint8Array, documents: Documents): Promise<void> {
  if ((await putOnce(key, bytes, documents)) === 'holds-other-bytes')
    throw new PlaceTakenError(`${key} holds other bytes: move them away`);
}
