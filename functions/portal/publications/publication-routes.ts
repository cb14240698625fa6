import type { Route } from '../route.ts';
import { changesRoute } from './changes-page.ts';
import { publicationFileRoute } from './publication-file.ts';
import { publicationRoute } from './publication-page.ts';
import { publicationsRoute } from './publications-page.ts';
import { publishRoute } from './publish-action.ts';

/** Publications, what changed between them, their files. `changes` is no number, so it comes first. */
export const publicationRoutes: Route[] = [
  publicationsRoute,
  publishRoute,
  changesRoute,
  publicationRoute,
  publicationFileRoute,
];
