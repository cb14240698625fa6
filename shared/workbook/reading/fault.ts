import type { Finding, Place } from '../../core/returns/finding.ts';
import { excerpt } from '../../core/values/text.ts';
import { defaultLimits, type ReadingLimits } from './limits.ts';

/** Thrown inside the reader where reading cannot go on; caught once, in `readWorkbook`. */
export class ReadingFault extends Error {
  readonly finding: Finding;
  constructor(finding: Finding) {
    super(finding.rule);
    this.finding = finding;
  }
}

interface Details {
  readonly place?: Place | undefined;
  readonly found?: string | undefined;
  readonly expected?: string | undefined;
}

/** An error finding; `found` is quoted and the sheet's name cut here, so that any text of a file will do. */
export function errorFinding(rule: string, message: string, details: Details = {}): Finding {
  const finding: Finding = { rule, severity: 'error', message };
  const { place, found, expected } = details;
  if (place) finding.place = place.sheet ? { ...place, sheet: excerpt(place.sheet).slice(0, 64) } : place;
  if (found !== undefined) finding.found = excerpt(found);
  if (expected !== undefined) finding.expected = expected;
  return finding;
}

export function fault(rule: string, message: string, details: Details = {}): ReadingFault {
  return new ReadingFault(errorFinding(rule, message, details));
}

/** What all steps of reading one file share: the bounds, the clock, and what was found so far. */
export class Reading {
  readonly limits: ReadingLimits;
  readonly findings: Finding[] = [];
  inflatedBytes = 0;
  cells = 0;
  ranges = 0;
  characters = 0;
  readonly #until: number;

  constructor(limits: ReadingLimits) {
    this.limits = limits;
    this.#until = performance.now() + limits.milliseconds;
  }

  add(finding: Finding): void {
    this.findings.push(finding);
    if (this.findings.length >= this.limits.findings) {
      throw fault(
        'file-too-many-findings',
        '文件中的问题过多，系统已停止检查；请先改正已列出的问题，再重新上传。',
      );
    }
  }

  checkTime(): void {
    if (performance.now() <= this.#until) return;
    throw fault(
      'file-took-too-long',
      '读取文件的时间超出限度，系统已停止读取；请删去与填报无关的内容和格式后重新上传。',
    );
  }

  countText(length: number): void {
    this.characters += length;
    if (this.characters <= this.limits.textInAll) return;
    throw fault('file-too-much-text', '文件中的文字总量超出限度；请只保留填报表，删去其他内容后重新上传。');
  }
}

/** What is said of a file of more bytes than are ever read. */
export function fileTooLarge(limit = defaultLimits.bytes): ReadingFault {
  const size = Math.floor(limit / 1024 / 1024);
  return fault('file-too-large', `文件超过 ${size} MB；请删去图片等与填报无关的内容后重新上传。`);
}
