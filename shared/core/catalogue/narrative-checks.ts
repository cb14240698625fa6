import { validityFaults } from './department-checks.ts';
import { frequencyFaults, reporterFaults } from './indicator-checks.ts';
import type { Check } from './problem.ts';
import { indicatorOf } from './tables.ts';

export const narrativeFaults: Check<'narratives'> = (narrative, catalogue, unread) => {
  const taken = indicatorOf(catalogue, narrative.id);
  const text = `代码“${narrative.id}”已经用于指标“${taken?.name}”；请换一个代码。`;
  return [
    ...(taken === undefined ? [] : [{ field: 'id', text }]),
    ...validityFaults(narrative),
    ...frequencyFaults(narrative, catalogue, unread),
    ...reporterFaults(narrative, catalogue, unread),
  ];
};
