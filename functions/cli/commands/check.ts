import { readFile, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Address } from '../../../shared/core/returns/address.ts';
import { hasErrors } from '../../../shared/core/returns/finding.ts';
import { saidIn } from '../../../shared/core/returns/grid.ts';
import { referenceFigures } from '../../../shared/core/year/reference-figures.ts';
import { identityOf } from '../../../shared/workbook/form-identity.ts';
import { readWorkbook } from '../../../shared/workbook/reading/read-workbook.ts';
import { examine } from '../../use-cases/examine.ts';
import { writeMarked } from '../../use-cases/feedback.ts';
import { yearOfUpload } from '../../use-cases/ingest.ts';
import { readYear } from '../../use-cases/read-year.ts';
import { addressOfFile } from '../../use-cases/returned-files.ts';
import { uploadOf } from '../../use-cases/stores/upload-store.ts';
import { exitCodes } from './exit-codes.ts';
import { givenAddress } from './given-address.ts';
import { print, printFindings, printJson } from './output.ts';
import type { KeptWorkplace } from './workplace.ts';

export interface CheckOptions extends Partial<Address> {
  marked?: string;
  json?: boolean;
}

/** Checks a file as a submission of it would, without recording anything. */
export async function checkCommand(
  path: string,
  options: CheckOptions,
  { catalogues, now, ...workplace }: KeptWorkplace,
): Promise<number> {
  const bytes = new Uint8Array(await readFile(path));
  const given = givenAddress(options, workplace.catalogue);
  const address = addressOfFile(resolve(path), [...catalogues.values()], given);
  const upload = uploadOf({ address, bytes, fileName: basename(path), uploadedAt: now, uploader: 'check' });
  const { adopted } = await yearOfUpload(upload, workplace, identityOf(await readWorkbook(bytes)));
  const { happening, form, by } = await examine({ upload, bytes }, adopted);
  const { catalogue } = by;
  const { findings } = happening;
  if (options.marked !== undefined && form !== undefined) {
    const inForce = by.hash === adopted.inForce.hash ? await readYear(workplace, catalogue.year) : undefined;
    const reference = inForce && referenceFigures(inForce.state, form.key);
    const bytes = await writeMarked({ findings, warnings: [], answered: [] }, form, { catalogue, reference });
    await writeFile(options.marked, bytes);
  }
  const accepted = !hasErrors(findings);
  if (options.json) {
    const { department, period } = happening;
    const observations = happening.kind === 'return-accepted' ? saidIn(happening).observations : [];
    printJson({ path, acceptable: accepted, department, period, findings, observations });
  } else {
    print(`${accepted ? 'acceptable' : 'not acceptable'}: ${path}`);
    printFindings(findings, catalogue);
  }
  return accepted ? exitCodes.done : exitCodes.refused;
}
