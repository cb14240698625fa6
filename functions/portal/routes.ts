import { signInRoutes } from './access/sign-in-routes.ts';
import { apiRoutes } from './api/api-routes.ts';
import { assetRoutes } from './asset-routes.ts';
import { figureRoutes } from './figures/figure-routes.ts';
import { officeRoutes } from './office/office-routes.ts';
import { publicationRoutes } from './publications/publication-routes.ts';
import { recordRoutes } from './records/record-routes.ts';
import { returnRoutes } from './returns/return-routes.ts';
import type { Route } from './route.ts';
import { verificationRoutes } from './verification/verification-routes.ts';

/** Every route of the portal; the first that fits answers. The tests have a table of who may use which. */
export const routes: readonly Route[] = [
  ...signInRoutes,
  ...assetRoutes,
  ...apiRoutes,
  ...returnRoutes,
  ...figureRoutes,
  ...officeRoutes,
  ...publicationRoutes,
  ...recordRoutes,
  ...verificationRoutes,
];
