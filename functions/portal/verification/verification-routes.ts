import type { Route } from '../route.ts';

export const verificationRoutes: Route[] = [];
