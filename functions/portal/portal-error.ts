/** Why a request gets no answer of its own; each is a page for people and a problem (RFC 9457) for programs. */
export type PortalErrorKind =
  | 'malformed'
  | 'sign-in-first'
  | 'denied'
  | 'not-found'
  | 'method-not-allowed'
  | 'conflict'
  | 'incomplete'
  | 'too-large'
  | 'too-many'
  | 'busy'
  | 'broken';

/**
 * Thrown by handlers for a request that cannot be met. `detail` is one or two sentences in Chinese. The cause of one
 * that is `broken` is logged. After `retryAfter` seconds the same request may be met.
 */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  readonly kind: PortalErrorKind;
  readonly detail: string;
  readonly retryAfter: number | undefined;

  constructor(
    kind: PortalErrorKind,
    detail: string,
    { retryAfter, ...options }: ErrorOptions & { retryAfter?: number } = {},
  ) {
    super(`${kind}: ${detail}`, options);
    this.kind = kind;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

/** HTTP status, English title for programs, and Chinese title for people, of each kind. */
export const portalErrors = {
  malformed: { status: 400, title: 'Bad request', heading: '请求有误' },
  'sign-in-first': { status: 401, title: 'Not signed in', heading: '请先登录' },
  denied: { status: 403, title: 'Not allowed', heading: '没有权限' },
  'not-found': { status: 404, title: 'Not found', heading: '没有这个页面' },
  'method-not-allowed': { status: 405, title: 'Method not allowed', heading: '不能这样访问' },
  incomplete: { status: 408, title: 'Request timeout', heading: '没有传完' },
  conflict: { status: 409, title: 'Conflict', heading: '不能这样处理' },
  'too-large': { status: 413, title: 'Too large', heading: '内容过大' },
  'too-many': { status: 429, title: 'Too many requests', heading: '请求过于频繁' },
  busy: { status: 503, title: 'Service unavailable', heading: '系统正忙' },
  broken: { status: 500, title: 'Internal error', heading: '系统出错' },
} as const satisfies Record<PortalErrorKind, { status: number; title: string; heading: string }>;
