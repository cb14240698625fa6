import { isDeepStrictEqual } from 'node:util';
import type { Payload } from '../../shared/core/ledger/event.ts';
import type { Publication } from '../../shared/core/publication/publication.ts';
import type { Warning } from '../../shared/core/year/warning.ts';
import type { ModelYear } from './model.ts';

const weight = { remark: 0, department: 1, 'legal-office': 2 };
const settledByRemark = ['outlier', 'unit-slip', 'nothing-after-steady', 'rule-fleet', 'rule-spent'];
const settledByDepartment = ['near-doubles', 'figures-not-counted', 'figures-asked-since'];

/** A publication has the remarks of the returns that count, and of its warnings those settled that were answered enough. */
export function answerProblems(
  where: string,
  { observations, warnings }: Publication,
  { model, office }: { model: ModelYear; office: readonly Payload[] },
): string[] {
  const remarkOf = (department: string | null, period: string, id = '') =>
    model.returns.get(`${department} ${period}`)?.counting?.remarks[
      id.startsWith('grid-gr-') ? 'grid-gr' : id
    ];
  const wrong = observations
    .filter(({ department, period, indicator, remark }) => remark !== remarkOf(department, period, indicator))
    .map(
      ({ department, period, indicator }) =>
        `${where}: another remark on ${department} ${period} ${indicator}`,
    );
  const isInRow = ({ finding, settledBy }: Warning) =>
    settledBy === 'remark' && finding.indicator?.startsWith('grid-gr-');
  const answered = warnings.map((warning) => {
    const { id, department, period, finding } = warning;
    const { rule, indicator } = finding;
    const needed = settledByRemark.includes(rule) ? 0 : settledByDepartment.includes(rule) ? 1 : 2;
    const given = office.flatMap((act) =>
      act.kind === 'warning-acknowledged' && act.warning === id ? [{ as: act.as, reason: act.reason }] : [],
    );
    const remark = remarkOf(department, period, indicator);
    const besides = warnings.filter((each) => each.department === department && each.period === period);
    const inRow = new Set(besides.filter(isInRow).map((each) => each.finding.indicator));
    const mayRemark = needed === 0 && !(isInRow(warning) && inRow.size > 1);
    const beforehand = remark === undefined || !mayRemark ? null : { as: 'remark', reason: remark };
    const settled = given.findLast(({ as }) => weight[as] >= needed) ?? beforehand;
    return `${id} ${JSON.stringify(settled)}`;
  });
  const said = warnings.map(({ id, acknowledged: by }) => {
    return `${id} ${JSON.stringify(by === null ? null : { as: by.as, reason: by.reason })}`;
  });
  return isDeepStrictEqual(said, answered) ? wrong : [...wrong, `${where}: warnings are settled otherwise`];
}
