import type { ReturnAddress } from '../../shared/core/address.ts';
import type { Catalogue } from '../../shared/core/catalogue.ts';

/** How an upload comes in from the page of a return. */
export type UploadIntake =
  /** The form is posted to the portal, which takes the file in at once; the result is the upload's id. */
  | { kind: 'here'; take: (file: UploadedFile, catalogue: Catalogue) => Promise<string> }
  /** The form is posted straight to the store, which tells another function; the page waits for the result. */
  | { kind: 'store'; form: (order: FormOrder) => Promise<StoreForm>; origin: string };

/** A file that was posted to the portal, for which return and by whom. */
export interface UploadedFile {
  address: ReturnAddress;
  fileName: string;
  bytes: Uint8Array;
  uploader: string;
}

/** For which return a form is wanted, for whom, and where the browser goes afterwards. */
export interface FormOrder {
  address: ReturnAddress;
  uploader: string;
  /** Names this upload: the store's key holds it, and so does the page that waits for it. */
  token: string;
  continueAt: string;
}

/** A form whose every field but the file is fixed and signed. */
export interface StoreForm {
  action: string;
  fields: Record<string, string>;
  /** Until when the form is good, in minutes from now. */
  minutes: number;
}

/** The first part of the key of an upload that a form puts into the store. */
export function tokenFolder({ department, period }: ReturnAddress, token: string): string {
  return `uploads/${department}/${period}/${token}/`;
}
