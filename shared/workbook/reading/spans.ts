import { lastRow } from './address.ts';

/** Stretches of numbers, kept as such: a million hidden rows are one pair. */
export class Spans {
  readonly #spans: [number, number][] = [];

  /** Returns how many stretches that makes more: 0 or 1. */
  add(first: number, last: number): number {
    const previous = this.#spans.at(-1);
    if (previous && first >= previous[0] && first <= previous[1] + 1) {
      previous[1] = Math.max(previous[1], last);
      return 0;
    }
    this.#spans.push([first, last]);
    return 1;
  }

  /** In order and merged. */
  list(): [number, number][] {
    const merged = new Spans();
    for (const [first, last] of this.#spans.toSorted((a, b) => a[0] - b[0])) merged.add(first, last);
    return merged.#spans;
  }

  /** All rows that are not in it. */
  otherRows(): [number, number][] {
    const others: [number, number][] = [];
    let next = 1;
    for (const [first, last] of this.list()) {
      if (first > next) others.push([next, first - 1]);
      next = last + 1;
    }
    if (next <= lastRow) others.push([next, lastRow]);
    return others;
  }
}
