/** How many documents are fetched at once: a store far away takes some 30 ms for each, however many are asked for. */
const usualLimit = 16;

/**
 * Does the work on every item, no more than `limit` at once; the results are in the order of the items. Once the
 * work fails on one, no other is begun.
 */
export async function someAtATime<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  limit = usualLimit,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    try {
      while (next < items.length) {
        const index = next++;
        results[index] = await work(items[index]!);
      }
    } catch (error) {
      next = items.length;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
