import type { Route } from '../route.ts';

export const recordRoutes: Route[] = [];
