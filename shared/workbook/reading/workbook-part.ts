import { detached } from './detached.ts';
import { fault, type Reading } from './fault.ts';
import type { SheetReading } from './model.ts';
import { mainNamespaces } from './namespaces.ts';
import type { Tag } from './tag.ts';
import { unescaped } from './text.ts';
import type { XmlDocument } from './xml.ts';

export interface SheetEntry {
  readonly name: string;
  readonly visibility: SheetReading['visibility'];
  readonly relationship: string;
}

/** Reads workbook.xml: which sheets there are, in order, the system of dates, and whether formulas are calculated. */
export class WorkbookPartReader {
  readonly sheets: SheetEntry[] = [];
  date1904 = false;
  /** Whether the formulas have no results, or none that are sure: they are to be calculated when the file is opened. */
  toBeCalculated = false;
  readonly #names = new Set<string>();
  readonly #reading: Reading;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  readonly document: XmlDocument = {
    namespaces: mainNamespaces,
    otherRoot: (name, namespace) => refuseOtherDocument(name, namespace),
    roots: {
      workbook: {
        children: {
          workbookPr: {
            open: (tag) => {
              this.date1904 = tag.isTrue('date1904');
            },
          },
          calcPr: {
            open: (tag) => {
              this.toBeCalculated = tag.isTrue('fullCalcOnLoad') || tag.isFalse('calcCompleted');
            },
          },
          sheets: { children: { sheet: { open: (tag) => this.#sheet(tag) } } },
        },
      },
    },
  };

  #sheet(tag: Tag): void {
    const name = detached(unescaped(tag.get('name') ?? ''));
    const key = name.toLowerCase();
    if (name === '' || name.length > 255 || this.#names.has(key)) {
      throw fault(
        'file-sheet-name',
        '工作表名称为空、过长或重复；请在 Excel 或 WPS 中改正工作表名称后重新上传。',
        {
          found: name,
        },
      );
    }
    this.#names.add(key);
    if (this.sheets.length >= this.#reading.limits.sheets) {
      throw fault(
        'file-too-many-sheets',
        `文件中的工作表超过 ${this.#reading.limits.sheets} 个；请只保留填报表后重新上传。`,
      );
    }
    const state = tag.get('state');
    const visibility = state === 'hidden' ? 'hidden' : state === 'veryHidden' ? 'very-hidden' : 'visible';
    this.sheets.push({ name, visibility, relationship: detached(tag.getPrefixed('id') ?? '') });
  }
}

function refuseOtherDocument(name: string, namespace: string): void {
  if (namespace.includes('wordprocessingml')) {
    throw fault('file-is-word', '文件是 Word 文档，不是工作簿；请上传 Excel 工作簿（.xlsx）。');
  }
  if (namespace.includes('presentationml') || name === 'presentation') {
    throw fault('file-is-presentation', '文件是演示文稿，不是工作簿；请上传 Excel 工作簿（.xlsx）。');
  }
}
