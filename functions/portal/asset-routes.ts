import { z } from 'zod';
import { Failure } from './failure.ts';
import { page, type Route } from './route.ts';

/** The files that pages refer to. */
export const assetRoutes: Route[] = [
  page({ path: '/assets/:file', access: 'anyone', params: { file: z.string() } }, async (visit) => {
    const asset = Object.values(visit.services.assets).find(
      ({ address }) => address === `/assets/${visit.params.file}`,
    );
    if (asset === undefined) throw new Failure('not-found', '地址有误，或者这里已经没有内容。');
    return { kind: 'asset', bytes: asset.bytes, type: asset.type };
  }),
];
