import { monthOf } from '../../../shared/core/period.ts';
import { referenceFigures } from '../../../shared/core/reference-figures.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout } from '../../../shared/workbook/layout.ts';
import { mediaTypes } from '../reply.ts';
import { page, returnParams } from '../route.ts';
import { findReturn } from './found-return.ts';

/** The form of a return as a workbook to fill in. */
export const templateRoute = page(
  {
    path: '/:year/departments/:department/:period/template.xlsx',
    access: ['department', 'legal-office', 'auditor'],
    params: returnParams,
  },
  async (visit) => {
    const { place, one, catalogue, state } = await findReturn(visit);
    const { year, department, period } = place;
    const reference = referenceFigures(state, department, period);
    const bytes = await writeForm(formLayout(catalogue, department, period), { reference });
    const fileName = `${one.department.name}${year}年${monthOf(period)}月月报模板.xlsx`;
    return { kind: 'file', bytes, fileName, type: mediaTypes.xlsx };
  },
);
