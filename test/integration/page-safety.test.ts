import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { hostileStore } from '../fixtures/hostile/hostile-store.ts';
import { alive, hostileTexts } from '../fixtures/hostile/texts.ts';
import { assets, openPortal, type PortalUser, portalOrigin } from '../fixtures/portal.ts';
import { casesTried } from '../fixtures/thoroughness.ts';

type Element = DefaultTreeAdapterMap['element'];
type Node = DefaultTreeAdapterMap['node'];

/** Attributes that pages have, beside `aria-*` and those of drawings; none of them runs anything. */
const attributes =
  /^(?:aria-[a-z]+|accept|action|autocomplete|charset|class|colspan|content|data-[a-z-]+|datetime|defer|enctype|for|formaction|hidden|href|http-equiv|id|lang|label|max|maxlength|method|min|multiple|name|open|pattern|placeholder|readonly|rel|required|role|rows|rowspan|scope|selected|checked|size|src|start|step|tabindex|title|type|value|lang|inputmode)$/;
const drawing = /^(?:svg|rect|path|text|g|defs|clipPath|polyline|line|tspan)$/;
const forbidden = /^(?:iframe|object|embed|base|applet|frame|style|link|meta|script|audio|video|template)$/;
const allowedHead = [
  'meta charset=utf-8',
  `link icon ${assets.icon.address}`,
  `link stylesheet ${assets.stylesheet.address}`,
  `script ${assets.script.address}`,
];

function elementsOf(node: Node): Element[] {
  const own = 'tagName' in node ? [node] : [];
  return [...own, ...('childNodes' in node ? node.childNodes.flatMap(elementsOf) : [])];
}

function attribute({ attrs }: Element, name: string): string {
  return attrs.find((each) => each.name === name)?.value ?? '';
}

/** The drawing that a link saves as a file, rather than leads to; undefined of any other element. */
function savedDrawing(element: Element): string | undefined {
  const [, encoded] =
    /^data:image\/svg\+xml;base64,([A-Za-z0-9+/]+=*)$/.exec(attribute(element, 'href')) ?? [];
  if (element.tagName !== 'a' || attribute(element, 'download') === '' || encoded === undefined)
    return undefined;
  return Buffer.from(encoded, 'base64').toString();
}

/** What of a page, or of a drawing that is saved from it, could run, load or lead elsewhere. */
function livingIn(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => {
    const saved = savedDrawing(element);
    if (saved !== undefined) return [...livingIn(elementsOf(parse(saved))), ...(alive.exec(saved) ?? [])];
    const { tagName, attrs } = element;
    const said = `<${tagName} ${attrs.map(({ name, value }) => `${name}=${value.slice(0, 60)}`).join(' ')}>`;
    const odd = attrs.filter(({ name }) => !attributes.test(name) && !drawing.test(tagName));
    const runs = attrs.some(
      ({ name, value }) =>
        /^on/i.test(name) ||
        name === 'style' ||
        // What stands in a field leads nowhere.
        (name !== 'value' && /^\s*(?:java|vb)script:|^data:/i.test(value)),
    );
    const away = ['href', 'action', 'src', 'formaction'].some((name) => {
      const value = attribute(element, name);
      return value !== '' && !/^[/?#](?!\/)/.test(value);
    });
    return odd.length > 0 || runs || away || (forbidden.test(tagName) && !isOfTheFrame(element))
      ? [said]
      : [];
  });
}

function isOfTheFrame(element: Element): boolean {
  const { tagName } = element;
  if (tagName === 'meta') return /^(?:|viewport|format-detection)$/.test(attribute(element, 'name'));
  const said = `${tagName} ${[attribute(element, 'rel'), attribute(element, 'href'), attribute(element, 'src')].filter(Boolean).join(' ')}`;
  return allowedHead.includes(said);
}

/** Every page that links lead to from a first one, and what it answered. */
async function crawl(user: PortalUser, atMost: number) {
  const pages = new Map<string, { status: number; type: string; body: string; elements: Element[] }>();
  const waiting = ['/'];
  for (const address of waiting) {
    if (pages.size === atMost) break;
    if (pages.has(address)) continue;
    const answer = await user.get(address);
    const to = answer.headers.get('location');
    if (to !== null) waiting.push(to);
    const type = answer.headers.get('content-type') ?? '';
    const body = type.startsWith('text/html') ? await answer.text() : '';
    const elements = elementsOf(parse(body));
    pages.set(address, { status: answer.status, type, body, elements });
    for (const element of elements) {
      if (element.tagName !== 'a') continue;
      const link = new URL(attribute(element, 'href'), portalOrigin + address);
      if (link.origin === portalOrigin) waiting.push(link.pathname + link.search);
    }
  }
  return pages;
}

const texts = hostileTexts(casesTried(10_000, 1_200));
const people = ['legal-office', 'auditor', 'department:sfj', 'reviewer:sfj'] as const;
let portal: ReturnType<typeof openPortal>;

beforeAll(async () => {
  portal = openPortal(await hostileStore(texts), { now: '2024-03-05T01:00:00.000Z' });
});

describe.each(people)('the pages that %s can reach, with everything typed by somebody hostile', (who) => {
  let pages: Awaited<ReturnType<typeof crawl>>;

  beforeAll(async () => {
    pages = await crawl(await portal.as(who, `=1+1<script>alert(1)</script>`), 160);
  });

  it('are many, and no link leads nowhere or to a fault', () => {
    expect(pages.size).toBeGreaterThan(who.endsWith(':sfj') ? 40 : 100);
    const broken = [...pages]
      .filter(([, { status }]) => status >= 400)
      .map(([at, { status }]) => `${status} ${at}`);
    expect(broken).toEqual([]);
    const corrections = [...pages.keys()].filter((at) => at.endsWith('/correction'));
    expect(corrections.length > 0).toBe(who === 'department:sfj');
    const templates = [...pages.keys()].filter((at) => at.startsWith('/2023/report/templates/'));
    expect(templates.length > 0).toBe(!who.endsWith(':sfj'));
  });

  it('hold nothing that runs, loads or leads elsewhere, and nothing that turns the direction of writing', () => {
    const faults: string[] = [];
    for (const [address, { body, elements }] of pages) {
      if (body === '') continue;
      const living = livingIn(elements);
      if (living.length > 0) faults.push(`${address}: ${living.slice(0, 3).join(' ')}`);
      const command = alive.exec(body.replaceAll('\n', ' '));
      if (command !== null) faults.push(`${address}: ${JSON.stringify(command[0])}`);
    }
    expect(faults).toEqual([]);
  });

  it('show what was typed as text', () => {
    const all = [...pages.values()].map(({ body }) => body).join('');
    expect(all).toContain('&lt;');
    expect(all).toContain('=1+1&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

describe('this test', () => {
  it.each([
    ['a script', '<script>1</script>'],
    ['a handler', '<p onclick="1">a</p>'],
    ['a link that runs', '<a href="javascript:1">a</a>'],
    ['a link elsewhere', '<a href="//evil.example/">a</a>'],
    ['a picture from elsewhere', '<img src="https://evil.example/a.png">'],
    ['a form that posts elsewhere', '<form action="https://evil.example/"></form>'],
    ['a style', '<p style="position:fixed">a</p>'],
    ['an attribute nobody needs', '<p srcdoc="a">a</p>'],
  ])('sees %s', (_, markup) => {
    expect(livingIn(elementsOf(parse(`<!doctype html><body>${markup}`)))).toHaveLength(1);
  });
});
