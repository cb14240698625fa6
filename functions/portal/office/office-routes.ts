import type { Route } from '../route.ts';
import { deadlinesRoute } from './deadlines-page.ts';
import { extendDeadlineRoute } from './extend-deadline.ts';
import { findingsRoute } from './findings-page.ts';
import { overviewRoute } from './overview-page.ts';
import { unaddressedFileRoute } from './unaddressed-file.ts';

/** What the legal office works with: who has reported, what is open, until when. Auditors read it too. */
export const officeRoutes: Route[] = [
  overviewRoute,
  findingsRoute,
  deadlinesRoute,
  extendDeadlineRoute,
  unaddressedFileRoute,
];
