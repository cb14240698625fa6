import { z } from 'zod';
import { departmentOf } from '../../../shared/core/catalogue.ts';
import { personSchema } from '../../../shared/core/event.ts';
import { Failure } from '../failure.ts';
import { destinations } from '../pages/navigation.ts';
import type { Reply } from '../reply.ts';
import { action, page, type Route, type Visit } from '../route.ts';
import { chooserPage } from './chooser-page.ts';
import { type Identity, roleSchema } from './identity.ts';
import { type IdentityProvider, SignInRefused } from './sign-in.ts';
import { signedOutPage } from './signed-out-page.ts';

/** Where somebody begins, signing in, signing out. */
export const signInRoutes: Route[] = [
  page({ path: '/', access: 'anyone' }, async (visit): Promise<Reply> => {
    const { visitor } = visit;
    if (visitor === undefined) return { kind: 'redirect', to: '/sign-in' };
    return { kind: 'redirect', to: destinations(visitor, newestYear(visit))[0]?.address ?? '/sign-in' };
  }),
  page({ path: '/sign-in', access: 'anyone', query: { return: z.string().optional() } }, async (visit) => {
    const returnTo = localPath(visit.query.return);
    const { signIn } = visit.services;
    if (signIn.kind === 'chooser') return chooser(visit, returnTo);
    return { kind: 'sign-in-elsewhere', ...(await signIn.provider.begin(returnTo)) };
  }),
  action(
    {
      path: '/sign-in',
      access: 'anyone',
      form: { name: z.string(), who: z.string(), return: z.string().optional() },
    },
    async (visit) => {
      if (visit.services.signIn.kind !== 'chooser') {
        throw new Failure('not-found', '请从统一身份认证登录。');
      }
      const { name, who, return: returnTo } = visit.form;
      const identity = chosenIdentity(visit, name, who);
      if (identity === undefined) return chooser(visit, localPath(returnTo), '请填写姓名并选择身份。');
      return { kind: 'signed-in', identity, to: localPath(returnTo) };
    },
  ),
  page({ path: '/sign-in/callback', access: 'anyone' }, async (visit) => {
    const { signIn } = visit.services;
    const pending = await visit.takePendingSignIn();
    if (signIn.kind === 'chooser') throw new Failure('not-found', '地址有误，或者这里已经没有内容。');
    if (pending === undefined) throw new Failure('malformed', '登录已超时，请重新登录。');
    try {
      const identity = await signIn.provider.finish(visit.url, pending);
      return { kind: 'signed-in', identity, to: localPath(pending.returnTo) };
    } catch (error) {
      if (error instanceof SignInRefused) throw new Failure('denied', error.message);
      throw error;
    }
  }),
  action({ path: '/sign-out', access: 'signed-in' }, async (visit) => {
    const { signIn } = visit.services;
    if (signIn.kind === 'chooser') return { kind: 'signed-out', to: '/sign-in' };
    const elsewhere = await signOutAddress(signIn.provider);
    if (elsewhere === undefined) return { kind: 'signed-out', to: '/signed-out' };
    return { kind: 'signed-out-here', address: elsewhere, body: signedOutPage(visit, elsewhere) };
  }),
  page({ path: '/signed-out', access: 'anyone' }, async (visit): Promise<Reply> => {
    const isOut = visit.visitor === undefined && visit.services.signIn.kind === 'provider';
    return isOut ? { kind: 'page', body: signedOutPage(visit) } : { kind: 'redirect', to: '/' };
  }),
];

/** Signing out here does not wait on whether the provider can be reached. */
async function signOutAddress(provider: IdentityProvider): Promise<URL | undefined> {
  try {
    return await provider.signOutAddress();
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

function chooser(visit: Visit, returnTo: string, complaint?: string): Reply {
  const catalogue = visit.catalogue(newestYear(visit));
  const formToken = visit.issueFormToken();
  const body = chooserPage(visit, {
    catalogue,
    returnTo,
    formToken,
    ...(complaint !== undefined && { complaint }),
  });
  return { kind: 'page', body, status: complaint === undefined ? 200 : 400 };
}

function chosenIdentity(visit: Visit, typedName: string, who: string): Identity | undefined {
  const name = personSchema.safeParse(typedName);
  if (!name.success) return undefined;
  const [chosen, department = null, ...more] = who.split(':');
  const role = roleSchema.safeParse(chosen);
  if (!role.success) return undefined;
  const isClerk = role.data === 'department';
  const catalogue = visit.catalogue(newestYear(visit));
  const fits = department === null ? !isClerk : isClerk && departmentOf(catalogue, department) !== undefined;
  if (!fits || more.length > 0) return undefined;
  return { subject: `local:${who}`, name: name.data, roles: [role.data], department };
}

function newestYear({ services }: Visit): number {
  return Math.max(...services.catalogues.keys());
}

/** Longer addresses do not fit into the cookie that remembers them, and none of the portal's is. */
const longestPath = 1000;

/** An address within the portal, whatever was asked for. */
export function localPath(text = '/'): string {
  const isLocal = text.length <= longestPath && /^\/(?![/\\])[^\u0000-\u001f\u007f-\u009f\\]*$/.test(text);
  return isLocal ? text : '/';
}
