/** What a command ends with, as documented in --help. */
export const exitCodes = { done: 0, refused: 1, misused: 2, failed: 3 } as const;

/** Options that make no sense, or are not safe; the message is for whoever typed them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
