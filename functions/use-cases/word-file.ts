import { type DocxReading, type Parts, readDocx } from '../../shared/report/docx.ts';
import type { Source } from '../../shared/report/said.ts';
import type { TemplateFinding } from '../../shared/report/template.ts';
import { writeReport } from '../../shared/report/write-report.ts';

/** A Word file that is no report, or no template, that can be worked with, or a publication that is not there: why, in Chinese. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
  readonly findings: readonly TemplateFinding[];

  constructor(message: string, findings: readonly TemplateFinding[] = []) {
    super(message);
    this.findings = findings;
  }
}

/** The parts of a Word file; throws `ReportError` where it is none that may be read. */
export function partsOf(reading: DocxReading): Parts {
  if (reading.kind === 'problem') throw new ReportError(reading.message);
  return reading.parts;
}

/** Said of a template that does not become a Word document when it is filled in. */
export const notFilled: TemplateFinding = {
  severity: 'error',
  place: '',
  message:
    '文件的结构与 Word、WPS 存的不同，填入数以后会打不开；请用 Word 或 WPS 打开，另存为 .docx 后再试。',
};

/** A template filled in; undefined where that makes no document: whatever goes wrong in it is by the template. */
export function filled(parts: Parts, source: Source): Uint8Array | undefined {
  try {
    const report = writeReport(parts, source);
    return readDocx(report).kind === 'docx' ? report : undefined;
  } catch {
    return undefined;
  }
}
