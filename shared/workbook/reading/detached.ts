/**
 * The same text without a hold on the string it was cut from: V8 keeps the whole parent (a chunk of the file)
 * alive for a slice of 13 characters or more.
 */
export function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
