import type { Route } from '../route.ts';
import { actRoutes } from './acts.ts';
import { monthsRoute } from './months-page.ts';
import { receivedRoute } from './received-page.ts';
import { resultRoute } from './result-page.ts';
import { returnRoute } from './return-page.ts';
import { uploadRoute } from './take-upload.ts';
import { templateRoute } from './template-file.ts';
import { markedRoute, originalRoute } from './upload-files.ts';
import { yearFiguresRoute } from './year-figures-page.ts';

/** A department's pages: its year, its returns, uploads and their results. The first that fits answers. */
export const returnRoutes: Route[] = [
  monthsRoute,
  yearFiguresRoute,
  returnRoute,
  templateRoute,
  uploadRoute,
  receivedRoute,
  resultRoute,
  originalRoute,
  markedRoute,
  ...actRoutes,
];
