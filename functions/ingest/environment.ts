import { z } from 'zod';
import { everyFunctionsVariables, variable } from '../lambda/environment.ts';

/** Every variable that the function reads, and no other. */
export const environmentSchema = z.object({ ...everyFunctionsVariables, UPLOADS_BUCKET: variable });
