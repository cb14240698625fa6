import type { ReportFigures } from '../../shared/catalogue/report-figures.ts';
import type { Catalogue } from '../../shared/core/catalogue/catalogue.ts';
import { sectionInWords } from '../../shared/core/catalogue/sections.ts';
import { indicatorOf } from '../../shared/core/catalogue/tables.ts';
import { writeDocx } from '../../shared/report/docx.ts';
import { laidOut, styleIds } from '../../shared/report/page-layout.ts';
import { paragraphXml } from '../../shared/report/wordprocessing.ts';

type ReportedFigure = ReportFigures['figures'][number];

/**
 * The template of the sample's report: the sentences of the published report that are about figures, each figure of them a
 * placeholder. Filled in, it reads as the report does.
 */
export function sampleTemplate({ figures }: ReportFigures, catalogue: Catalogue): Uint8Array {
  const bySection = Map.groupBy(figures, ({ section }) => section);
  const body = [
    paragraphXml('【机关】【年份】年度法治政府建设情况报告', { style: styleIds.title }),
    ...[...bySection].flatMap(([section, own]) => [
      paragraphXml(sectionInWords(section, catalogue), { style: styleIds.section }),
      paragraphXml(`${sentencesOf(own, catalogue).join('，')}。`),
    ]),
  ];
  return writeDocx(laidOut(body.join('')));
}

/** Each sentence once, though several figures may stand in it. */
function sentencesOf(figures: readonly ReportedFigure[], catalogue: Catalogue): string[] {
  return [...Map.groupBy(figures, ({ quote }) => quote)].map(([quote, own]) => {
    const name = (figure: ReportedFigure) =>
      indicatorOf(catalogue, figure.indicator)?.name ?? figure.indicator;
    const [first] = own;
    // The titles of works stand in the report without their number.
    if (!quote.includes(first!.prose))
      return `${name(first!)}【${name(first!)}】部：【${name(first!)}：清单】`;
    let written = '';
    let rest = quote;
    for (const figure of own) {
      const at = rest.indexOf(figure.prose);
      if (at < 0) continue;
      const isShare = rest[at + figure.prose.length] === '%';
      written += `${rest.slice(0, at)}【${name(figure)}】`;
      rest = rest.slice(at + figure.prose.length + (isShare ? 1 : 0));
    }
    return written + rest;
  });
}
