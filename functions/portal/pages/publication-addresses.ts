import { addressWith } from './addresses.ts';

export function publicationAddress(year: number, number: number): string {
  return `/${year}/publications/${number}`;
}

export function publicationCertificateAddress(year: number, number: number): string {
  return `${publicationAddress(year, number)}/certificate`;
}

export function figureCertificateAddress(year: number, number: number, indicator: string): string {
  return `${publicationAddress(year, number)}/figures/${indicator}/certificate`;
}

/** Where the figures of a publication come from: the workbook (`.xlsx`), or the page to wait for it on. */
export function publicationLineageAddress(
  year: number,
  number: number,
  { ending, taken }: { ending: '.xlsx' | ''; taken?: string },
): string {
  return addressWith(`${publicationAddress(year, number)}/lineage${ending}`, { taken });
}
