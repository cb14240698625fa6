import type { Route } from '../route.ts';
import { figureRoute } from './figure-page.ts';
import { figuresRoute } from './figures-page.ts';

/** The year's figures, and where each comes from. */
export const figureRoutes: Route[] = [figuresRoute, figureRoute];
