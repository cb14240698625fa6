import { z } from 'zod';
import { digestOf } from '../../../shared/core/values/digest.ts';
import { onlyDepartmentOf } from '../access/identity.ts';
import { PortalError } from '../portal-error.ts';
import type { RequestContext } from '../route.ts';

/** How much of a list is asked for, and from where. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).meta({ description: 'how many items at most' }),
  cursor: z.string().max(100).optional().meta({
    description: 'where to go on: `next` of the answer before, to the same question with the same conditions',
  }),
};

/** A part of a list; `next` is the cursor of the part after it, null at the end. */
export function listOf<S extends z.ZodType>(item: S) {
  return z.strictObject({
    items: z.array(item),
    next: z.string().nullable(),
    total: z.int().min(0),
  });
}

interface Asked {
  limit: number;
  cursor?: string | undefined;
}

/** The part of a list that is asked for. Throws a `PortalError` for a cursor that belongs to another question. */
export function pageOf<T>(
  items: Pick<readonly T[], 'length' | 'slice'>,
  request: Pick<RequestContext<unknown, Asked>, 'query' | 'url'>,
) {
  const { limit, cursor, ...conditions } = request.query;
  const question = digestOf({ path: request.url.pathname, conditions: withoutEmpty(conditions) }).slice(
    0,
    16,
  );
  const offset = cursor === undefined ? 0 : offsetIn(cursor, question);
  const end = offset + limit;
  return {
    items: items.slice(offset, end),
    next: end < items.length ? cursorOf(end, question) : null,
    total: items.length,
  };
}

function withoutEmpty(conditions: object): object {
  return Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined));
}

function cursorOf(offset: number, question: string): string {
  return Buffer.from(`${offset} ${question}`).toString('base64url');
}

function offsetIn(cursor: string, question: string): number {
  const [offset, asked] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const number = Number(offset);
  if (asked === question && Number.isSafeInteger(number) && cursorOf(number, question) === cursor)
    return number;
  throw new PortalError('malformed', '查询条件有误：cursor 不是这个查询上一页给出的。');
}

/** Throws a `PortalError` if a clerk asks for another department, which is said rather than answered with nothing. */
export function refuseOtherDepartment({
  identity,
  query,
}: RequestContext<unknown, { department?: string | undefined }>): void {
  const only = onlyDepartmentOf(identity);
  if (only !== null && query.department !== undefined && query.department !== only) {
    throw new PortalError('denied', '您的身份只能查询本部门的内容。');
  }
}
