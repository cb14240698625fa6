import { withoutControlCharacters } from '../../../shared/core/values/text.ts';

/** A part of a page as it goes out: nothing in it that no page shows. */
export class WrittenPart {
  readonly bytes: Uint8Array;

  constructor(html: string) {
    this.bytes = new TextEncoder().encode(withoutControlCharacters(html));
  }
}
