import { html } from 'hono/html';
import type { Instant } from '../../../shared/core/catalogue/period.ts';
import { mediaTypes } from '../../../shared/publication/media-types.ts';
import { type PageContent, pageLayout } from '../pages/layout.ts';
import type { Html, Reply } from '../reply.ts';
import type { RequestContext } from '../route.ts';
import type { ExtractQuestion } from './extract.ts';

/** A file that may take long to make, what it is called, and where whoever waits for it finds it and the page to wait on. */
export interface WantedFile {
  question: ExtractQuestion;
  fileName: string;
  /** Of when the file is that whoever asks has waited for. */
  since: Instant | undefined;
  file: (taken: Instant) => string;
  page: (taken: Instant) => string;
  /** Where the page to wait on stands among the others. */
  place: Required<Pick<PageContent, 'year' | 'current' | 'trail'>>;
}

/** After so many seconds it is looked again whether a file is there. */
const lookAgain = 3;

/** Hands the file over if it is made quickly, and else says where it will be. */
export async function answerExtract(
  { services }: Pick<RequestContext, 'services'>,
  { question, fileName, since, file, page }: WantedFile,
): Promise<Reply> {
  const extract = await services.work.extract(question, { wait: 'a-while', since });
  if (extract.kind === 'done')
    return { kind: 'file', ...extract.result(), fileName, type: mediaTypes[question.ending] };
  return {
    kind: 'being-made',
    ahead: extract.ahead,
    retryAfter: lookAgain,
    address: file(extract.takenAt),
    page: page(extract.takenAt),
  };
}

/** Waits for a file that takes long, and leads to it. */
export async function waitForExtract(request: RequestContext, wanted: WantedFile): Promise<Reply> {
  const { question, fileName, since, file, page, place } = wanted;
  const extract = await request.services.work.extract(question, { wait: 'no-time', since });
  const isMade = extract.kind === 'done';
  const body = pageLayout(request, {
    title: isMade ? '文件已经做好' : '正在准备文件',
    ...place,
    ...(!isMade && {
      refresh: { seconds: lookAgain, address: page(extract.takenAt), state: String(extract.ahead) },
    }),
    content: isMade
      ? html`<div class="notice good" role="status"><p><strong>“${fileName}”已经做好。</strong>保留十分钟，过后可以再导出。</p></div>
<p><a class="button" href="${file(extract.takenAt)}">下载文件</a></p>`
      : beingMade(fileName, extract.ahead),
  });
  return { kind: 'page', body };
}

function beingMade(fileName: string, ahead: number): Html {
  const queue = ahead === 0 ? '已经轮到，正在写。' : `前面还有 ${ahead} 件，轮到以后自动开始。`;
  return html`<div class="notice" role="status"><p><strong>“${fileName}”正在准备：内容很多，要几秒到几分钟。</strong>${queue}</p>
<p>做好以后，这个页面会自己显示下载的按钮；您可以先做别的，过一会儿再来。</p></div>`;
}
