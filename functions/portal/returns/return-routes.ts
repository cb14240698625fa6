import type { Route } from '../route.ts';

export const returnRoutes: Route[] = [];
