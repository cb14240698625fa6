import { html } from 'hono/html';
import { z } from 'zod';
import { departmentOf } from '../../../shared/core/catalogue/catalogue.ts';
import { returnInWords } from '../../../shared/core/catalogue/period.ts';
import { heldInWords } from '../../../shared/core/words.ts';
import { heldBecause } from '../../../shared/core/year/revision.ts';
import type { Checked } from '../../use-cases/check.ts';
import { type ReturnPlace, returnAddress, returnPath } from '../pages/addresses.ts';
import { givenFile, usualBound } from '../pages/file-field.ts';
import { pageLayout } from '../pages/layout.ts';
import type { Html } from '../reply.ts';
import { formRoute, type RequestContext, returnParams } from '../route.ts';
import { findingsList } from './findings-list.ts';
import { findReturn, placeBelow } from './found-return.ts';
import { uploadForm } from './upload.ts';

/** Says what would be found in a file if it were submitted for this return. Nothing of it is recorded or kept. */
export const checkRoute = formRoute(
  {
    path: `${returnPath}/check`,
    access: ['department'],
    params: returnParams,
    form: { file: z.unknown().optional() },
    carriesFile: usualBound,
  },
  async (request) => {
    const { one, place } = await findReturn(request);
    const file = givenFile(request.form.file, '填写的工作簿');
    const { department, period } = place;
    const checked = await request.services.work.check({
      address: { department, period },
      fileName: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      uploader: request.identity.name,
      uploadedAt: request.now,
    });
    const report = returnInWords(period);
    const body = await pageLayout(request, {
      ...placeBelow(request.identity, place, {
        departmentName: one.department.name,
        return: { title: report, place },
      }),
      title: `${one.department.name}${report}：检查结果（没有报送）`,
      content: await checkedContent(request, place, { checked, fileName: file.name }),
    });
    return { kind: 'page', body };
  },
);

async function checkedContent(
  request: RequestContext<ReturnPlace>,
  place: ReturnPlace,
  { checked, fileName }: { checked: Checked; fileName: string },
): Promise<Html> {
  const { feedback, examined } = checked;
  const { warnings } = feedback;
  const all = [...feedback.findings, ...warnings];
  const report = returnInWords(place.period);
  return html`<div class="notice ${feedback.outcome === 'accepted' ? 'good' : 'bad'}"><p><strong>只是检查，没有报送：${report}的报送情况不变，文件没有保存。</strong></p>
<p>“<span class="typed">${fileName}</span>”：${verdict(checked)}</p></div>
${
  all.length === 0
    ? ''
    : html`<h2>检查结果（${all.length} 条）</h2>
${warnings.length === 0 ? '' : html`<p>“请核对”的 ${warnings.length} 处不影响接收；无误的，可以先在表里“说明”一栏写明原因。</p>`}
${findingsList(all, examined.by.catalogue)}`
}
<section class="card"><h2>报送</h2>
<p>检查过的文件没有留在系统里，报送时请再选一次。</p>
${await uploadForm(request, place)}</section>
<p><a href="${returnAddress(place)}">回到${report}</a></p>`;
}

/** What would become of it. */
function verdict({ feedback: { findings }, examined: { happening, by }, revision }: Checked): string {
  if (happening.kind === 'return-refused') {
    if (happening.misdirected !== undefined) {
      const { sentFor, formOf } = happening.misdirected;
      const isOwn = formOf.department === happening.department;
      const whose = isOwn ? '' : (departmentOf(by.catalogue, formOf.department)?.name ?? formOf.department);
      return `是${whose}${returnInWords(formOf.period)}的表，不是${isOwn ? '' : '本部门'}${returnInWords(sentFor)}的，报送了不会收下。`;
    }
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    return `有 ${errors} 处必须改正，现在报送会被退回。`;
  }
  const because = revision === undefined ? [] : heldBecause(revision);
  return because.length === 0
    ? '没有必须改正的地方，现在报送会被接收。'
    : `没有必须改正的地方，现在报送会先暂存：${heldInWords(because)}。`;
}
