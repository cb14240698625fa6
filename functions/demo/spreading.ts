import type { Random } from './seeded-random.ts';

/** One whole number a month, January first. */
export type Monthly = number[];

export const monthNumbers: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** How a year's work usually falls: little around the Spring Festival, much before the year ends. */
export const usualSeason: Monthly = [6, 4, 9, 9, 8, 9, 8, 7, 9, 7, 10, 11];

const mostDraws = 5000;

/** Splits a whole number over places at random, in proportion to whole weights; the parts add up to it exactly. */
export function spread(random: Random, total: number, weights: readonly number[]): number[] {
  const parts = weights.map(() => 0);
  const grain = Math.max(1, Math.floor(total / mostDraws));
  for (let left = total; left > 0; left -= grain) {
    const place = weightedPlace(random, weights);
    parts[place] = parts[place]! + Math.min(grain, left);
  }
  return parts;
}

/** Draws `total` from urns that hold as many as `urns` says, without putting back: no part exceeds its urn. */
export function drawFrom(random: Random, total: number, urns: readonly number[]): number[] {
  const left = [...urns];
  for (let drawn = 0; drawn < total; drawn += 1) {
    const place = weightedPlace(random, left);
    left[place] = left[place]! - 1;
  }
  return urns.map((held, place) => held - left[place]!);
}

/** Weights that vary from seed to seed by up to a third either way. */
export function varied(random: Random, weights: readonly number[]): number[] {
  return weights.map((weight) => weight * random.between(67, 133));
}

function weightedPlace(random: Random, weights: readonly number[]): number {
  let ticket = random.below(weights.reduce((total, weight) => total + weight, 0));
  const place = weights.findIndex((weight) => {
    ticket -= weight;
    return ticket < 0;
  });
  if (place < 0) throw new Error('nowhere to put it: all weights are zero');
  return place;
}
