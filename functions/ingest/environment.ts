import { z } from 'zod';
import { everyFunctionsVariables, variable } from '../lambda/environment.ts';

/** Every variable that the function reads, and no other. */
export const environmentSchema = z.object({
  ...everyFunctionsVariables,
  EVENT_BUS: variable,
  UPLOADS_BUCKET: variable,
});
