import { z } from 'zod';

/** Every variable that the function reads, and no other; those of Powertools are read by Powertools itself. */
export const environmentSchema = z.object({
  LEDGER_TABLE: z.string().min(1),
  DOCUMENTS_BUCKET: z.string().min(1),
  PUBLICATIONS_BUCKET: z.string().min(1),
  EVENT_BUS: z.string().min(1),
  /** The folder of catalogues, relative to the bundle. */
  CATALOGUES: z.string().min(1),
  POWERTOOLS_SERVICE_NAME: z.string().min(1).optional(),
  POWERTOOLS_METRICS_NAMESPACE: z.string().min(1).optional(),
  POWERTOOLS_LOG_LEVEL: z.string().min(1).optional(),
  LOG_LEVEL: z.string().min(1).optional(),
});
