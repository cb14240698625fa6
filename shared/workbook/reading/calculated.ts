import { ReadingFault } from './fault.ts';
import { extendedNamespaces } from './namespaces.ts';
import { onlyTarget, type Parts, type Relationship } from './parts.ts';
import type { XmlDocument } from './xml-document.ts';

/** How the names begin by which libraries sign that write formulas and calculate none, and where that is to be seen. */
const librariesThatDoNotCalculate = [
  // POIXMLDocument.DOCUMENT_CREATOR, which a new workbook is signed with.
  'Apache POI',
  // The same of its port to .NET.
  'NPOI',
  // wb.Props.Application in write_zip.
  'SheetJS',
  // templateDocpropsApp.
  'Go Excelize',
  // Since 3.1; older ones say Microsoft Excel and ask for calculation on loading, as XlsxWriter does.
  'Microsoft Excel Compatible / Openpyxl',
  // Its templates of docProps/app.xml.
  'node-xlsx-stream',
] as const;

const longestName = 255;

/** Whether the program that signed the file calculates: any does, unless it is known that it does not. */
export async function isWrittenByCalculator(
  parts: Parts,
  relationships: readonly Relationship[],
): Promise<boolean> {
  const application = await applicationOf(parts, relationships);
  return !librariesThatDoNotCalculate.some((library) => application.startsWith(library));
}

/** Whose name stands in the properties of the file; '' if there are none, or none that can be read. */
async function applicationOf(parts: Parts, relationships: readonly Relationship[]): Promise<string> {
  let application = '';
  const document: XmlDocument = {
    namespaces: extendedNamespaces,
    roots: {
      Properties: {
        children: {
          Application: {
            text: (text) => {
              application = text.trim().slice(0, longestName);
            },
          },
        },
      },
    },
  };
  try {
    // The one is the type in transitional files, the other in strict ones.
    for (const type of ['extended-properties', 'extendedProperties']) {
      const target = onlyTarget(relationships, type);
      if (target !== undefined) await parts.read(target, document);
    }
  } catch (error) {
    if (!(error instanceof ReadingFault)) throw error;
  }
  return application;
}
