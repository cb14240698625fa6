import { sha256 } from '../core/values/digest.ts';
import { escapeXml } from '../core/values/text.ts';
import { type FigureForm, type FigurePlaceholder, figureForms, type Share } from './placeholder.ts';

/**
 * What a content control in a report says of the figure in it, in the 64 characters that Word gives its tag:
 * `fig.2023-3.prose.9f86d081884c.d-sfj`: publication, form, the indicator by the beginning of a hash, and whose figure.
 */
export interface Linked {
  year: number;
  number: number;
  form: FigureForm;
  /** Of the indicator's id. */
  indicator: string;
  /** `c` for the city's figure, `d-<department>`, `g-<beginning of the hash of the group's name>`. */
  share: string;
}

/** As many digits of a hash as tell the indicators of one catalogue apart. */
const digits = 12;

export function linkOf(
  { indicator, share, form }: FigurePlaceholder,
  { year, number }: Pick<Linked, 'year' | 'number'>,
): Linked {
  return { year, number, form, indicator: beginningOf(indicator), share: shareCode(share) };
}

function shareCode(share: Share): string {
  if (share.kind === 'city') return 'c';
  return share.kind === 'department' ? `d-${share.department}` : `g-${beginningOf(share.group)}`;
}

function beginningOf(text: string): string {
  return sha256(text).slice(0, digits);
}

export function tagOf({ year, number, form, indicator, share }: Linked): string {
  return ['fig', `${year}-${number}`, form, indicator, share].join('.');
}

const tagPattern = new RegExp(
  `^fig\\.(20[0-9]{2})-([1-9][0-9]{0,5})\\.(${Object.keys(figureForms).join('|')})\\.([0-9a-f]{${digits}})\\.(c|d-[a-z0-9-]{1,24}|g-[0-9a-f]{${digits}})$`,
);

/** What a tag says; undefined for a control that is not of a figure. */
export function linkedBy(tag: string): Linked | undefined {
  const [, year, number, form, indicator, share] = tagPattern.exec(tag) ?? [];
  if (number === undefined || indicator === undefined || share === undefined) return undefined;
  return { year: Number(year), number: Number(number), form: form as FigureForm, indicator, share };
}

/** Finds the placeholders of a catalogue's figures again by what a tag says of them. */
export function placeholdersByLink(known: {
  indicators: readonly string[];
  departments: readonly string[];
  groups: readonly string[];
}): (linked: Linked) => FigurePlaceholder | undefined {
  const indicators = new Map(known.indicators.map((id) => [beginningOf(id), id]));
  const shares = new Map<string, Share>(
    [
      { kind: 'city' as const },
      ...known.departments.map((department) => ({ kind: 'department' as const, department })),
      ...known.groups.map((group) => ({ kind: 'group' as const, group })),
    ].map((share) => [shareCode(share), share]),
  );
  return ({ indicator: hashed, share: code, form }) => {
    const [indicator, share] = [indicators.get(hashed), shares.get(code)];
    if (indicator === undefined || share === undefined) return undefined;
    return { kind: 'figure', indicator, share, form };
  };
}

/** A content control with a figure, as a run's neighbour; `properties` are the run's own, as XML. */
export function controlXml(
  linked: Linked,
  { name, text, properties, id }: { name: string; text: string; properties: string; id: number },
): string {
  const title = escapeXml(name.slice(0, 60));
  return `<w:sdt><w:sdtPr><w:alias w:val="${title}"/><w:tag w:val="${tagOf(linked)}"/><w:id w:val="${id}"/></w:sdtPr><w:sdtContent><w:r>${properties}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:sdtContent></w:sdt>`;
}

/** The properties of runs that the schema wants behind a highlight. */
export const behindHighlight = [
  ...['u', 'effect', 'bdr', 'shd', 'fitText', 'vertAlign', 'rtl', 'cs', 'em', 'lang'],
  ...['eastAsianLayout', 'specVanish', 'oMath', 'rPrChange'],
];

/** The properties of a run whose figure may still change: marked as with a highlighter. */
export function highlighted(properties: string): string {
  const mark = '<w:highlight w:val="yellow"/>';
  if (properties === '') return `<w:rPr>${mark}</w:rPr>`;
  // What they were before a change that is tracked stands last, and stays.
  const [now = '', ...before] = properties.split(/(?=<w:rPrChange\b)/);
  const without = now.replace(/<w:highlight [^>]*\/>/g, '');
  const next = new RegExp(`<w:(?:${behindHighlight.join('|')})\\b|</w:rPr>|$`);
  return without.replace(next, (found) => mark + found) + before.join('');
}
