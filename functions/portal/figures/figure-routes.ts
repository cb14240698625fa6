import type { Route } from '../route.ts';

export const figureRoutes: Route[] = [];
