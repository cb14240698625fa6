import type { Finding, Place } from '../../core/returns/finding.ts';
import { excerpt } from '../../core/values/text.ts';
import { detached } from './detached.ts';
import { type FileRule, fileRules } from './file-rules.ts';
import { defaultLimits, type ReadingLimits } from './limits.ts';

/** The place of a finding on a whole sheet. */
export function sheetPlace(name: string): Place {
  return { sheet: name.slice(0, 64).toWellFormed() };
}

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

/** What the reader says by a rule; `found` is quoted and the sheet's name cut here, so that any text of a file will do. */
export function fileFinding(rule: FileRule, message: string, details: Details = {}): Finding {
  const finding: Finding = { rule, severity: fileRules[rule], message };
  const { place, found, expected } = details;
  if (place) finding.place = place.sheet ? { ...place, ...sheetPlace(place.sheet) } : place;
  if (found !== undefined) finding.found = excerpt(detached(found.slice(0, 1000)));
  if (expected !== undefined) finding.expected = expected;
  return finding;
}

export function fault(rule: FileRule, message: string, details: Details = {}): ReadingFault {
  return new ReadingFault(fileFinding(rule, message, details));
}

/** What all steps of reading one file share: the bounds, and what was found so far. */
export class Reading {
  readonly limits: ReadingLimits;
  readonly findings: Finding[] = [];
  inflatedBytes = 0;
  cells = 0;
  ranges = 0;
  characters = 0;
  packedBytes = 0;
  steps = 0;

  constructor(limits: ReadingLimits) {
    this.limits = limits;
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

  /**
   * Counts what reading costs, in steps of some 100 ns, whatever the machine: one a piece of markup; four more for an
   * element that is looked at, and one for each eight characters of its attributes and its text; more for what has to
   * be replaced in them, and for a token that is looked at again because it was cut.
   */
  countWork(steps: number): void {
    this.steps += steps;
    if (this.steps <= this.limits.steps) return;
    throw fault(
      'file-too-much-work',
      '文件内部的标记或公式区域过多，超出系统读取的限度；请删去数据以外设了格式的行和列（删除整行、整列）以及与填报无关的工作表，保存后重新上传。',
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
  return fault(
    'file-too-large',
    `文件超过 ${size} MB；请删去图片、与填报无关的工作表和数据下方设了格式的空行（删除整行）后重新上传。`,
  );
}
