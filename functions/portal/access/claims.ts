import { z } from 'zod';
import { departmentIdSchema } from '../../../shared/core/catalogue/indicator.ts';
import { type Identity, identitySchema, roleSchema } from './identity.ts';
import { SignInError } from './identity-provider.ts';

/** Which claims of the provider say what somebody is, and of which department. */
export interface ClaimNames {
  roleClaim: string;
  departmentClaim: string;
}

/** What a token or the provider's user information says of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

const text = z.string().trim().min(1).optional().catch(undefined);
const standardClaims = z.object({ sub: z.string().min(1).max(255), name: text, preferred_username: text });
const oneOrMore = z
  .union([z.string().transform((one) => [one]), z.array(z.unknown())])
  .catch([])
  .transform((values) => values.filter((value) => typeof value === 'string'));

/** The longest name that the ledger takes, and how much of it an account may be. */
const longestName = 80;
const longestAccount = 40;

/**
 * The name under which somebody's acts are recorded. Names are not unique, and some providers let people choose them:
 * the account, which is, stands behind.
 */
function recordedName(name: string | undefined, account: string): string {
  if (name === undefined || name === account) return account.slice(0, longestName);
  const short = account.length <= longestAccount ? account : `${account.slice(0, longestAccount - 1)}…`;
  return `${name.slice(0, longestName - short.length - 2)}（${short}）`;
}

/** Whether the claims say all that may be asked of them, so that the provider need not be asked for more. */
export function areComplete(claims: Claims, { roleClaim, departmentClaim }: ClaimNames): boolean {
  return [roleClaim, departmentClaim, 'name'].every((name) => name in claims);
}

/**
 * Who somebody is by their claims. Roles that the portal does not know are passed over; throws `SignInError` if
 * none is left, or if a clerk or reviewer is of no department, or of several.
 */
export function identityFromClaims(claims: Claims, { roleClaim, departmentClaim }: ClaimNames): Identity {
  const standard = standardClaims.safeParse(claims);
  if (!standard.success) throw new SignInError('统一身份认证没有说明是哪个账号，请联系管理员。');
  const { sub, name, preferred_username: account } = standard.data;
  const given = oneOrMore.parse(claims[roleClaim]);
  const roles = roleSchema.options.filter((role) => given.includes(role));
  if (roles.length === 0) {
    throw new SignInError(
      '您的账号在本系统中没有身份。请联系管理员，为账号设置部门、部门审核人、法制机构或审计的角色后重新登录。',
    );
  }
  const [department, ...others] = oneOrMore.parse(claims[departmentClaim]);
  const isOne = others.length === 0 && departmentIdSchema.safeParse(department).success;
  const identity = identitySchema.safeParse({
    subject: sub,
    name: recordedName(name, account ?? sub),
    roles,
    department: isOne ? department : null,
  });
  if (identity.success) return identity.data;
  throw new SignInError(
    '您的账号是部门经办人或审核人，但没有标明所属的部门，或者标明了不止一个。请联系管理员，为账号设置本部门的代码后重新登录。',
  );
}
