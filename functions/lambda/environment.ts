import { z } from 'zod';

/** A variable that must be there. */
export const variable = z.string().min(1);

/** The variables that every function reads; those of Powertools are read by Powertools itself. */
export const everyFunctionsVariables = {
  LEDGER_TABLE: variable,
  DOCUMENTS_BUCKET: variable,
  /** The folder of catalogues, relative to the bundle. */
  CATALOGUES: variable,
  POWERTOOLS_SERVICE_NAME: variable.optional(),
  POWERTOOLS_METRICS_NAMESPACE: variable.optional(),
  POWERTOOLS_LOG_LEVEL: variable.optional(),
  LOG_LEVEL: variable.optional(),
};
