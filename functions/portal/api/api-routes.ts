import type { Route } from '../route.ts';

export const apiRoutes: Route[] = [];
