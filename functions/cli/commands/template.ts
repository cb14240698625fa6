import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expectedReturns } from '../../../shared/core/catalogue/catalogue.ts';
import { type ReturnAddress, resolveAddress } from '../../../shared/core/returns/address.ts';
import { referenceFigures } from '../../../shared/core/year/reference-figures.ts';
import { writeForm } from '../../../shared/workbook/form-writer.ts';
import { formLayout } from '../../../shared/workbook/layout.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { exitCodes } from './exit-codes.ts';
import { print, withProgress } from './output.ts';
import type { Workplace } from './workplace.ts';

export interface TemplateOptions {
  department: string;
  period: string;
  output?: string;
}

/** Writes one department's form, or with department `all` every form that is expected for the period. */
export async function templateCommand(options: TemplateOptions, workplace: Workplace): Promise<number> {
  const { catalogue, ledger } = workplace;
  const addresses = addressesOf(options, workplace);
  if (typeof addresses === 'string') {
    print(addresses);
    return exitCodes.misused;
  }
  const { state } = await readYear(ledger, catalogue);
  const files = await withProgress('writing forms', addresses.length, async (step) => {
    const written: string[] = [];
    for (const { department, period } of addresses) {
      const reference = referenceFigures(state, department, period);
      const bytes = await writeForm(formLayout(catalogue, department, period), { reference });
      const file =
        options.output !== undefined && addresses.length === 1
          ? options.output
          : `${options.output ?? '.'}/${department}-${period}.xlsx`;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      written.push(file);
      step();
    }
    return written;
  });
  for (const file of files) print(file);
  return exitCodes.done;
}

function addressesOf(
  { department, period }: TemplateOptions,
  { catalogue }: Workplace,
): ReturnAddress[] | string {
  if (department === 'all') {
    const expected = expectedReturns(catalogue).filter((one) => one.period === period);
    return expected.length > 0
      ? expected.map((one) => ({ department: one.department.id, period: one.period }))
      : `no return is expected for ${period}; periods: ${catalogue.periods.map((one) => one.period).join(' ')}`;
  }
  const address = resolveAddress({ department, period }, catalogue);
  if (!('rule' in address)) return [address];
  const known = catalogue.departments.map(({ id, name }) => `${id} ${name}`).join(', ');
  return `${address.message}\ndepartments: ${known}\nperiods: ${catalogue.periods.map((one) => one.period).join(' ')}`;
}
