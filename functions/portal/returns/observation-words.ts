import type { Indicator } from '../../../shared/core/catalogue.ts';
import type { Observation } from '../../../shared/core/observation.ts';

/** A figure as a person reads it: `12 件`, 不适用, 空白; a dash where a return says nothing of it. */
export function observationWords(
  observation: Observation | undefined,
  indicator: Pick<Indicator, 'unit'> | undefined,
): string {
  switch (observation?.status) {
    case 'reported':
      return `${observation.value} ${indicator?.unit ?? ''}`.trimEnd();
    case 'not-applicable':
      return '不适用';
    case 'missing':
      return '空白';
    case undefined:
      return '—';
  }
}
