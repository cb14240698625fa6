import { readFile, writeFile } from 'node:fs/promises';
import { sampleDatedTo } from '../../../shared/catalogue/sample.ts';
import { type Conversion, conversionSchema } from '../../../shared/core/catalogue/adoption.ts';
import type { Catalogue } from '../../../shared/core/catalogue/catalogue.ts';
import { changeWords } from '../../../shared/core/catalogue/described-entries.ts';
import { catalogueJsonSchema } from '../../../shared/core/catalogue/json-schema.ts';
import { nextYear } from '../../../shared/core/catalogue/next-year.ts';
import { severityWords } from '../../../shared/core/words.ts';
import { jsonFile } from '../../../shared/publication/json.ts';
import { writeCatalogueWorkbook } from '../../../shared/workbook/catalogue/catalogue-writer.ts';
import { AdoptionError, type AdoptionPreview, adopt, previewAdoption } from '../../use-cases/adopt.ts';
import type { Store } from '../../use-cases/adopted.ts';
import { type FileFinding, readCatalogueFile } from '../../use-cases/catalogue-file.ts';
import { examineStanding } from '../../use-cases/report-template.ts';
import { exitCodes, UsageError } from './exit-codes.ts';
import { print, printTable } from './output.ts';
import { type Office, type WorkplaceOptions, withOfficeStore, type YearAtWork } from './workplace.ts';

export interface AdoptOptions {
  reason: string;
  by?: string;
  factor?: string[];
}

/** Writes a catalogue to begin with: the sample's, or the one in force, dated to a year. */
export async function newCatalogueCommand({
  output,
  year,
  from,
}: {
  output: string;
  year: number | undefined;
  from: Catalogue | undefined;
}): Promise<number> {
  const reading =
    from === undefined
      ? sampleDatedTo(year ?? new Date().getFullYear())
      : nextYear(from, year ?? from.year + 1);
  if (reading.kind === 'catalogue') return writeTo(output, reading.catalogue);
  for (const { message } of reading.problems) print(message);
  return exitCodes.refused;
}

/** Writes the catalogue in force, in which it can be edited and adopted again. */
export function exportCatalogueCommand(output: string, { catalogue }: YearAtWork): Promise<number> {
  return writeTo(output, catalogue);
}

/** JSON goes with the schema that it is written by, for editors that know such. */
async function writeTo(output: string, catalogue: Catalogue): Promise<number> {
  const isJson = output.endsWith('.json');
  await writeFile(output, isJson ? jsonFile(catalogue) : await writeCatalogueWorkbook(catalogue));
  print(output);
  if (!isJson) return exitCodes.done;
  const schema = output.replace(/\.json$/, '.schema.json');
  await writeFile(schema, jsonFile(catalogueJsonSchema()));
  print(schema);
  return exitCodes.done;
}

/** Says all that is wrong with a catalogue file. */
export async function checkCatalogueCommand(file: string, { marked }: { marked?: string }): Promise<number> {
  const reading = await readCatalogueFile(new Uint8Array(await readFile(file)));
  printFindings(reading.findings);
  if (reading.kind === 'catalogue') {
    const { title, departments, indicators } = reading.catalogue;
    print(
      `${title}: ${departments.length} departments, ${indicators.length} indicators, nothing is wrong with it`,
    );
    return exitCodes.done;
  }
  if (marked !== undefined && reading.marked !== undefined) {
    await writeFile(marked, reading.marked);
    print(`marked copy: ${marked}`);
  }
  return exitCodes.refused;
}

/** Shows what adopting would change. */
export async function diffCommand(
  file: string,
  { factor = [] }: Pick<AdoptOptions, 'factor'>,
  store: Store,
): Promise<number> {
  const catalogue = await catalogueIn(file);
  const preview = await previewWith(catalogue, factor, store);
  printPreview(preview);
  await printUnfitTemplate(catalogue, store);
  return preview.problems.length === 0 ? exitCodes.done : exitCodes.refused;
}

/** Brings a catalogue into force. A file that is no catalogue makes no store. */
export async function adoptCommand(
  file: string,
  given: AdoptOptions,
  options: WorkplaceOptions,
): Promise<number> {
  const catalogue = await catalogueIn(file);
  return withOfficeStore(options, (store) => adoptInto(store, catalogue, given));
}

async function adoptInto(
  store: Omit<Office, keyof YearAtWork>,
  catalogue: Catalogue,
  { factor = [], reason, by }: AdoptOptions,
): Promise<number> {
  const preview = await previewWith(catalogue, factor, store);
  printPreview(preview);
  await printUnfitTemplate(catalogue, store);
  const conversions = conversionsOf(preview.needed, factor);
  try {
    const about = { replaces: preview.replaces, at: store.now, by: by ?? store.user };
    const event = await adopt({ catalogue, conversions, reason, ...about }, store);
    print(`adopted for ${catalogue.year}, recorded as ${event.chain}#${event.sequence} by ${event.by}`);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof AdoptionError)) throw error;
    print('not adopted:');
    for (const { message } of error.problems) print(`  ${message}`);
    return exitCodes.refused;
  }
}

async function catalogueIn(file: string): Promise<Catalogue> {
  const reading = await readCatalogueFile(new Uint8Array(await readFile(file)));
  if (reading.kind === 'catalogue') return reading.catalogue;
  printFindings(reading.findings);
  throw new UsageError(`${file} is no catalogue: "indicators catalogue check" marks what is wrong in a copy`);
}

/** What adopting would do with the conversions that these factors state. */
async function previewWith(
  catalogue: Catalogue,
  factor: readonly string[],
  store: Store,
): Promise<AdoptionPreview> {
  const { needed } = await previewAdoption({ catalogue, conversions: [] }, store);
  return previewAdoption({ catalogue, conversions: conversionsOf(needed, factor) }, store);
}

function conversionsOf(needed: AdoptionPreview['needed'], factors: readonly string[]): Conversion[] {
  return factors.map((text) => {
    const [indicator = '', factor] = text.split('=');
    const wanted = needed.find((each) => each.indicator === indicator);
    const stated = conversionSchema.safeParse({ ...wanted, factor });
    if (stated.success) return stated.data;
    const names = needed.map(({ indicator: id, from, to }) => `${id} (${from} to ${to})`).join(', ');
    throw new UsageError(`--factor ${text}: write INDICATOR=FACTOR; units that change: ${names || 'none'}`);
  });
}

function printPreview({ differences, problems }: AdoptionPreview): void {
  if (differences.length > 0) {
    printTable(
      ['what', 'change', 'before', 'after', 'returns'],
      differences.map(({ name, change, before, after, returns }) => [
        name,
        changeWords[change],
        before,
        after,
        `${returns}`,
      ]),
    );
  }
  for (const { message } of problems) print(`PROBLEM ${message}`);
}

/** What of the report's template does not fit a catalogue: reports are in the one to begin with until another is adopted. */
async function printUnfitTemplate(catalogue: Catalogue, store: Store): Promise<void> {
  for (const { place, message } of await examineStanding(catalogue, store)) {
    print(`REPORT TEMPLATE ${place === '' ? '' : `${place} `}${message}`);
  }
}

/** What was found in a file of the office, one a line. */
export function printFindings(findings: readonly FileFinding[]): void {
  for (const { severity, where, found, message } of findings) {
    print(`${severityWords[severity]} ${where}${found === undefined ? '' : `（${found}）`}：${message}`);
  }
}
