import { html } from 'hono/html';
import type { EventOf } from '../../../shared/core/event.ts';
import type { KeptManifest } from '../../publish/kept-publication.ts';
import { scrollingTable } from '../pages/scrolling-table.ts';
import type { Html } from '../reply.ts';
import { publicationAddress } from './publication-params.ts';

/** What each file of a publication is for; those that people open stand first. */
const purposes: Record<string, string> = {
  'summary.xlsx': '汇总工作簿：年度数、按部门、按月、溯源、口径',
  'summary.json': '全部数据，供程序读取',
  'changes.json': '与上一次发布相比的变动',
  'catalogue.json': '发布时的指标目录',
  'summary.schema.json': '数据文件的格式说明（JSON Schema）',
  'datapackage.json': '数据包说明（Data Package）',
  'manifest.json': '文件清单和各文件的 SHA-256',
};

interface ListedFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** The files of a publication as its manifest lists them, with the manifest itself. */
export function filesPart(
  kept: KeptManifest | undefined,
  { happening: { year, number } }: EventOf<'published'>,
): Html {
  if (kept === undefined) {
    return html`<p class="notice warn">文件清单还没有写完，或者读不出来：再发布一次会补全；仍然这样的，请到<a href="/${year}/verification">台账核验</a>查看。</p>`;
  }
  const listed = [
    ...kept.manifest.files,
    { name: 'manifest.json', bytes: kept.size, sha256: kept.sha256 },
  ].toSorted((a, b) => positionOf(a) - positionOf(b));
  return html`${
    kept.asRecorded
      ? html`<p>文件清单与台账中记下的一致。</p>`
      : html`<p class="notice bad">文件清单与台账中记下的不一致，可能被改动，请到<a href="/${year}/verification">台账核验</a>查看。</p>`
  }
${scrollingTable('发布的文件', {
  head: html`<tr><th scope="col">文件</th><th scope="col">用途</th><th scope="col" class="number">字节</th><th scope="col">SHA-256</th></tr>`,
  rows: listed.map(
    ({ name, bytes, sha256 }) =>
      html`<tr><th scope="row" class="short"><a href="${publicationAddress(year, number)}/files/${name}">${name}</a></th><td>${purposes[name] ?? ''}</td><td class="number">${bytes}</td><td><span class="key">${sha256}</span></td></tr>`,
  ),
})}`;
}

function positionOf({ name }: ListedFile): number {
  const position = Object.keys(purposes).indexOf(name);
  return position === -1 ? Number.MAX_SAFE_INTEGER : position;
}
